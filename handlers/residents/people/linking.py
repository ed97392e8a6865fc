"""Linking another chat of one's own: by a code that one shows and the other types, or by a number that is proven."""

from collections.abc import Sequence
from functools import partial

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms.form import Answers, Choice, Form, Question
from handlers.dialogue.forms.kinds import form
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import router
from handlers.language import names
from handlers.language.answers import Unparsed, agreement
from handlers.language.days import years
from handlers.language.letters.digits import as_digit
from handlers.residents.people import personal
from handlers.rights import merging
from storage.people import linking, residents
from storage.people.finding import persons
from storage.people.finding.persons import Person
from storage.people.linking import Here, LinkCode
from storage.seating import enrollments

DIGITS = 6
LINK = ("link", "me/link")
ASK = ("contact", "contact")


@router.view(
    "me/link", "대화 잇기", "다른 대화와 잇기", "다른 대화 잇기", "코드", "연결", "연결하기", "link chats", "/link"
)  # fmt: skip
def explain(chat: Chat) -> Reply:
    by_number = [chat.button("link_by_number", "forms/link_number/0")] if chat.traits.has_own_numbers else []
    type_it = chat.button("link_type", "forms/link/0")
    return chat.page("linking.how", chat.button("link_show", "me/link/show"), type_it, *by_number)


@router.act("me/link/show")
def show_code(chat: Chat) -> Reply:
    here = residents.address_id(chat.tx, chat.resident.id, chat.channel, chat.address)
    code = linking.make(chat.tx, chat.resident.id, here, chat.now)
    minutes = int(linking.LASTS.total_seconds() // 60)
    again = chat.button("link_again", "me/link/show")
    return chat.page("linking.code", links=[again], code=f"{code[:3]} {code[3:]}", minutes=minutes)


# --- the code of another chat ---


@form("link")
def type_code(chat: Chat, subject: int) -> Form:
    _check_subject(subject)
    return Form(
        title=chat.text("linking.title"),
        questions=[_code_question(chat), _same_question(chat)],
        finish=partial(_link, chat),
        check=lambda: None,
        is_secret=True,
    )


def _check_subject(subject: int) -> None:
    if subject:
        raise Refused("help.unknown_button")


def _code_question(chat: Chat) -> Question:
    """Typing it counts, so it is never taken from what was said to something else."""
    text, label = chat.text("linking.ask_code"), chat.text("linking.with")
    show = partial(_told_of, chat)
    return Question("code", text, partial(_read_code, chat), label=label, show=show, is_binding=True, asks="number")


def _read_code(chat: Chat, text: str) -> int:
    """The number of the code; Refused for a wrong one, and another may be typed."""
    code = "".join(as_digit(char) for char in text if not char.isspace() and char not in "-.·")
    if not (len(code) == DIGITS and code.isascii() and code.isdigit()):
        raise Unparsed("linking.no_code", digits=DIGITS)
    here = Here(chat.resident.id, chat.channel, chat.address, chat.source)
    found = linking.guess(chat.tx, here, code, chat.now)
    if found is None:
        raise Refused("linking.wrong", ASK)
    if not isinstance(found, LinkCode):
        raise Refused(f"linking.stopped.{found}", ASK)
    if found.resident_id == chat.resident.id:
        is_here = found.address_id == residents.address_id(chat.tx, chat.resident.id, chat.channel, chat.address)
        raise Refused("linking.own" if is_here else "linking.linked_already", LINK)
    return found.id


def _told_of(chat: Chat, code_id: int) -> str:
    """Whose chat it is, as far as its owner knows it again: the channel, a masked name, how much is there."""
    found = linking.typed(chat.tx, code_id, chat.resident.id, chat.now)
    if found is None:
        return "-"
    name = residents.by_id(chat.tx, found.resident_id).name
    live = [each for each in enrollments.of_resident(chat.tx, found.resident_id) if not each.ended_at]
    where = chat.text(f"linking.channel.{found.channel or 'desk'}")
    return chat.text("linking.other", name=names.mask_name(name) if name else "-", where=where, count=len(live))


def _same_question(chat: Chat) -> Question:
    """Asked where name or year of birth differ: a family is not one person."""
    same, family = chat.text("linking.same_yes"), chat.text("linking.same_family")
    choices = (Choice("yes", same), Choice("family", family, stands_apart=True))
    parse = partial(_read_same, choices)
    asked = partial(_differs, chat)
    return Question("same", chat.text("linking.same"), parse, choices, asked=asked, is_binding=True)


def _differs(chat: Chat, answers: Answers) -> bool:
    found = linking.typed(chat.tx, answers.get("code", 0), chat.resident.id, chat.now)
    two = persons.with_ids(chat.tx, [found.resident_id, chat.resident.id]) if found else {}
    return len(two) > 1 and not _may_be_same(*two.values())


def _may_be_same(one: Person, other: Person) -> bool:
    """As far as both told their name and year."""
    names_agree = not (one.name and other.name) or one.plain_name == other.plain_name
    return names_agree and (not (one.birth_year and other.birth_year) or one.birth_year == other.birth_year)


def _read_same(choices: Sequence[Choice], text: str) -> str:
    """Neither is done here: a name may have been corrected, which an officer has to see."""
    is_same = text in (choices[0].value, choices[0].label) or (
        text not in (choices[1].value, choices[1].label) and agreement(text)
    )
    raise Refused("linking.names_differ" if is_same else "linking.family", ASK)


def _link(chat: Chat, answers: Answers) -> Reply:
    found = linking.typed(chat.tx, answers["code"], chat.resident.id, chat.now)
    if found is None or _differs(chat, answers) or not linking.use_up(chat.tx, found.id, chat.now):
        raise Refused("linking.over", LINK, ASK)
    return _linked(chat, found.resident_id)


def _linked(chat: Chat, *others: int) -> Reply:
    here = residents.address_id(chat.tx, chat.resident.id, chat.channel, chat.address)
    mine = chat.resident.id
    for other in others:
        kept = merging.merge_by_themselves(chat.tx, chat.organization, mine, other, chat.now, here)
        if kept is None:
            raise Refused("linking.over", LINK, ASK)
        mine = kept
    return chat.page("linking.done", chat.button("mine", "mine")).as_receipt()


# --- a number that is proven ---


@form("link_number")
def find_by_number(chat: Chat, subject: int) -> Form:
    """Their own records, found by their own number."""
    _check_subject(subject)
    if not chat.traits.has_own_numbers:
        raise Refused("help.unknown_button")
    needed = personal.purposes(chat, "enrollment")
    return Form(
        title=chat.text("linking.title"),
        questions=[
            *(personal.consent_question(chat, each, "link", LINK, ASK) for each in needed),
            personal.name_question(chat),
            personal.question(chat, "birth_year", years.birth_year(chat.today, 0), show=lambda year: f"{year}"),
            personal.mobile_question(chat),
        ],
        known=partial(_known, chat, needed),
        finish=partial(_link_by_number, chat),
        check=lambda: None,
    )


def _known(chat: Chat, needed: Sequence[str]) -> Answers:
    told = {"name": chat.resident.name, "birth_year": chat.resident.birth_year}
    return {**personal.given(chat, needed), **{name: value for name, value in told.items() if value is not None}}


# Only records whose number is proven are linked. Name, year and number anybody can tell: a stranger who told somebody's
# would otherwise wait in a chat of theirs until the owner comes by, and then have all that the owner does.
def _link_by_number(chat: Chat, answers: Answers) -> Reply:
    mobile = answers["mobile"]
    me = persons.find(chat.tx, chat.resident.id)
    if me is None or me.proven_mobile != mobile:
        raise Refused("linking.not_proven", ("link_by_number", "forms/link_number/0"), ASK)
    told = persons.plain(answers["name"]), answers["birth_year"]
    found = persons.with_ids(chat.tx, linking.proven_alike(chat.tx, me.id, mobile))
    same = [each.id for each in found.values() if (each.plain_name, each.birth_year) == told]
    if not same or (me.name and (me.plain_name, me.birth_year) != told):
        raise Refused("linking.none_proven", ("link_type", "forms/link/0"), ASK)
    return _linked(chat, *same)

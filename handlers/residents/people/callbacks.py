"""Asking to be called: by which number, when it suits, and about what; one open request a person."""

from functools import partial

from handlers.dialogue.chat import Chat, Refused, Step
from handlers.dialogue.forms.form import Answers, Form, Question
from handlers.dialogue.forms.kinds import form
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import router
from handlers.language import phones
from handlers.language.answers import Unparsed, free_text, one_of
from handlers.residents.people import personal, rules
from storage.counseling import callbacks, counselors
from storage.counseling.callbacks import Callback
from storage.people import residents

FORM = "callback"
CONSENT = "callback"
WHENS = ("morning", "afternoon", "any")
CALL: Step = ("callback", "callback")


@router.view(
    "callback", "전화", "전화 좀", "전화 걸어", "전화 통화", "통화", "나한테 전화", "저한테 전화", "전화 받기",
    "전화 요청", "전화 부탁", "콜백", "/callback", "call me", "call me back", "callback",
)  # fmt: skip
def show_callback(chat: Chat) -> Reply:
    asked = callbacks.open_of(chat.tx, chat.resident.id)
    if asked:
        return _told(chat, "callback.waiting", asked)
    ask, links = chat.button("ask_call", f"forms/{FORM}/0"), [chat.button("contact", "contact")]
    talks = [chat.button("counseling", "counseling")] if counselors.exist(chat.tx) else []
    return chat.page("callback.about", ask, *talks, links=links)


@router.act("callback/off")
def take_back(chat: Chat) -> Reply:
    if not callbacks.withdraw(chat.tx, chat.resident.id, chat.now):
        raise Refused("callback.none", CALL)
    return chat.page("callback.withdrawn", chat.button(*CALL))


@form(FORM, is_personal=True)
def callback_form(chat: Chat, subject: int) -> Form:
    if subject:
        raise Refused("help.unknown_button", CALL)
    return Form(
        title=chat.text("callback.title"),
        questions=_questions(chat),
        known=partial(_known, chat),
        check=lambda: None,
        finish=partial(_finish, chat),
    )


def _questions(chat: Chat) -> list[Question]:
    again: Step = ("read_again", f"forms/{FORM}/0")
    consents = (
        personal.consent_question(chat, purpose, "call", again, rules.ASK)
        for purpose in personal.purposes(chat, CONSENT)
    )
    whens = [(when, chat.text(f"callback.when.{when}")) for when in WHENS]
    ask = partial(personal.question, chat)
    return [
        *consents,
        ask("call_number", phones.to_call, show=phones.print_number, own_number=chat.text("labels.own_number")),
        ask("call_when", partial(_when, whens), whens, show=partial(_in_words, chat), takes_anything=True),
        ask("call_about", free_text, is_optional=True, takes_anything=True),
    ]


def _when(choices: list[tuple[str, str]], text: str) -> str:
    try:
        return one_of(choices)(text)
    except Unparsed:
        return free_text(text)


def _in_words(chat: Chat, when: str) -> str:
    return chat.text(f"callback.when.{when}") if when in WHENS else when


def _known(chat: Chat) -> Answers:
    """What they asked for before, or the number that they told; a summary shows it, to be confirmed."""
    asked = callbacks.open_of(chat.tx, chat.resident.id)
    known = {"call_number": asked.number if asked else chat.resident.mobile}
    if asked:
        known |= {"call_when": asked.suits, "call_about": asked.about or ""}
    told = {name: value for name, value in known.items() if value is not None}
    return {**personal.given(chat, personal.purposes(chat, CONSENT)), **told}


def _finish(chat: Chat, answers: Answers) -> Reply:
    residents.lock(chat.tx, chat.resident.id)
    said = answers["call_number"], answers["call_when"], answers.get("call_about") or None
    callbacks.ask(chat.tx, chat.resident.id, *said, chat.channel, chat.now)
    asked = callbacks.open_of(chat.tx, chat.resident.id)
    assert asked is not None
    return _told(chat, "callback.asked", asked).as_receipt()


def _told(chat: Chat, key: str, asked: Callback) -> Reply:
    """With the ways to change it and to take it back."""
    ways = chat.button("change_call", f"forms/{FORM}/0"), chat.button("no_call", "callback/off").apart()
    number, when = phones.print_number(asked.number), _in_words(chat, asked.suits)
    return chat.page(key, *ways, links=[chat.button("contact", "contact")], number=number, when=when)

"""Registering somebody else in one's own chat: whose it is, and whether a name is corrected or another person's."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused, Step
from handlers.dialogue.forms import kinds, steps
from handlers.dialogue.forms.form import Answers, Choice, Question
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.language import answers
from storage.counseling import appointments
from storage.dialogue import drafts
from storage.dialogue.drafts import Draft
from storage.people import represented
from storage.people.finding import persons
from storage.people.residents import PERSONAL, Resident
from storage.seating import enrollments

FORMS = ("enroll", "counsel")
MOST = 4  # for whom one chat speaks: a family, and nobody who takes seats by the dozen
SAME = "same_person"


def step(chat: Chat, name: str, subject: int, label: str = "somebody_else") -> Step:
    """To the same form for somebody else: who has spoken for others already is asked for whom."""
    speaker = chat.speaker or chat.resident
    return label, f"who/{name}/{subject}" + ("" if speaker.speaks_for_others else "/other")


def way(chat: Chat, name: str, subject: int, label: str = "somebody_else") -> Button:
    return chat.button(*step(chat, name, subject, label))


@router.view("who/{name}/{subject}")
def ask_whose(chat: Chat, name: str, subject: int) -> Reply:
    _check(name)
    known = [each for each in on_behalf.everybody(chat) if each.resident.name or not each.speaker]
    this = f"forms/{name}/{subject}"
    buttons = (Button(on_behalf.named(each), on_behalf.path_for(each, this)) for each in known)
    return chat.page("on_behalf.whose", *buttons, chat.button("somebody_new", f"who/{name}/{subject}/other"))


@router.act("who/{name}/{subject}/other")
def begin_for_other(chat: Chat, name: str, subject: int) -> Reply:
    """A form of their own; one of whoever speaks, in which nothing is told yet, was begun by mistake."""
    own = _told(chat, name, subject)
    if own.get("name") in (None, chat.resident.name):
        drafts.discard(chat.tx, chat.resident.id, name, subject)
    return _begin(chat, name, subject, {})


@router.act("who/{name}/{subject}/renamed")
def go_on_for_other(chat: Chat, name: str, subject: int) -> Reply:
    """What was corrected in the form of whoever speaks is of somebody else: nothing of their own is changed."""
    own = {part: value for part, value in _told(chat, name, subject).items() if value is not None}
    of_other = {part: own[part] for part in PERSONAL if part in own and own[part] != getattr(chat.resident, part)}
    drafts.discard(chat.tx, chat.resident.id, name, subject)
    return _begin(chat, name, subject, of_other)


def same_person_question(chat: Chat, name: str, subject: int) -> Question:
    """Asked where a name becomes another one though there is something in the old one."""
    choices = (Choice("yes", chat.text("on_behalf.is_same")),)
    return Question(
        SAME,
        chat.text("on_behalf.same_person", name=chat.resident.name or ""),
        partial(_is_same, chat, name, subject, choices),
        choices,
        asked=partial(is_doubtful, chat),
        links=(chat.button("other_person", f"who/{name}/{subject}/renamed"),),
        is_binding=True,
        follows="name",
    )


def is_doubtful(chat: Chat, given: Answers) -> bool:
    """Whether what is told may be of another person than of whom it was until now."""
    before, now = chat.resident.name, given.get("name")
    if not (before and now) or persons.plain(before) == persons.plain(now):
        return False
    return bool(
        enrollments.of_resident(chat.tx, chat.resident.id) or appointments.of_resident(chat.tx, chat.resident.id)
    )


def is_undecided(chat: Chat, given: Answers) -> bool:
    """Whether nothing of it may be kept yet as this person's."""
    return SAME not in given and is_doubtful(chat, given)


def _is_same(chat: Chat, name: str, subject: int, choices: tuple[Choice, ...], text: str) -> str:
    try:
        is_same = bool(answers.one_of([(choice.value, choice.label) for choice in choices])(text))
    except answers.Unparsed:
        is_same = answers.agreement(text)
    if not is_same:
        step = ("somebody_else", f"who/{name}/{subject}/renamed")
        raise Refused("on_behalf.then_other", step, name=chat.resident.name)
    return "yes"


def _begin(chat: Chat, name: str, subject: int, told: Mapping[str, Any]) -> Reply:
    _check(name)
    kinds.make(on_behalf.about(chat, Resident(0, chat.language)), name, subject).check()
    person = _nobody_yet(chat)
    if told:
        begun = drafts.find(chat.tx, person.id, name, subject)
        log = [*(begun.log if begun else ()), *told.items()]
        drafts.save(chat.tx, person.id, Draft(name, subject, log), chat.now)
    return on_behalf.run(chat, person.id, lambda theirs: steps.open_form(theirs, name, subject))


def _nobody_yet(chat: Chat) -> Resident:
    """Somebody of whom no name is known: whoever was begun with before, if there is one."""
    theirs = represented.at(chat.tx, chat.channel, chat.address)
    unnamed = next((each for each in theirs if each.name is None), None)
    if unnamed is None and len(theirs) >= MOST:
        raise Refused("on_behalf.too_many", ("contact", "contact"), most=MOST)
    return unnamed or represented.add(chat.tx, chat.channel, chat.address, chat.language, chat.now)


def _told(chat: Chat, name: str, subject: int) -> dict[str, Any]:
    draft = drafts.find(chat.tx, chat.resident.id, name, subject)
    return dict(draft.log) if draft else {}


def _check(name: str) -> None:
    if name not in FORMS:
        raise Refused("help.unknown_button")

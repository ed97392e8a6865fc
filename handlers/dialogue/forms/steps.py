"""The steps of filling in a form in a chat, where the answers are kept as a draft."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms import handing_over, kinds
from handlers.dialogue.forms.filling import Filling, read
from handlers.dialogue.forms.form import Question
from handlers.dialogue.forms.screens import FormScreen
from handlers.dialogue.reply import Button, Reply, to_json
from handlers.dialogue.router import router
from handlers.language.answers import Unparsed
from handlers.language.questions import asks, is_question
from storage.dialogue import drafts, inbox
from storage.dialogue.drafts import Draft


@router.act("forms/{name}/{subject}")
def open_form(chat: Chat, name: str, subject: int) -> Reply:
    return _on(chat, name, subject, FormScreen.reply)


@router.act("forms/{name}/{subject}/answer/{question}/{value}")
def press_answer(chat: Chat, name: str, subject: int, question: str, value: str) -> Reply:
    return _step(chat, name, subject, lambda filling: filling.answer(question, value))


@router.act("forms/{name}/{subject}/tick/{question}/{value}/{turn}")
def tick_choice(chat: Chat, name: str, subject: int, question: str, value: str, turn: str) -> Reply:
    return _step(chat, name, subject, lambda filling: filling.tick(question, value, turn == "on"))


@router.act("forms/{name}/{subject}/done/{question}")
def tick_no_more(chat: Chat, name: str, subject: int, question: str) -> Reply:
    return _step(chat, name, subject, lambda filling: filling.tick_no_more(question))


@router.act("forms/{name}/{subject}/skip/{question}")
def skip_question(chat: Chat, name: str, subject: int, question: str) -> Reply:
    return _step(chat, name, subject, lambda filling: filling.skip(question))


@router.act("forms/{name}/{subject}/skip")
def skip_current(chat: Chat, name: str, subject: int) -> Reply:
    return _step(
        chat, name, subject, lambda filling: filling.skip(filling.current.name) if filling.current else filling
    )


@router.act("forms/{name}/{subject}/back")
def go_back(chat: Chat, name: str, subject: int) -> Reply:
    return _step(chat, name, subject, Filling.back)


@router.act("forms/{name}/{subject}/correct/{question}")
def correct_answer(chat: Chat, name: str, subject: int, question: str) -> Reply:
    return _step(chat, name, subject, lambda filling: filling.correct(question))


@router.act("forms/{name}/{subject}/leave")
def leave_form(chat: Chat, name: str, subject: int) -> Reply:
    """What would be erased is asked about first."""
    draft = drafts.find(chat.tx, chat.resident.id, name, subject)
    if kinds.keeps_draft(name) or draft is None or not draft.log:
        return leave_for_good(chat, name, subject)
    stay = Button(chat.text(f"forms.{name}.stay"), f"forms/{name}/{subject}")
    leave = Button(chat.text(f"forms.{name}.leave"), f"forms/{name}/{subject}/leave/yes")
    return chat.reply(f"forms.{name}.leave_ask", stay, leave)


@router.act("forms/{name}/{subject}/leave/yes")
def leave_for_good(chat: Chat, name: str, subject: int) -> Reply:
    if not kinds.keeps_draft(name):
        drafts.discard(chat.tx, chat.resident.id, name, subject)
    again = Button(chat.text(f"forms.{name}.resume"), f"forms/{name}/{subject}")
    return replace(chat.page(f"forms.{name}.left", again), left=f"{name}/{subject}")


@router.act("forms/{name}/{subject}/submit")
def submit_form(chat: Chat, name: str, subject: int) -> Reply:
    return _on(chat, name, subject, _submit)


def type_answer(chat: Chat, name: str, subject: int, text: str, is_aside: bool = False) -> Reply:
    """What was typed while a question of this form was the newest thing that the form showed."""

    def answer(screen: FormScreen) -> Reply:
        current = screen.filling.current
        if asks_back(current, text):
            return screen.reply(_told(screen, text))
        if current is None:
            return screen.reply(screen.text("press_submit"))
        reply = _take(screen, *_answering(current, text))
        return _saying_what_was_taken(screen, current, reply) if is_aside else reply

    return _on(chat, name, subject, answer, typed=text)


def _answering(current: Question, text: str) -> list[Callable[[Filling], Filling]]:
    (asked, first), *more = current.parts(text) if current.parts else [(current.name, text)]
    ahead = [partial(Filling.answer_ahead, name=later, text=part) for later, part in more]
    return [lambda filling: filling.answer(asked, first), *ahead]


def asks_back(current: Question | None, text: str) -> bool:
    if current and (current.takes_anything or current.names(text)):
        return False
    return asks(text) or (is_question(text) and not (current and is_answer(current, text)))


def _told(screen: FormScreen, text: str) -> str:
    answer = screen.form.about(text)
    return screen.chat.text("forms.told", answer=answer) if answer else screen.chat.text("forms.not_known")


def _saying_what_was_taken(before: FormScreen, question: Question, reply: Reply) -> Reply:
    """The question stood aside, so that something else may have been meant."""
    draft = drafts.find(before.chat.tx, before.chat.resident.id, before.name, before.subject)
    answers = replace(before.filling, log=draft.log).answers if draft else {}
    if question.name not in answers or not reply.form:
        return reply
    taken = before.chat.text("forms.taken", said=question.show(answers[question.name]))
    return replace(reply, text=f"{taken}\n\n{reply.text}")


def named(form: str) -> tuple[str, int]:
    """The name and the subject of a form, whosever it is: "enroll/42", "for/7/enroll/42"."""
    name, subject = form.split("/")[-2:]
    return name, int(subject)


def asked_now(chat: Chat, name: str, subject: int) -> Question | None:
    """The question that this form asks; None when there is none, or the form can't be filled in any more."""
    try:
        form = kinds.make(chat, name, subject)
    except Refused:
        return None
    draft = drafts.find(chat.tx, chat.resident.id, name, subject)
    return Filling(form.questions, draft.log if draft else []).current


def look(chat: Chat, name: str, subject: int) -> tuple[Reply, Question | None]:
    """How the form stands, and what it asks now; only reads. Raises Refused."""
    form = kinds.make(chat, name, subject)
    form.check()
    draft = drafts.find(chat.tx, chat.resident.id, name, subject)
    log = draft.log if draft else list(form.known().items())
    screen = FormScreen(chat, form, name, subject, Filling(form.questions, log))
    return screen.reply(), screen.filling.current


def is_answer(question: Question, text: str) -> bool:
    """Whether the text can be taken for an answer, even if to be refused; nothing is kept."""
    if question.is_binding:
        return False
    parts = question.parts(text) if question.parts else [(question.name, text)]
    try:
        read(question, parts[0][1])
    except Unparsed:
        return False
    except Refused:
        return True
    return True


def ask_again(chat: Chat, name: str, subject: int, problem: str) -> Reply:
    """The question that stands there, below what was wrong."""
    return _on(chat, name, subject, lambda screen: screen.reply(chat.text(problem)))


def ask_to_go_on(chat: Chat, name: str, subject: int) -> Reply:
    """The question that stands there, below the offer to go on; a yes to that must not be one to a consent."""

    def ask(screen: FormScreen) -> Reply:
        current = screen.filling.current
        return screen.reply(chat.text("forms.read_on" if current and current.is_binding else "forms.going_on"))

    return _on(chat, name, subject, ask)


def begin_with(chat: Chat, name: str, subject: int, answers: Sequence[tuple[str, Any]], problem: str) -> Reply:
    """The form anew, with these answers. Raises Refused."""
    form = kinds.make(chat, name, subject)
    form.check()
    screen = FormScreen(chat, form, name, subject, Filling(form.questions, answers))
    return _saved(screen).reply(chat.text(problem))


def _on(chat: Chat, name: str, subject: int, work: Callable[[FormScreen], Reply], typed: str = "") -> Reply:
    """Work on the form as it stands, or on what was `typed` there; one that isn't begun yet is begun instead."""
    try:
        form = kinds.make(chat, name, subject)
    except Refused as refused:
        drafts.discard(chat.tx, chat.resident.id, name, subject)
        return chat.refusal(refused)
    draft = drafts.find(chat.tx, chat.resident.id, name, subject)
    screen = FormScreen(chat, form, name, subject, Filling(form.questions, draft.log if draft else []))
    try:
        form.check()
    except Refused as refused:
        return _stopped(screen, refused, "" if kinds.is_elsewhere(chat, name) else typed)
    if kinds.is_elsewhere(chat, name):
        return handing_over.to_page(chat, screen.key, form.title, _told(screen, typed) if asks(typed) else "", typed)
    return work(screen) if draft else _take(screen, lambda filling: replace(filling, log=list(form.known().items())))


def _step(chat: Chat, name: str, subject: int, step: Callable[[Filling], Filling]) -> Reply:
    return _on(chat, name, subject, lambda screen: _take(screen, step))


def _take(screen: FormScreen, *steps: Callable[[Filling], Filling]) -> Reply:
    """Steps, and what they lead to; what was taken before one that can't be is kept."""
    chat, filling = screen.chat, screen.filling
    try:
        for step in steps:
            filling = step(filling)
    except Unparsed as wrong:
        return _moved(screen, filling).reply(chat.text(wrong.key, **wrong.data)).as_stumble()
    except Refused as refused:  # what was decided so far stays, and another answer may still be typed
        return replace(chat.refusal(refused), form=_moved(screen, filling).key)
    return _moved(screen, filling).reply()


def _moved(screen: FormScreen, filling: Filling) -> FormScreen:
    return screen if filling is screen.filling else _saved(replace(screen, filling=filling))


def _stopped(screen: FormScreen, refused: Refused, typed: str) -> Reply:
    """It can't be filled in any more: what was told until then, `typed` too, is kept, and that is said."""
    current = screen.filling.current
    if current and typed and not (current.is_binding or asks_back(current, typed)):
        with suppress(Unparsed, Refused):
            for step in _answering(current, typed):
                screen = replace(screen, filling=step(screen.filling))
    _discard(screen)
    return _saying_what_stays(screen, screen.chat.refusal(refused), screen.form.learn(screen.filling.answers))


def _saying_what_stays(screen: FormScreen, refusal: Reply, is_learnt: bool) -> Reply:
    stays = f"\n\n{screen.chat.text('forms.stays')}" if is_learnt else ""
    return replace(refusal, text=f"{refusal.text}{stays}")


def _submit(screen: FormScreen) -> Reply:
    form, answers = screen.form, screen.filling.answers
    if screen.filling.current:
        return screen.reply()
    # Outside the savepoint: a refusal must not bring the draft back.
    _discard(screen)
    is_learnt = form.learn(answers)
    try:
        with screen.chat.tx.begin_nested():
            return form.finish(answers)
    except Refused as refused:
        return _saying_what_stays(screen, screen.chat.refusal(refused), is_learnt)


def _saved(screen: FormScreen) -> FormScreen:
    chat, draft = screen.chat, Draft(screen.name, screen.subject, list(screen.filling.log))
    drafts.save(chat.tx, chat.resident.id, draft, chat.now)
    return screen


def _discard(screen: FormScreen) -> None:
    chat = screen.chat
    drafts.discard(chat.tx, chat.resident.id, screen.name, screen.subject)
    if screen.form.is_secret:
        again = Reply(chat.text("forms.taken_back"))
        inbox.take_back(chat.tx, chat.resident.id, screen.key, to_json(again))

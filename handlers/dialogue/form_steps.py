"""The steps of filling in a form in a chat, where the answers are kept as a draft."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from handlers.dialogue import forms
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.filling import Filling
from handlers.dialogue.form_screens import FormScreen
from handlers.dialogue.reply import Button, Reply, to_json
from handlers.dialogue.router import router
from handlers.language.answers import Unparsed
from storage import drafts, inbox
from storage.drafts import Draft


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
    if not forms.keeps_draft(name):
        drafts.discard(chat.tx, chat.resident.id, name, subject)
    again = Button(chat.text(f"forms.{name}.resume"), f"forms/{name}/{subject}")
    return chat.page(f"forms.{name}.left", again)


@router.act("forms/{name}/{subject}/submit")
def submit_form(chat: Chat, name: str, subject: int) -> Reply:
    return _on(chat, name, subject, _submit)


def type_answer(chat: Chat, name: str, subject: int, text: str) -> Reply:
    """What was typed while a question of this form was on the screen."""

    def answer(screen: FormScreen) -> Reply:
        current = screen.filling.current
        if current is None:
            return screen.reply(screen.text("press_submit"))
        return _take(screen, lambda filling: filling.answer(current.name, text))

    return _on(chat, name, subject, answer)


def ask_again(chat: Chat, name: str, subject: int, problem: str) -> Reply:
    """The question that stands there, below what was wrong."""
    return _on(chat, name, subject, lambda screen: screen.reply(chat.text(problem)))


def begin_with(chat: Chat, name: str, subject: int, answers: Sequence[tuple[str, Any]], problem: str) -> Reply:
    """The form anew, with these answers. Raises Refused."""
    form = forms.make(chat, name, subject)
    form.check()
    screen = FormScreen(chat, form, name, subject, Filling(form.questions, answers))
    return _saved(screen).reply(chat.text(problem))


def _on(chat: Chat, name: str, subject: int, work: Callable[[FormScreen], Reply]) -> Reply:
    """Work on the form as it stands; one that isn't begun yet is begun instead."""
    try:
        form = forms.make(chat, name, subject)
    except Refused as refused:
        drafts.discard(chat.tx, chat.resident.id, name, subject)
        return chat.refusal(refused)
    draft = drafts.find(chat.tx, chat.resident.id, name, subject)
    screen = FormScreen(chat, form, name, subject, Filling(form.questions, draft.log if draft else []))
    try:
        form.check()
    except Refused as refused:
        form.learn(screen.filling.answers)
        _discard(screen)
        return chat.refusal(refused)
    return work(screen) if draft else _take(screen, lambda filling: replace(filling, log=list(form.known().items())))


def _step(chat: Chat, name: str, subject: int, step: Callable[[Filling], Filling]) -> Reply:
    return _on(chat, name, subject, lambda screen: _take(screen, step))


def _take(screen: FormScreen, step: Callable[[Filling], Filling]) -> Reply:
    """A step, and what it leads to."""
    chat = screen.chat
    try:
        filling = step(screen.filling)
    except Unparsed as wrong:
        return screen.reply(chat.text(wrong.key, **wrong.data))
    except Refused as refused:  # what was decided so far stays, and another answer may still be typed
        return replace(chat.refusal(refused), form=screen.key)
    return screen.reply() if filling is screen.filling else _saved(replace(screen, filling=filling)).reply()


def _submit(screen: FormScreen) -> Reply:
    form, answers = screen.form, screen.filling.answers
    if screen.filling.current:
        return screen.reply()
    # Outside the savepoint: a refusal must not bring the draft back.
    _discard(screen)
    form.learn(answers)
    try:
        with screen.chat.tx.begin_nested():
            return form.finish(answers)
    except Refused as refused:
        return screen.chat.refusal(refused)


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

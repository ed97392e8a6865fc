"""The steps of filling in a form: answer, tick, skip, go back, correct, leave and submit."""

from collections.abc import Callable
from dataclasses import replace

from handlers.dialogue import forms
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.filling import Filling
from handlers.dialogue.forms import SKIPPED, Question
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.language.answers import Unparsed
from storage import drafts
from storage.drafts import Draft


@router.act("forms/{name}/{subject}")
def open_form(chat: Chat, name: str, subject: int) -> Reply:
    return _with(chat, name, subject, Filling.screen)


@router.act("forms/{name}/{subject}/answer/{question}/{value}")
def press_answer(chat: Chat, name: str, subject: int, question: str, value: str) -> Reply:
    return _at(chat, name, subject, question, lambda filling, current: _answer(filling, current, value))


@router.act("forms/{name}/{subject}/tick/{question}/{value}/{turn}")
def tick_choice(chat: Chat, name: str, subject: int, question: str, value: str, turn: str) -> Reply:
    def tick(filling: Filling, current: Question) -> Reply:
        others = [each for each in filling.ticked(current) if each != value]
        ticked = [*others, value] if turn == "on" else others
        if len(ticked) > current.most:
            return filling.screen(chat.text("answers.too_many", most=current.most))
        return filling.with_ticks(current, ticked).screen()

    return _at(chat, name, subject, question, tick)


@router.act("forms/{name}/{subject}/done/{question}")
def tick_no_more(chat: Chat, name: str, subject: int, question: str) -> Reply:
    def done(filling: Filling, current: Question) -> Reply:
        ticked = filling.ticked(current)
        return _answer(filling, current, "\n".join(ticked)) if ticked else _skip(filling, current)

    return _at(chat, name, subject, question, done)


@router.act("forms/{name}/{subject}/skip/{question}")
def skip_question(chat: Chat, name: str, subject: int, question: str) -> Reply:
    return _at(chat, name, subject, question, _skip)


@router.act("forms/{name}/{subject}/skip")
def skip_current(chat: Chat, name: str, subject: int) -> Reply:
    return _with(chat, name, subject, lambda filling: _skip(filling, filling.current))


@router.act("forms/{name}/{subject}/back")
def go_back(chat: Chat, name: str, subject: int) -> Reply:
    return _with(chat, name, subject, lambda filling: filling.logged(filling.draft.log[:-1]).screen())


@router.act("forms/{name}/{subject}/correct/{question}")
def correct_answer(chat: Chat, name: str, subject: int, question: str) -> Reply:
    def correct(filling: Filling) -> Reply:
        if question not in filling.answers:
            return filling.screen()
        return filling.logged([*filling.draft.log, (question, None)]).screen()

    return _with(chat, name, subject, correct)


@router.act("forms/{name}/{subject}/leave")
def leave_form(chat: Chat, name: str, subject: int) -> Reply:
    if not forms.keeps_draft(name):
        drafts.discard(chat.tx, chat.resident.id, name, subject)
    again = Button(chat.text(f"forms.{name}.resume"), f"forms/{name}/{subject}")
    return chat.reply(f"forms.{name}.left", again, ways=[chat.button("menu", "menu")])


@router.act("forms/{name}/{subject}/submit")
def submit_form(chat: Chat, name: str, subject: int) -> Reply:
    return _with(chat, name, subject, _submit)


def type_answer(chat: Chat, name: str, subject: int, text: str) -> Reply:
    """What was typed while a question of this form was on the screen."""

    def answer(filling: Filling) -> Reply:
        if filling.current is None:
            return filling.screen(filling.text("press_submit"))
        return _answer(filling, filling.current, text)

    return _with(chat, name, subject, answer)


def ask_again(chat: Chat, name: str, subject: int, problem: str) -> Reply:
    """The question that stands there, below what was wrong."""
    return _with(chat, name, subject, lambda filling: filling.screen(chat.text(problem)))


def _with(chat: Chat, name: str, subject: int, work: Callable[[Filling], Reply]) -> Reply:
    try:
        made = forms.make(chat, name, subject)
    except Refused as refused:
        drafts.discard(chat.tx, chat.resident.id, name, subject)
        return chat.refusal(refused)
    draft = drafts.find(chat.tx, chat.resident.id, name, subject)
    filling = Filling(chat, made, draft or Draft(name, subject, []))
    try:
        made.check()
    except Refused as refused:
        return _give_up(filling, refused)
    return work(filling) if draft else filling.logged(list(made.known().items())).screen()


def _at(chat: Chat, name: str, subject: int, question: str, work: Callable[[Filling, Question], Reply]) -> Reply:
    """Work on a question as long as it is the one that is asked."""

    def at(filling: Filling) -> Reply:
        current = filling.current
        if current is None or current.name != question:  # an old button, or a second tap: say where we are now
            return filling.screen()
        return work(filling, current)

    return _with(chat, name, subject, at)


def _skip(filling: Filling, question: Question | None) -> Reply:
    if question is None or not question.is_optional:
        return filling.screen(filling.chat.text("answers.needed") if question else "")
    return filling.noted(question.name, SKIPPED).screen()


def _give_up(filling: Filling, refused: Refused) -> Reply:
    filling.form.learn(filling.answers)
    filling.discard()
    return filling.chat.refusal(refused)


def _answer(filling: Filling, question: Question, text: str) -> Reply:
    try:
        return filling.answered(question, text).screen()
    except Unparsed as wrong:
        return filling.screen(filling.chat.text(wrong.key, **wrong.data))
    except Refused as refused:  # what was decided so far stays, and another answer may still be typed
        return replace(filling.chat.refusal(refused), form=filling.name)


def _submit(filling: Filling) -> Reply:
    if filling.current:
        return filling.screen()
    # Outside the savepoint: a refusal must not bring the draft back.
    filling.discard()
    filling.form.learn(filling.answers)
    try:
        with filling.chat.tx.begin_nested():
            return filling.form.finish(filling.answers)
    except Refused as refused:
        return filling.chat.refusal(refused)

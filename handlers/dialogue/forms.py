"""Forms: questions asked one at a time; where a resident stands is derived from the answers so far."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handlers.dialogue.answers import Unparsed
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Card, Reply
from handlers.dialogue.router import router
from storage import drafts
from storage.drafts import Draft, Log

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """`parse` takes what was typed or a choice's value and raises Unparsed (ask again) or Refused (can't go on)."""

    name: str
    text: str
    parse: Callable[[str], Any]
    choices: tuple[Choice, ...] = ()
    label: str = ""  # its name in the summary; without one it isn't shown there
    show: Callable[[Any], str] = str
    asked: Callable[[Answers], bool] = lambda _: True
    links: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Form:
    """`check` raises Refused when this can't be filled in (any more); what was told until then is learnt anyway."""

    title: str
    questions: Sequence[Question]
    known: Callable[[], Answers]  # what needn't be asked again
    check: Callable[[], None]
    learn: Callable[[Answers], None]
    finish: Callable[[Answers], Reply]


FormMaker = Callable[[Chat, int], Form]

_makers: dict[str, FormMaker] = {}


def form(name: str) -> Callable[[FormMaker], FormMaker]:
    """Register a form; its maker raises Refused when there is no such subject."""

    def register(maker: FormMaker) -> FormMaker:
        if _makers.setdefault(name, maker) is not maker:
            raise ValueError(f"two forms named {name}")
        return maker

    return register


def answers_of(log: Log) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for name, value in log:
        answers[name] = value
        if value is None:
            del answers[name]
    return answers


@dataclass(frozen=True)
class Filling:
    """A form together with one resident's draft of it."""

    chat: Chat
    form: Form
    draft: Draft

    @property
    def answers(self) -> dict[str, Any]:
        return answers_of(self.draft.log)

    @property
    def asked(self) -> list[Question]:
        return [question for question in self.form.questions if question.asked(self.answers)]

    @property
    def current(self) -> Question | None:
        return next((question for question in self.asked if question.name not in self.answers), None)

    def logged(self, log: Log) -> "Filling":
        draft = Draft(self.draft.form, self.draft.subject, log)
        drafts.save(self.chat.tx, self.chat.resident.id, draft, self.chat.now)
        return Filling(self.chat, self.form, draft)

    def answered(self, question: Question, text: str) -> "Filling":
        return self.logged([*self.draft.log, (question.name, question.parse(text))])

    def discard(self) -> None:
        drafts.discard(self.chat.tx, self.chat.resident.id, self.draft.form, self.draft.subject)

    def path(self, *steps: str) -> str:
        return "/".join(("forms", self.draft.form, str(self.draft.subject), *steps))

    def screen(self, problem: str = "") -> Reply:
        question = self.current
        screen = self._question(question) if question else self._summary()
        text = f"{problem}\n\n{screen.text}" if problem else screen.text
        return replace(screen, text=text, form=self.name)

    @property
    def name(self) -> str:
        return f"{self.draft.form}/{self.draft.subject}"

    def _question(self, question: Question) -> Reply:
        number = self.asked.index(question) + 1
        head = self.chat.text("forms.head", title=self.form.title, number=number, total=len(self.asked))
        chosen = (Button(c.label, self.path("answer", question.name, c.value)) for c in question.choices)
        ways = [*question.links, self.chat.button("leave", self.path("leave"))]
        if self.draft.log:
            ways.insert(len(question.links), self.chat.button("back", self.path("back")))
        return Reply(f"{head}\n{question.text}", (), tuple(chosen), tuple(ways))

    def _summary(self) -> Reply:
        shown = [question for question in self.asked if question.label]
        facts = tuple((question.label, question.show(self.answers[question.name])) for question in shown)
        correct = (
            self.chat.button("correct", self.path("correct", question.name), label=question.label) for question in shown
        )
        submit = self.chat.button("submit", self.path("submit"))
        ways = (*correct, self.chat.button("leave", self.path("leave")))
        return Reply(self.chat.text("forms.summary"), (Card(self.form.title, facts=facts),), (submit,), ways)


@router.act("forms/{name}/{subject}")
def open_form(chat: Chat, name: str, subject: int) -> Reply:
    return _with(chat, name, subject, Filling.screen)


@router.act("forms/{name}/{subject}/answer/{question}/{value}")
def press_answer(chat: Chat, name: str, subject: int, question: str, value: str) -> Reply:
    def answer(filling: Filling) -> Reply:
        current = filling.current
        if current is None or current.name != question:  # an old button, or a second tap: say where we are now
            return filling.screen()
        return _answer(filling, current, value)

    return _with(chat, name, subject, answer)


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
    drafts.discard(chat.tx, chat.resident.id, name, subject)
    return chat.reply(
        "forms.left", chat.button("resume", f"forms/{name}/{subject}"), ways=[chat.button("menu", "menu")]
    )


@router.act("forms/{name}/{subject}/submit")
def submit_form(chat: Chat, name: str, subject: int) -> Reply:
    return _with(chat, name, subject, _submit)


def type_answer(chat: Chat, name: str, subject: int, text: str) -> Reply:
    """What was typed while a question of this form was on the screen."""

    def answer(filling: Filling) -> Reply:
        if filling.current is None:
            return filling.screen(chat.text("forms.press_submit"))
        return _answer(filling, filling.current, text)

    return _with(chat, name, subject, answer)


def ask_again(chat: Chat, name: str, subject: int, problem: str) -> Reply:
    """The question that stands there, below what was wrong."""
    return _with(chat, name, subject, lambda filling: filling.screen(chat.text(problem)))


def _with(chat: Chat, name: str, subject: int, work: Callable[[Filling], Reply]) -> Reply:
    if name not in _makers:
        raise Refused("help.unknown_button")
    try:
        made = _makers[name](chat, subject)
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

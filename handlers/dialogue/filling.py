"""A form that a resident is filling in: its answers so far, and the screen that asks for the next one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from handlers.dialogue.chat import Chat
from handlers.dialogue.forms import Choice, Form, Question, answers_of
from handlers.dialogue.reply import Button, Card, Reply, to_json
from storage import drafts, inbox
from storage.drafts import Draft, Log

_TICKED = "+"  # ends the name under which the log has what is ticked so far


@dataclass(frozen=True)
class Filling:
    """A form together with one resident's draft of it."""

    chat: Chat
    form: Form
    draft: Draft

    @property
    def answers(self) -> dict[str, Any]:
        """Those that today's questions would still take."""
        questions = {question.name: question for question in self.form.questions}
        given = answers_of(self.draft.log).items()
        return {name: value for name, value in given if name not in questions or questions[name].is_valid(value)}

    @property
    def asked(self) -> list[Question]:
        answers = self.answers
        return [question for question in self.form.questions if question.asked(answers)]

    @property
    def current(self) -> Question | None:
        answers = self.answers
        return next((question for question in self.asked if question.name not in answers), None)

    def ticked(self, question: Question) -> list[str]:
        values = {choice.value for choice in question.choices}
        return [value for value in self.answers.get(question.name + _TICKED, []) if value in values]

    def logged(self, log: Log) -> "Filling":
        draft = Draft(self.draft.form, self.draft.subject, log)
        drafts.save(self.chat.tx, self.chat.resident.id, draft, self.chat.now)
        return Filling(self.chat, self.form, draft)

    def noted(self, name: str, value: Any) -> "Filling":
        return self.logged([*self.draft.log, (name, value)])

    def with_ticks(self, question: Question, ticked: list[str]) -> "Filling":
        return self.noted(question.name + _TICKED, ticked)

    def answered(self, question: Question, text: str) -> "Filling":
        return self.noted(question.name, question.parse(text))

    def discard(self) -> None:
        chat = self.chat
        drafts.discard(chat.tx, chat.resident.id, self.draft.form, self.draft.subject)
        if self.form.is_secret:
            again = Reply(chat.text("forms.taken_back"))
            inbox.take_back(chat.tx, chat.resident.id, self.name, to_json(again))

    def path(self, *steps: str) -> str:
        return "/".join(("forms", self.name, *steps))

    def text(self, key: str, **data: Any) -> str:
        return self.chat.text(f"forms.{self.draft.form}.{key}", **data)

    def screen(self, problem: str = "") -> Reply:
        question = self.current
        screen = self._question(question) if question else self._summary()
        text = f"{problem}\n\n{screen.text}" if problem else screen.text
        return replace(screen, text=text, form=self.name)

    @property
    def name(self) -> str:
        return f"{self.draft.form}/{self.draft.subject}"

    def _question(self, question: Question) -> Reply:
        number, total = self.asked.index(question) + 1, max(len(self.asked), self.form.least)
        head = self.text("head", title=self.form.title, number=number, total=total, section=question.section)
        intro = f"{self.form.intro}\n\n" if self.form.intro and not self.draft.log else ""
        hint = f"\n{self.chat.text('forms.tick', most=question.most)}" if question.most else ""
        return Reply(f"{intro}{head}\n{question.text}{hint}", (), self._choices(question), tuple(self._ways(question)))

    def _choices(self, question: Question) -> tuple[Button, ...]:
        if not question.most:
            return tuple(Button(c.label, self.path("answer", question.name, c.value)) for c in question.choices)
        ticked = self.ticked(question)
        return tuple(self._tick(question, choice, choice.value in ticked) for choice in question.choices)

    def _tick(self, question: Question, choice: Choice, is_on: bool) -> Button:
        path = self.path("tick", question.name, choice.value, "off" if is_on else "on")
        return Button(f"✓ {choice.label}" if is_on else choice.label, path)

    def _ways(self, question: Question) -> Iterator[Button]:
        if question.most:
            yield self.chat.button("ticked_all", self.path("done", question.name))
        yield from question.links
        if question.is_optional:
            yield self.chat.button("skip", self.path("skip", question.name))
        if self.draft.log:
            yield self.chat.button("back", self.path("back"))
        yield Button(self.text("leave"), self.path("leave"))

    def _summary(self) -> Reply:
        shown = [question for question in self.asked if question.label]
        answers = self.answers
        facts = tuple((question.label, question.show(answers[question.name])) for question in shown)
        cards = (Card(self.form.title, facts=facts),) if facts else ()
        correct = [
            self.chat.button("correct", self.path("correct", question.name), label=question.label) for question in shown
        ]
        ways = (
            *(correct or [self.chat.button("back", self.path("back"))]),
            Button(self.text("leave"), self.path("leave")),
        )
        return Reply(self.text("summary"), cards, (Button(self.text("submit"), self.path("submit")),), ways)

"""A form as a chat shows it: one question at a time, and at the end what was answered."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from handlers.dialogue.chat import Chat
from handlers.dialogue.forms.filling import Filling
from handlers.dialogue.forms.form import Form, Question
from handlers.dialogue.reply import Button, Card, Reply, toggle


@dataclass(frozen=True)
class FormScreen:
    """`name` and `subject` say which form this is: forms/enroll/42."""

    chat: Chat
    form: Form
    name: str
    subject: int
    filling: Filling

    @property
    def key(self) -> str:
        return f"{self.name}/{self.subject}"

    def reply(self, problem: str = "") -> Reply:
        """The question that is asked now, or the summary, below what was wrong."""
        question = self.filling.current
        shown = self._question(question) if question else self._summary()
        return replace(shown, text=f"{problem}\n\n{shown.text}" if problem else shown.text, form=self.key)

    def text(self, key: str, **data: object) -> str:
        return self.chat.text(f"forms.{self.name}.{key}", **data)

    def _path(self, *steps: str) -> str:
        return "/".join(("forms", self.key, *steps))

    def _question(self, question: Question) -> Reply:
        number, total = self.filling.number, max(len(self.filling.asked), self.form.least)
        head = self.text("head", title=self.form.title, number=number, total=total, section=question.section)
        intro = f"{self.form.intro}\n\n" if self.form.intro and not self.filling.log else ""
        hint = f"\n{self.chat.text('forms.tick', most=question.most)}" if question.most else ""
        text, links = f"{intro}{head}\n{question.text}{hint}", tuple(self._links(question))
        own, asks = question.own_number, question.asks or question.name
        return Reply(text, (), self._choices(question), links, own_number=own, asks=asks)

    def _choices(self, question: Question) -> tuple[Button, ...]:
        if not question.most:
            named = ((choice, self._path("answer", question.name, choice.value)) for choice in question.choices)
            return tuple(Button(choice.label, path, stands_apart=choice.stands_apart) for choice, path in named)
        ticked = self.filling.ticked(question)
        return tuple(
            toggle(c.label, self._path("tick", question.name, c.value), c.value in ticked) for c in question.choices
        )

    def _links(self, question: Question) -> Iterator[Button]:
        if question.most:
            yield self.chat.button("ticked_all", self._path("done", question.name))
        yield from question.links
        if question.is_optional:
            yield self.chat.button("skip", self._path("skip", question.name))
        if self.filling.log:
            yield self.chat.button("back", self._path("back"))
        yield Button(self.text("leave"), self._path("leave"))

    def _summary(self) -> Reply:
        shown = [question for question in self.filling.asked if question.label]
        facts = tuple((question.label, self.filling.shown(question)) for question in shown)
        cards = (Card(self.form.title, facts=facts),) if facts else ()
        correct = [
            self.chat.button("correct", self._path("correct", question.name), label=question.label)
            for question in shown
        ]
        links = (
            *(correct or [self.chat.button("back", self._path("back"))]),
            *self.form.links,
            Button(self.text("leave"), self._path("leave")),
        )
        return Reply(self.text("summary"), cards, (Button(self.text("submit"), self._path("submit")),), links)

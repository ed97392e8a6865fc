"""Filling in a form: what is asked, what comes next, and what each step makes of the answers. It stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import Any

from handlers.dialogue.forms.form import Question
from handlers.language.answers import Unparsed
from handlers.language.hidden_numbers import MASK, contains_resident_number

SKIPPED = ""  # the answer to an optional question that has none
_TICKED = "+"  # ends the name under which the log has what is ticked so far


@dataclass(frozen=True)
class Filling:
    """Questions and the answers to them, as a log in which the last word on a question counts and None takes it back.

    A step leads to another filling. It changes nothing when its question isn't the one that is asked now (an old
    button, a second tap), and raises Unparsed or Refused when the answer can't be taken.
    """

    questions: Sequence[Question]
    log: Sequence[tuple[str, Any]]

    @cached_property
    def answers(self) -> dict[str, Any]:
        """Those that count: to questions that are asked, as they are worded today."""
        given, answers = dict(self.log), dict[str, Any]()
        for question in self.questions:
            value = given.get(question.name)
            if value is not None and question.asked(answers) and question.is_valid(value):
                answers[question.name] = value
        return answers

    @cached_property
    def asked(self) -> list[Question]:
        return [question for question in self.questions if question.asked(self.answers)]

    @cached_property
    def before(self) -> list[Question]:
        """Those answered before the current one."""
        return list(takewhile(lambda question: question.name in self.answers, self.asked))

    @property
    def current(self) -> Question | None:
        """The first one without an answer; None when the form is complete."""
        return next(iter(self.asked[len(self.before) :]), None)

    @property
    def number(self) -> int:
        """The place of the current one among those asked."""
        return len(self.before) + 1

    def shown(self, question: Question) -> str:
        """Its answer, as a summary shows it."""
        return question.show(self.answers[question.name])

    def ticked(self, question: Question) -> list[str]:
        """The values of the choices that are ticked so far."""
        offered = {choice.value for choice in question.choices}
        return [value for value in dict(self.log).get(question.name + _TICKED, []) if value in offered]

    def answer(self, name: str, text: str) -> "Filling":
        question = self._current(name)
        return self._with(name, read(question, text)) if question else self

    def answer_ahead(self, name: str, text: str) -> "Filling":
        """A question that comes later, and then needn't be asked."""
        question = next((each for each in self.asked if each.name == name and name not in self.answers), None)
        return self._with(name, read(question, text)) if question else self

    def skip(self, name: str) -> "Filling":
        question = self._current(name)
        if question and not question.is_optional:
            raise Unparsed("answers.needed")
        return self._with(name, SKIPPED) if question else self

    def tick(self, name: str, value: str, is_on: bool) -> "Filling":
        question = self._current(name)
        if question is None:
            return self
        ticked = [each for each in self.ticked(question) if each != value] + [value] * is_on
        if len(ticked) > question.most:
            raise Unparsed("answers.too_many", most=question.most)
        return self._with(name + _TICKED, ticked)

    def tick_no_more(self, name: str) -> "Filling":
        question = self._current(name)
        return self.answer(name, "\n".join(self.ticked(question))) if question else self

    def back(self) -> "Filling":
        """Before the last step."""
        return replace(self, log=self.log[:-1])

    def correct(self, name: str) -> "Filling":
        """Asked anew, whatever was answered after it."""
        return self._with(name, None) if name in self.answers else self

    def _current(self, name: str) -> Question | None:
        return self.current if self.current and self.current.name == name else None

    def _with(self, name: str, value: Any) -> "Filling":
        followers = [question.name for question in self.questions if question.follows == name]
        taken_back = [(each, None) for each in followers if dict(self.log).get(each) is not None]
        return replace(self, log=[*self.log, *taken_back, (name, value)])


def read(question: Question, text: str) -> Any:
    """What the text means as an answer; raises Unparsed (ask again) or Refused (it can't go on)."""
    if MASK in text or contains_resident_number(text):
        raise Unparsed("answers.resident_number")
    if not text.strip() and question.is_optional:
        return SKIPPED
    if not text.strip() and question.most:
        raise Unparsed("answers.needed")
    return question.parse(text)

"""A form: questions asked one at a time; where a resident stands is derived from the answers so far."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.dialogue.reply import Button, Reply
from handlers.language.answers import Unparsed, one_of

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    stands_apart: bool = False  # from the one before it, lest a finger hits the wrong one


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
    is_valid: Callable[[Any], bool] = lambda _: True  # whether an answer that was given earlier still is one
    links: tuple[Button, ...] = ()
    section: str = ""
    most: int = 0  # choices that may be ticked; 0: one, which is the answer at once
    is_optional: bool = False
    takes_anything: bool = False  # whatever is typed is an answer
    is_loose: bool = False  # nearly any words can be read as an answer
    is_binding: bool = False  # never taken from what may have been said to something else
    parts: Callable[[str], Sequence[tuple[str, str]]] | None = None  # what is typed at once, question by question
    asks: str = ""  # what is typed for it, where its name doesn't say that
    follows: str = ""  # the question whose new answer takes the answer to this one back
    own_number: str = ""  # asks for the resident's mobile number; what the button says that gives it

    def names(self, text: str) -> bool:
        """Whether the text names one of the choices."""
        try:
            chosen = one_of([(choice.value, choice.label) for choice in self.choices])(text)
        except Unparsed:
            return False
        return bool(chosen)


@dataclass(frozen=True)
class Form:
    """`check` raises Refused when this can't be filled in (any more); what was told until then is learnt anyway.

    Of a secret form nothing that was said is kept. The texts in which a form speaks of itself are `forms.{its name}`.
    """

    title: str
    questions: Sequence[Question]
    finish: Callable[[Answers], Reply]
    check: Callable[[], None]
    known: Callable[[], Answers] = dict  # what needn't be asked again
    learn: Callable[[Answers], bool] = lambda _: False  # whether there was something that needn't be asked again
    intro: str = ""  # stands above the first question
    is_secret: bool = False
    about: Callable[[str], str] = lambda _: ""  # a short answer to a question that is asked meanwhile, if there is one
    least: int = 0  # so many questions are asked at least, where which they are is known only later
    links: tuple[Button, ...] = ()  # what else can be done than to send what was answered

"""A survey at a shared screen, question by question: the answers so far travel with the page and are kept nowhere."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import Any

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms import SKIPPED, Question
from handlers.language.answers import Unparsed
from handlers.language.hidden_numbers import MASK, contains_resident_number
from handlers.residents.survey_questions import question_of
from handlers.residents.surveys import called, closing_day
from storage import answers, rounds, surveys
from storage.answers import LARGEST_ID, Sheet
from storage.rounds import Round
from storage.survey import MULTI, TEXT, Item, Survey

CHANNEL = "kiosk"
START, QUESTION, SUMMARY, THANKS = "start", "question", "summary", "thanks"


@dataclass(frozen=True)
class Sent:
    """What a page of ours sent; all of it may have been tampered with.

    `answers` are those so far, as storage keeps them; `question` is the one that was on the screen, and `said` what was
    tapped or typed there. `nonce` is the same for all pages of one person.
    """

    do: str = ""
    nonce: str = ""
    answers: Mapping[str, Any] | None = None
    question: str = ""
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sitting:
    """Somebody before a survey. Of `given` only what answers a question that is asked counts.

    It is shown after its transaction has ended: nothing here asks the database.
    """

    chat: Chat
    round: Round
    survey: Survey
    title: str
    given: Mapping[str, Any]

    @cached_property
    def answers(self) -> dict[str, Any]:
        """In the order of the questions."""
        items = [item for item in self.survey.items if item.name in self.given]
        good = {item.name: self.given[item.name] for item in items if _is_good(item, self.given[item.name])}
        asked = {item.name for item in self.survey.asked(good)}
        return {name: value for name, value in good.items() if name in asked}

    @cached_property
    def asked(self) -> list[Item]:
        return self.survey.asked(self.answers)

    @property
    def before(self) -> list[Item]:
        """The questions that are answered before the one that is on the screen."""
        return list(takewhile(lambda item: item.name in self.answers, self.asked))

    @property
    def current(self) -> Item | None:
        before = len(self.before)
        return self.asked[before] if before < len(self.asked) else None

    @property
    def day(self) -> str:
        return closing_day(self.chat, self.round)

    def noted(self, name: str, value: Any) -> "Sitting":
        return replace(self, given={**self.answers, name: value})

    def without(self, name: str) -> "Sitting":
        return replace(self, given={key: value for key, value in self.answers.items() if key != name})

    def shown(self, item: Item) -> str:
        """An answer as it reads in the language of the chat; "" for one that was skipped."""
        value = self.answers[item.name]
        taps = taps_of(item, value)
        return ", ".join(
            choice.label for choice in question_of(item, self.chat.language).choices if choice.value in taps
        ) or str(value)


@dataclass(frozen=True)
class Screen:
    """What is shown next. `problem` stands above a question; `said` is what was tapped or typed there before."""

    name: str
    sitting: Sitting
    problem: Unparsed | None = None
    said: tuple[str, ...] = ()

    @cached_property
    def item(self) -> Item:
        """Only of a question's screen."""
        item = self.sitting.current
        assert item is not None
        return item

    @cached_property
    def asked(self) -> Question:
        return question_of(self.item, self.sitting.chat.language)

    @property
    def number(self) -> int:
        return len(self.sitting.before) + 1

    @property
    def total(self) -> int:
        return len(self.sitting.asked)


def look(chat: Chat, code: str) -> Screen:
    """Raises Refused, as does `step`."""
    return Screen(START, _sit_down(chat, code, {}))


def step(chat: Chat, code: str, sent: Sent) -> Screen:
    """What a page leads to. `chat.tx` must be able to write when the answers are handed in."""
    if not sent.nonce or sent.do not in _STEPS:
        return look(chat, code)
    sitting = _sit_down(chat, code, sent.answers or {}, is_last=sent.do == "send")
    return _STEPS[sent.do](sitting, sent)


def _sit_down(chat: Chat, code: str, given: Mapping[str, Any], is_last: bool = False) -> Sitting:
    round_ = rounds.by_code(chat.tx, code)
    if round_ is None:
        raise Refused("kiosk.unknown")
    if is_last:
        round_ = rounds.lock(chat.tx, round_.id)
    survey = surveys.find(chat.tx, round_.survey_id)
    sitting = Sitting(chat, round_, survey, called(chat, survey, round_), given)
    if chat.now < round_.opens_at:
        raise Refused("kiosk.not_yet", title=sitting.title, when=chat.moment(round_.opens_at))
    if round_.settled_at or not round_.is_open(chat.now):
        raise Refused("kiosk.over", title=sitting.title, day=sitting.day)
    return sitting


def _screen(sitting: Sitting) -> Screen:
    return Screen(QUESTION if sitting.current else SUMMARY, sitting)


def _answer(sitting: Sitting, sent: Sent) -> Screen:
    item = sitting.current
    if item is None or item.name != sent.question:  # a second tap, or a page of before: say where we are now
        return _screen(sitting)
    try:
        return _screen(sitting.noted(item.name, _heard(item, sitting.chat.language, sent.said)))
    except Unparsed as wrong:
        return Screen(QUESTION, sitting, wrong, tuple(each.replace(MASK, "") for each in sent.said))


def _skip(sitting: Sitting, sent: Sent) -> Screen:
    return _answer(sitting, replace(sent, said=()))


def _back(sitting: Sitting, _: Sent) -> Screen:
    """The question before, with what was answered there."""
    if not sitting.before:
        return Screen(START, sitting)
    last = sitting.before[-1]
    value = sitting.answers[last.name]
    return Screen(QUESTION, sitting.without(last.name), said=tuple(taps_of(last, value)) or (str(value),))


def _send(sitting: Sitting, sent: Sent) -> Screen:
    if sitting.current:
        return _screen(sitting)
    chat, survey = sitting.chat, sitting.survey
    sheet = Sheet(survey.id, CHANNEL, survey.complete(sitting.answers))
    answers.hand_in_once(chat.tx, sitting.round, sheet, chat.today, _mark(sent.nonce))
    return Screen(THANKS, sitting)


_STEPS: dict[str, Callable[[Sitting, Sent], Screen]] = {
    "begin": lambda sitting, _: _screen(sitting),
    "answer": _answer,
    "skip": _skip,
    "back": _back,
    "send": _send,
}


def _mark(nonce: str) -> int:
    """The same for the same pages sent twice."""
    return int.from_bytes(hashlib.sha256(nonce.encode()).digest()[:8], "big") % LARGEST_ID


# --- answers ---


def taps_of(item: Item, value: Any) -> list[str]:
    """The values of the choices that an answer consists of; none for text."""
    kept = {str(each) for each in (value if isinstance(value, list) else [value])}
    return [choice.value for choice in question_of(item, "ko").choices if kept & {choice.value, choice.label}]


def _heard(item: Item, language: str, said: tuple[str, ...]) -> Any:
    """Raises Unparsed."""
    text = "\n".join(said).strip()
    if not text and not item.is_required:
        return SKIPPED
    if not text and item.kind in (MULTI, TEXT):
        raise Unparsed("answers.needed")
    if MASK in text or contains_resident_number(text):
        raise Unparsed("answers.resident_number")
    return question_of(item, language).parse(text)


def _is_good(item: Item, value: Any) -> bool:
    """Whether this would have been heard: what came back from a page may be anything."""
    if not item.is_answer(value) or value == SKIPPED or item.kind not in (MULTI, TEXT):
        return item.is_answer(value)
    try:
        taps = taps_of(item, value) if item.kind == MULTI else [value]
        return bool(_heard(item, "ko", tuple(taps)) == value)
    except Unparsed:
        return False

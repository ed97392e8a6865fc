"""A survey at a shared screen, question by question: the answers so far travel with the page and are kept nowhere."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.filling import SKIPPED, Filling, read
from handlers.dialogue.forms import Question
from handlers.language.answers import Unparsed
from handlers.language.hidden_numbers import MASK
from handlers.residents.survey_questions import question_of, taps
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
class Screen:
    """What somebody before a survey sees. It is shown after its transaction has ended: nothing here asks the database.

    `edge` is START or THANKS, before and after the questions. `problem` stands above a question; `said` is what was
    tapped or typed there before.
    """

    chat: Chat
    round: Round
    survey: Survey
    title: str
    filling: Filling
    edge: str = ""
    problem: Unparsed | None = None
    said: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.edge or (QUESTION if self.filling.current else SUMMARY)

    @cached_property
    def item(self) -> Item:
        """Only of a question's screen."""
        items = {item.name: item for item in self.survey.items}
        assert self.filling.current is not None
        return items[self.filling.current.name]

    @property
    def day(self) -> str:
        return closing_day(self.chat, self.round)


def look(chat: Chat, code: str) -> Screen:
    """Raises Refused, as does `step`."""
    return replace(_open(chat, code, {}), edge=START)


def step(chat: Chat, code: str, sent: Sent) -> Screen:
    """What a page leads to. `chat.tx` must be able to write when the answers are handed in."""
    if not sent.nonce or sent.do not in _STEPS:
        return look(chat, code)
    screen = _open(chat, code, sent.answers or {}, is_last=sent.do == "send")
    try:
        return _STEPS[sent.do](screen, sent)
    except Unparsed as wrong:
        return replace(screen, problem=wrong, said=tuple(each.replace(MASK, "") for each in sent.said))


def _open(chat: Chat, code: str, given: Mapping[str, Any], is_last: bool = False) -> Screen:
    round_ = rounds.by_code(chat.tx, code)
    if round_ is None:
        raise Refused("kiosk.unknown")
    if is_last:
        round_ = rounds.lock(chat.tx, round_.id)
    survey = surveys.find(chat.tx, round_.survey_id)
    questions = [_question(item, chat.language) for item in survey.items]
    screen = Screen(chat, round_, survey, called(chat, survey, round_), Filling(questions, list(given.items())))
    if chat.now < round_.opens_at:
        raise Refused("kiosk.not_yet", title=screen.title, when=chat.moment(round_.opens_at))
    if round_.settled_at or not round_.is_open(chat.now):
        raise Refused("kiosk.over", title=screen.title, day=screen.day)
    return screen


def _answer(screen: Screen, sent: Sent) -> Screen:
    return replace(screen, filling=screen.filling.answer(sent.question, "\n".join(sent.said)))


def _skip(screen: Screen, sent: Sent) -> Screen:
    return replace(screen, filling=screen.filling.answer(sent.question, ""))


def _back(screen: Screen, _: Sent) -> Screen:
    """The question before, with what was answered there."""
    if not screen.filling.before:
        return replace(screen, edge=START)
    name = screen.filling.before[-1].name
    shown = replace(screen, filling=screen.filling.correct(name))
    answer = screen.filling.answers[name]
    return replace(shown, said=tuple(taps(shown.item, answer)) or (str(answer),))


def _send(screen: Screen, sent: Sent) -> Screen:
    if screen.filling.current:
        return screen
    chat, survey = screen.chat, screen.survey
    sheet = Sheet(survey.id, CHANNEL, survey.complete(screen.filling.answers))
    answers.hand_in_once(chat.tx, screen.round, sheet, chat.today, _mark(sent.nonce))
    return replace(screen, edge=THANKS)


_STEPS: dict[str, Callable[[Screen, Sent], Screen]] = {
    "begin": lambda screen, _: screen,
    "answer": _answer,
    "skip": _skip,
    "back": _back,
    "send": _send,
}


def _mark(nonce: str) -> int:
    """The same for the same pages sent twice."""
    return int.from_bytes(hashlib.sha256(nonce.encode()).digest()[:8], "big") % LARGEST_ID


def _question(item: Item, language: str) -> Question:
    """As in a chat, but of the answers that come back from a page, which may be anything, few are good."""
    question = question_of(item, language)
    return replace(question, is_valid=partial(_could_be_given, item, question))


def _could_be_given(item: Item, question: Question, answer: Any) -> bool:
    if not item.is_answer(answer) or answer == SKIPPED or item.kind not in (MULTI, TEXT):
        return item.is_answer(answer)
    try:
        return bool(read(question, "\n".join(taps(item, answer)) or answer) == answer)
    except Unparsed:
        return False

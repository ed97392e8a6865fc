"""A survey at a tablet that officers allowed, question by question: the answers so far travel with the page.

Whoever begins is given a nonce, the tablet's only one, and it is spent with the answers: one post makes no ballot.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property, partial
from typing import Any

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms.filling import SKIPPED, Filling, read
from handlers.dialogue.forms.form import Question
from handlers.language.answers import Unparsed
from handlers.language.hidden_numbers import MASK
from handlers.residents.surveys.answering import batch, called, closing_day
from handlers.residents.surveys.questions import question_of, taps
from storage.asking import answers, kiosks, rounds, surveys
from storage.asking.answers import LARGEST_ID, Sheet
from storage.asking.kiosks import Kiosk
from storage.asking.rounds import Round
from storage.asking.survey import MULTI, TEXT, Item, Survey

CHANNEL = "kiosk"
START, QUESTION, SUMMARY, THANKS = "start", "question", "summary", "thanks"
PACE = timedelta(seconds=1)  # nobody reads and answers a question in less
MOST_UNPROVEN = 1_000  # answers that one round takes from tablets without a number that was handed out


@dataclass(frozen=True)
class Sent:
    """What a page of ours sent; all of it may have been tampered with.

    `answers` are those so far, as storage keeps them; `question` is the one that was on the screen, and `said` what was
    tapped or typed there. `nonce` is the same for all pages of one person; `slip` is the number that they were given.
    """

    do: str = ""
    nonce: str = ""
    answers: Mapping[str, Any] | None = None
    question: str = ""
    said: tuple[str, ...] = ()
    slip: str = ""


@dataclass(frozen=True)
class Screen:
    """What somebody before a survey sees. It is shown after its transaction has ended: nothing here asks the database.

    `edge` is START or THANKS, before and after the questions. `problem` stands above a question; `said` is what was
    tapped or typed there before.
    """

    chat: Chat
    kiosk: Kiosk
    round: Round
    survey: Survey
    title: str
    filling: Filling
    has_slips: bool
    pace: timedelta = PACE
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


def writes(sent: Sent) -> bool:
    return sent.do in ("begin", "send")


def open_surveys(chat: Chat, secret: str) -> list[tuple[str, str]]:
    """(code, title) of what can be answered at this tablet. Raises Refused where it isn't allowed."""
    _allowed(chat, secret)
    found = rounds.all_open(chat.tx, chat.now)
    asked = surveys.with_ids(chat.tx, {each.survey_id for each in found})
    return [(each.code, called(chat, asked[each.survey_id], each)) for each in found]


def look(chat: Chat, code: str, secret: str) -> Screen:
    """`secret` is what the tablet keeps. Raises Refused, as does `step`."""
    return replace(_open(chat, code, secret, {}), edge=START)


def step(chat: Chat, code: str, sent: Sent, secret: str, pace: timedelta = PACE) -> Screen:
    """What a page leads to. `chat.tx` must be able to write where `writes` says so."""
    if not sent.nonce or sent.do not in _STEPS:
        return look(chat, code, secret)
    screen = replace(_open(chat, code, secret, sent.answers or {}, is_last=writes(sent)), pace=pace)
    try:
        return _STEPS[sent.do](screen, sent)
    except Unparsed as wrong:
        return replace(screen, problem=wrong, said=tuple(each.replace(MASK, "") for each in sent.said))


def _allowed(chat: Chat, secret: str, to_write: bool = False) -> Kiosk:
    found = kiosks.find(chat.tx, secret, to_write=to_write) if secret else None
    if found is None:
        raise Refused("kiosk.not_allowed")
    return found


def _open(chat: Chat, code: str, secret: str, given: Mapping[str, Any], is_last: bool = False) -> Screen:
    round_ = rounds.by_code(chat.tx, code)
    if round_ is None:
        raise Refused("kiosk.unknown")
    kiosk = _allowed(chat, secret, to_write=is_last)
    if is_last:
        round_ = rounds.lock(chat.tx, round_.id)
    survey = surveys.find(chat.tx, round_.survey_id)
    questions = [_question(item, chat.language) for item in survey.items]
    filling, has_slips = Filling(questions, list(given.items())), kiosks.has_slips(chat.tx, round_.id)
    screen = Screen(chat, kiosk, round_, survey, called(chat, survey, round_), filling, has_slips)
    if chat.now < round_.opens_at:
        raise Refused("kiosk.not_yet", title=screen.title, when=chat.moment(round_.opens_at))
    if round_.settled_at or not round_.is_open(chat.now):
        raise Refused("kiosk.over", title=screen.title, day=screen.day)
    return screen


def _begin(screen: Screen, sent: Sent) -> Screen:
    """One sits at a tablet at a time; with a number that is wrong nobody is let begin in vain."""
    if sent.slip and not kiosks.is_good(screen.chat.tx, screen.round.id, sent.slip):
        return replace(screen, edge=START, problem=Unparsed("kiosk.slip_wrong"), said=(sent.slip,))
    kiosks.sit_down(screen.chat.tx, screen.kiosk, _sitting(screen, sent), screen.chat.now)
    return screen


def _sitting(screen: Screen, sent: Sent) -> str:
    return f"{screen.round.id} {sent.nonce}"


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
    chat, mark = screen.chat, _mark(sent.nonce)
    if not kiosks.sits(chat.tx, screen.kiosk, _sitting(screen, sent)):
        return replace(screen, edge=THANKS if answers.is_here(chat.tx, mark) else START)
    _check_pace(screen)
    sheet = _sheet(screen, sent)
    kiosks.stand_up(chat.tx, screen.kiosk)
    answers.hand_in_marked(chat.tx, screen.round, sheet, chat.today, mark)
    return replace(screen, edge=THANKS)


def _check_pace(screen: Screen) -> None:
    began, count = screen.kiosk.sitting_at, len(screen.survey.complete(screen.filling.answers))
    if began and screen.chat.now < began + screen.pace * count:
        raise Refused("kiosk.too_fast")


def _sheet(screen: Screen, sent: Sent) -> Sheet:
    """With a number that was handed out it is one more person's; without one there may be no more room."""
    chat, survey = screen.chat, screen.survey
    given = survey.complete(screen.filling.answers)
    if sent.slip:
        if not kiosks.spend(chat.tx, screen.round.id, sent.slip):
            raise Refused("kiosk.slip_used")
        return Sheet(survey.id, CHANNEL, given, is_proven=True)
    room = rounds.room(chat.tx, screen.round)
    left = MOST_UNPROVEN - rounds.count(chat.tx, screen.round.id, CHANNEL) if room is None else room
    if left <= 0:
        raise Refused("kiosk.full", title=screen.title)
    return Sheet(survey.id, CHANNEL, given, batch=batch(chat, str(screen.kiosk.id)))


_STEPS: dict[str, Callable[[Screen, Sent], Screen]] = {
    "begin": _begin,
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

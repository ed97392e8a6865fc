"""Rounds that were answered by so many people in such ways, without anybody having to chat."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from handlers.staff.desk.desk import Desk
from handlers.staff.surveys.tally import results
from handlers.staff.surveys.tally.results import Result
from storage import tables
from storage.asking import answers, rounds, settling, surveys
from storage.asking.answers import Sheet
from storage.asking.rounds import Round
from storage.database import Transaction
from storage.seating import enrollments
from tests.support.domain import COURSE, SETTINGS, School, add_course

WAYS = {"chat": ("chat", True), "slip": ("kiosk", True), "anybody": ("chat", False)}
"""Ways of answering by which one is proven to be one person, or isn't."""
Says = Callable[[int], dict[str, Any]]  # what the so-maniest person answers
ORGANIZATION = SETTINGS.to_organization()
POINTS = [5, 4, 5, 3, 5, 2, 4]


def satisfied(number: int) -> dict[str, Any]:
    points = {f"S{at}": POINTS[(number + at) % 7] for at in range(1, 14)}
    return {
        **points, "S14": 6 + number % 5, "S15": "취업을 준비하겠다", "S16": ["채용정보", "구직상담"][: 1 + number % 2],
        "S18": f"{number}번째 의견", "S20": "제과",
    }  # fmt: skip


def seat(tx: Transaction, course_id: int, people: int, now: datetime) -> None:
    """So many, who never chat, have completed a course."""
    added = tables.residents.insert().returning(tables.residents.c.id)
    rows = [{"language": "ko", "created_at": now}] * people
    for resident_id in tx.execute(added, rows).scalars().all() if rows else ():
        enrollments.add(tx, course_id, resident_id, "completed", "web", now)


class Ballots:
    """What the satisfaction survey and the survey of needs were answered, in one transaction at one time."""

    def __init__(self, tx: Transaction, now: datetime) -> None:
        self.tx, self.now, self.courses = tx, now, 0

    def course(self, turnout: Mapping[str, int], says: Says = satisfied, closes: bool = True, **course: Any) -> str:
        """A course whose round is answered so often in each channel; its code. All who attended answer."""
        self.courses += 1
        code: str = course.pop("code", f"B{self.courses}")
        attendees: int = course.pop("attendees", sum(turnout.values()))
        course_id = add_course(self.tx, {**COURSE, "code": code, "title": f"과정 {code}", **course})
        seat(self.tx, course_id, attendees, self.now)
        self._opens(f"만족도조사/{course_id}", "만족도조사", course_id)
        self.answers("만족도조사", turnout, says, course_id)
        if closes:
            self.closes("만족도조사", course_id)
        return code

    def needs(self, turnout: Mapping[str, int], says: Says, closes: bool = True) -> None:
        self.answers("수요조사", turnout, says, None)
        if closes:
            self.closes("수요조사", None)

    def answers(self, survey: str, turnout: Mapping[str, int], says: Says, course_id: int | None) -> None:
        round_, number = self._round(survey, course_id), 0
        asked = surveys.find(self.tx, round_.survey_id)
        for way, people in turnout.items():
            channel, is_proven = WAYS.get(way, (way, False))
            for _ in range(people):
                sheet = Sheet(asked.id, channel, says(number), is_proven)
                answers.hand_in(self.tx, round_, asked, sheet, self.now.date())
                number += 1

    def closes(self, survey: str, course_id: int | None) -> None:
        round_ = self._round(survey, course_id)
        self.now += timedelta(minutes=1)
        rounds.close(self.tx, round_.id, self.now)
        settling.settle(self.tx, round_.id, self.now)

    def result(self, survey: str = "만족도조사", course: str | None = None) -> Result:
        return results.of_survey(self.tx, self.desk, survey, course)

    @property
    def desk(self) -> Desk:
        return Desk(ORGANIZATION, self.now)

    def _opens(self, key: str, survey: str, course_id: int) -> None:
        newest = surveys.newest(self.tx, survey)
        assert newest
        rounds.open_round(self.tx, key, newest.id, course_id, self.now, self.now + timedelta(days=10))

    def _round(self, survey: str, course_id: int | None) -> Round:
        return rounds.of_code(self.tx, survey, course_id)[-1]


class _Undone(Exception):
    pass


async def tried(school: School, work: Callable[[Ballots], Any]) -> Any:
    """What comes of it, leaving nothing behind."""
    found: list[Any] = []

    def undone(tx: Transaction) -> None:
        found.append(work(Ballots(tx, school.now)))
        raise _Undone

    try:
        await school.database.write(undone)
    except _Undone:
        return found[0]


def differences(result: Result, name: str) -> Iterator[int]:
    """How many answers each figure is of that a reader can make: what is shown, and by taking groups from the total."""
    asked = next(each for each in result.questions if each.item.name == name)
    for groups in (asked.by_course, asked.by_channel):
        shown = [each.n for each in groups.values() if each]
        yield from shown
        yield from taken_away(asked.figures.n if asked.figures else 0, shown)


def taken_away(total: int, shown: Sequence[int]) -> Iterator[int]:
    yield total - sum(shown)
    for size in range(min(3, len(shown)) + 1):
        yield from (total - sum(some) for some in combinations(shown, size))

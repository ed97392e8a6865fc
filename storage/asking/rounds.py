"""Rounds: a survey as it is asked once, of whom, and until when."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, bindparam, func, select, update

from storage.asking.survey import Survey
from storage.database import Transaction, insert, there_is
from storage.seating.enrollments import IS_ATTENDEE
from storage.tables import (
    UtcDateTime,
    courses,
    enrollments,
    residents,
    sessions,
    survey_receipts,
    survey_rounds,
    survey_turnout,
    surveys,
)
from storage.teaching.courses import TAKES_PLACE

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is mistaken for another
LONG = 8


@dataclass(frozen=True)
class Round:
    """`course_id` is None where everybody is asked; `code` stands on paper and in addresses."""

    id: int
    key: str
    survey_id: int
    course_id: int | None
    code: str
    opens_at: datetime
    closes_at: datetime  # the first moment at which it is closed
    settled_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at


_ROUND = select(survey_rounds)
_BY_ID = _ROUND.where(survey_rounds.c.id == bindparam("at"))
_WITH_IDS = _ROUND.where(survey_rounds.c.id.in_(bindparam("ids", expanding=True)))
_NOW = bindparam("now", type_=UtcDateTime)
_IS_OPEN = (survey_rounds.c.opens_at <= _NOW, survey_rounds.c.closes_at > _NOW)
_SINCE, _UNTIL = bindparam("since", type_=UtcDateTime), bindparam("until", type_=UtcDateTime)
_OPENED = _ROUND.where(survey_rounds.c.opens_at > _SINCE, survey_rounds.c.opens_at <= _UNTIL)


def key_of(survey: Survey, course_id: int | None) -> str:
    """Of the round in which a survey is asked of a course, or of everybody."""
    return survey.code if course_id is None else f"{survey.code}/{course_id}"


def code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(LONG))


def open_round(
    tx: Transaction, key: str, survey_id: int, course_id: int | None, opens_at: datetime, closes_at: datetime
) -> None:
    """Once for each key, however many open it."""
    row = {"key": key, "survey_id": survey_id, "course_id": course_id, "opens_at": opens_at, "closes_at": closes_at}
    tx.execute(insert(tx, survey_rounds).values(**row, code=code()).on_conflict_do_nothing())


def reschedule(tx: Transaction, key: str, opens_at: datetime, closes_at: datetime) -> None:
    """Ask at another time; what is over stays so."""
    this = (survey_rounds.c.key == key, survey_rounds.c.settled_at.is_(None))
    tx.execute(update(survey_rounds).where(*this).values(opens_at=opens_at, closes_at=closes_at))


def ask_in_version(tx: Transaction, old_id: int, new_id: int) -> None:
    """Rounds that aren't over go on with another version."""
    these = (survey_rounds.c.survey_id == old_id, survey_rounds.c.settled_at.is_(None))
    tx.execute(update(survey_rounds).where(*these).values(survey_id=new_id))


def close(tx: Transaction, round_id: int, now: datetime) -> None:
    tx.execute(update(survey_rounds).where(survey_rounds.c.id == round_id).values(closes_at=now))


def reopen(tx: Transaction, round_id: int, closes_at: datetime) -> None:
    """Answers come in again; what is in the results already stays there."""
    this = survey_rounds.c.id == round_id
    tx.execute(update(survey_rounds).where(this).values(closes_at=closes_at, settled_at=None))


def known_keys(tx: Transaction, keys: Sequence[str]) -> set[str]:
    return set(tx.execute(select(survey_rounds.c.key).where(survey_rounds.c.key.in_(keys))).scalars())


def find(tx: Transaction, round_id: int) -> Round | None:
    return _one(tx, _BY_ID, at=round_id)


def by_code(tx: Transaction, said: str) -> Round | None:
    """However the code is written."""
    return _one(tx, _ROUND.where(survey_rounds.c.code == plain(said)))


def plain(said: str) -> str:
    """A code without what doesn't matter: small letters, dashes and spaces."""
    return said.upper().replace("-", "").replace(" ", "")


def with_ids(tx: Transaction, ids: Collection[int]) -> list[Round]:
    return _all(tx, _WITH_IDS, ids=list(ids)) if ids else []


def lock(tx: Transaction, round_id: int) -> Round:
    """Nobody else answers or settles it before this transaction ends."""
    found = _one(tx, _BY_ID.with_for_update(key_share=True), at=round_id)
    assert found is not None
    return found


def opened(tx: Transaction, since: datetime, until: datetime) -> list[Round]:
    """Rounds that opened after `since` and no later than `until`."""
    return _all(tx, _OPENED, since=since, until=until)


def of_surveys(tx: Transaction, survey_ids: Sequence[int]) -> list[Round]:
    return _all(tx, _ROUND.where(survey_rounds.c.survey_id.in_(survey_ids)).order_by(survey_rounds.c.id))


def of_code(tx: Transaction, survey_code: str, course_id: int | None = None) -> list[Round]:
    """All rounds of a survey in any of its versions, or those of one course."""
    found = _ROUND.join(surveys, surveys.c.id == survey_rounds.c.survey_id).where(surveys.c.code == survey_code)
    if course_id is not None:
        found = found.where(survey_rounds.c.course_id == course_id)
    return _all(tx, found.order_by(survey_rounds.c.opens_at, survey_rounds.c.id))


def all_open(tx: Transaction, now: datetime) -> list[Round]:
    """Rounds that can be answered now, the newest first."""
    return _all(tx, _ROUND.where(*_IS_OPEN).order_by(survey_rounds.c.opens_at.desc()), now=now)


def closing(tx: Transaction, since: datetime, until: datetime) -> list[Round]:
    """Rounds that close after `since` and no later than `until`, soonest first."""
    these = (survey_rounds.c.closes_at > _SINCE, survey_rounds.c.closes_at <= _UNTIL)
    return _all(
        tx, _ROUND.where(*these).order_by(survey_rounds.c.closes_at, survey_rounds.c.id), since=since, until=until
    )


def over(tx: Transaction, now: datetime) -> list[int]:
    """Ids of rounds that are closed and not settled."""
    closed = (survey_rounds.c.closes_at <= now, survey_rounds.c.settled_at.is_(None))
    return list(tx.execute(select(survey_rounds.c.id).where(*closed)).scalars())


def settled(tx: Transaction, round_id: int, now: datetime) -> None:
    tx.execute(update(survey_rounds).where(survey_rounds.c.id == round_id).values(settled_at=now))


def courses_just_over(tx: Transaction, since: datetime, until: datetime) -> list[int]:
    """Ids of courses with attendees whose last class ended after `since` and no later than `until`."""
    last = select(sessions.c.course_id, func.max(sessions.c.ends_at).label("ends_at")).group_by(sessions.c.course_id)
    ended = last.subquery()
    found = (
        select(courses.c.id)
        .join(ended, ended.c.course_id == courses.c.id)
        .where(TAKES_PLACE, ended.c.ends_at > since, ended.c.ends_at <= until)
        .where(there_is(enrollments, enrollments.c.course_id == courses.c.id, IS_ATTENDEE))
    )
    return list(tx.execute(found).scalars())


# --- who answers ---


def attends(tx: Transaction, course_id: int, resident_ids: Sequence[int]) -> bool:
    """Whether one of these attended the course, or has finished it."""
    theirs = (enrollments.c.course_id == course_id, enrollments.c.resident_id.in_(resident_ids))
    return bool(tx.execute(select(there_is(enrollments, *theirs, IS_ATTENDEE))).scalar())


def attendees(tx: Transaction, course_ids: Collection[int]) -> dict[int, int]:
    """How many attended each of these courses, but for those of which nobody did."""
    of = enrollments.c.course_id
    counted = select(of, func.count().label("people")).where(of.in_(course_ids), IS_ATTENDEE).group_by(of)
    return {row.course_id: row.people for row in tx.execute(counted)}


def count_attendees(tx: Transaction, course_id: int) -> int:
    theirs = (enrollments.c.course_id == course_id, IS_ATTENDEE)
    return tx.execute(select(func.count()).where(*theirs)).scalar_one()


def room(tx: Transaction, round_: Round) -> int | None:
    """How many more sheets there may be: no more than people attended; None where everybody is asked."""
    if round_.course_id is None:
        return None
    handed_in: int = sum(row[-1] for row in turnout(tx, [round_.id]))
    return count_attendees(tx, round_.course_id) - handed_in


def has_answered(tx: Transaction, round_id: int, resident_ids: Sequence[int]) -> bool:
    theirs = (survey_receipts.c.round_id == round_id, survey_receipts.c.resident_id.in_(resident_ids))
    return bool(tx.execute(select(there_is(survey_receipts, *theirs))).scalar())


def has_receipt(of: Table) -> ColumnElement[bool]:
    """Whether the resident of a row has answered the round of that row."""
    same = (survey_receipts.c.round_id == of.c.round_id, survey_receipts.c.resident_id == of.c.resident_id)
    return there_is(survey_receipts, *same)


def attendees_without_receipt(tx: Transaction, round_id: int, course_id: int) -> list[Row[*tuple[Any, ...]]]:
    """(id, resident_id, name) of applications of those who attended and have not answered."""
    theirs = (enrollments.c.course_id == course_id, IS_ATTENDEE)
    answered = there_is(
        survey_receipts,
        survey_receipts.c.round_id == round_id,
        survey_receipts.c.resident_id == enrollments.c.resident_id,
    )
    found = select(enrollments.c.id, enrollments.c.resident_id, residents.c.name)
    found = found.join(residents, residents.c.id == enrollments.c.resident_id)
    return list(tx.execute(found.where(*theirs, ~answered).order_by(enrollments.c.id)))


def attended_any(tx: Transaction, resident_id: int) -> bool:
    theirs = (enrollments.c.resident_id == resident_id, IS_ATTENDEE)
    return bool(tx.execute(select(there_is(enrollments, *theirs))).scalar())


def give_receipt(tx: Transaction, round_id: int, resident_id: int) -> None:
    tx.execute(survey_receipts.insert().values(round_id=round_id, resident_id=resident_id))


def open_to(tx: Transaction, resident_ids: Sequence[int], now: datetime) -> list[Round]:
    """Open rounds that these may answer and have not: everybody's, and those of courses that they attended."""
    mine = there_is(
        enrollments,
        enrollments.c.course_id == survey_rounds.c.course_id,
        enrollments.c.resident_id.in_(resident_ids),
        IS_ATTENDEE,
    )
    answered = there_is(
        survey_receipts,
        survey_receipts.c.round_id == survey_rounds.c.id,
        survey_receipts.c.resident_id.in_(resident_ids),
    )
    found = _ROUND.where(*_IS_OPEN, survey_rounds.c.course_id.is_(None) | mine, ~answered)
    return _all(tx, found.order_by(survey_rounds.c.closes_at, survey_rounds.c.id), now=now)


# --- how many have answered ---


def count(tx: Transaction, round_id: int, channel: str) -> int:
    return sum(row[-1] for row in turnout(tx, [round_id]) if row.channel == channel)


def turnout(tx: Transaction, round_ids: Sequence[int]) -> list[Row[*tuple[Any, ...]]]:
    """(round_id, day, channel, count) of all answers, by day."""
    these = survey_turnout.c.round_id.in_(round_ids)
    return list(tx.execute(select(survey_turnout).where(these).order_by(survey_turnout.c.day)))


def _one(tx: Transaction, query: Select[Any], **given: Any) -> Round | None:
    row = tx.execute(query, given).one_or_none()
    return Round(**row._mapping) if row else None


def _all(tx: Transaction, query: Select[Any], **given: Any) -> list[Round]:
    return [Round(**row._mapping) for row in tx.execute(query, given)]

"""Who may be one person in several chats: by the number and name that they told, and by a number that is proven theirs.

Anybody can tell another's name and number. So records are one person's only where the number of each is proven: by the
contact that Telegram vouches for, or by an officer who knows them. All others have nothing of each other.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update

from storage.database import Transaction, hold
from storage.keys import sealing
from storage.people.residents import Resident, tags
from storage.tables import UtcDateTime, appointments, enrollments, residents


@dataclass(frozen=True)
class Person:
    """A record of a resident, as far as it tells who they are."""

    id: int
    name: str | None
    birth_year: int | None
    mobile: str | None
    proven_mobile: str | None

    @property
    def is_proven(self) -> bool:
        return self.mobile is not None and self.mobile == self.proven_mobile

    @property
    def plain_name(self) -> str:
        return plain(self.name or "")


_PERSON = select(*(residents.c[name] for name in Person.__dataclass_fields__)).order_by(residents.c.id)
_COUNTS = residents.c.merged_into.is_(None)  # in place of one that was merged the other one does
_WITH_NUMBER = _PERSON.where(residents.c.mobile_tag.in_(bindparam("tags", expanding=True)), _COUNTS)
_IN_COURSE = _WITH_NUMBER.where(
    residents.c.id.in_(
        select(enrollments.c.resident_id).where(
            enrollments.c.course_id == bindparam("course_id"), enrollments.c.ended_at.is_(None)
        )
    )
)
_WITH_APPOINTMENT = _WITH_NUMBER.where(
    residents.c.id.in_(
        select(appointments.c.resident_id).where(
            appointments.c.starts_at > bindparam("now", type_=UtcDateTime), appointments.c.ended_at.is_(None)
        )
    )
)
_TOLD_TWICE = select(residents.c.mobile_tag).where(_COUNTS).group_by(residents.c.mobile_tag).having(func.count() > 1)


def plain(name: str) -> str:
    """A name without what may differ each time it is written: spaces, case, signs, widths and composition."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LMN")


def find(tx: Transaction, resident_id: int) -> Person | None:
    return next(iter(_all(tx, _PERSON.where(residents.c.id == resident_id))), None)


@dataclass(frozen=True)
class Standing:
    """Whether a record is one that counts."""

    merged_into: int | None
    erased_at: datetime | None


def standing(tx: Transaction, resident_id: int) -> Standing | None:
    """None where there is no such record."""
    query = select(residents.c.merged_into, residents.c.erased_at).where(residents.c.id == resident_id)
    row = tx.execute(query).one_or_none()
    return Standing(*row) if row else None


def counts(tx: Transaction, resident_id: int) -> bool:
    """Whether there is such a record, which was neither merged nor erased."""
    return standing(tx, resident_id) == Standing(None, None)


def with_ids(tx: Transaction, ids: Collection[int]) -> dict[int, Person]:
    return {each.id: each for each in _all(tx, _PERSON.where(residents.c.id.in_(ids)))} if ids else {}


def prove(tx: Transaction, resident_id: int, mobile: str | None) -> None:
    """This number is theirs, and what they tell is proven as long as it is the same. None takes the proof back."""
    tx.execute(update(residents).where(residents.c.id == resident_id).values(proven_mobile=mobile))


def lock_same(tx: Transaction, resident: Resident) -> list[int]:
    """Ids of the records that are proven to be this person's, theirs included; one chat of theirs at a time."""
    alike = _lock_alike(tx, resident)
    proven = [each.id for each in alike if each.is_proven]
    return proven if resident.id in proven else [resident.id]


def lock_alike(tx: Transaction, resident: Resident) -> list[int]:
    """Ids of the records that may be this person's, theirs included, as they told the same name and number."""
    return [each.id for each in _lock_alike(tx, resident)] or [resident.id]


def _lock_alike(tx: Transaction, resident: Resident) -> list[Person]:
    if resident.mobile is None:
        return []
    hold(tx, f"person {resident.mobile}")
    return [each for each in with_number(tx, resident.mobile) if each.plain_name == plain(resident.name or "")]


def with_number(tx: Transaction, mobile: str) -> list[Person]:
    return _all(tx, _WITH_NUMBER, tags=tags(tx, mobile))


def others_in_course(tx: Transaction, resident: Resident, course_id: int) -> list[Person]:
    """Others of this number with a live enrollment in a course."""
    return _but(resident, _all(tx, _IN_COURSE, tags=tags(tx, resident.mobile), course_id=course_id))


def others_with_appointment(tx: Transaction, resident: Resident, now: datetime) -> list[Person]:
    """Others of this number with an appointment to come."""
    return _but(resident, _all(tx, _WITH_APPOINTMENT, tags=tags(tx, resident.mobile), now=now))


def _but(resident: Resident, found: Sequence[Person]) -> list[Person]:
    return [each for each in found if each.id != resident.id]


def counting(tx: Transaction, resident: Resident, others: Sequence[Person]) -> list[Person]:
    """Whoever only tells a number takes nothing from its owner: to them only others count whose number it is."""
    me = find(tx, resident.id)
    owns = me is not None and me.is_proven
    return [each for each in others if each.is_proven or not owns]


def told_in_several_chats(tx: Transaction) -> list[Person]:
    """Records whose number others told as well, by number."""
    tag = residents.c.mobile_tag  # of one number there may be two while one key takes the place of another
    told_twice = tag.in_(_TOLD_TWICE) if sealing.of(tx).ring.is_settled else tag.is_not(None)
    found = _all(tx, _PERSON.where(told_twice, _COUNTS))
    told = Counter(each.mobile for each in found)
    return sorted((each for each in found if told[each.mobile] > 1), key=lambda each: (each.mobile or "", each.id))


def _all(tx: Transaction, query: Select[Any], **given: Any) -> list[Person]:
    return [Person(*row) for row in tx.execute(query, given)]

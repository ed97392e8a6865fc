"""Entering that somebody came or didn't: by an officer's tap, paper, sheet or device, or by a resident's own word.

Of two devices without a network the one that marked first counts, by its own clock; the other waits for an officer.
An officer's word stands above a resident's. All that was replaced is kept.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.attendance import entries
from storage.attendance.entries import Entry
from storage.database import Transaction
from storage.states import BY_RESIDENTS, Mark, Standing, Way

Outcome = Literal["counts", "same", "open", "known"]
"""It counts from now on; it said what counted already; it waits for an officer; it was sent before."""


@dataclass(frozen=True)
class Said:
    """What is said of somebody and a class."""

    session_id: int
    enrollment_id: int
    mark: Mark
    way: Way
    marked_at: datetime
    entered_by: str = ""
    reason: str = ""
    key: str | None = None
    is_doubtful: bool = False  # it was said beforehand, or too late: an officer decides


def enter(tx: Transaction, said: Said, now: datetime) -> Outcome:
    entries.lock(tx, said.enrollment_id)
    if said.key and entries.with_key(tx, said.key):
        return "known"
    cell = entries.of_cell(tx, said.session_id, said.enrollment_id)
    counting = next((each for each in cell if each.standing == "counts"), None)
    standing = _standing(said, counting)
    if standing == "counts" and counting:
        if counting.mark == said.mark and not said.reason:
            _keep_key(tx, said, now)
            return "same"
        entries.put(tx, [counting.id], _of_replaced(said))
    over = (each.id for each in cell if each.standing == "open" and _settles(said, standing, each))
    entries.put(tx, list(over), "dismissed")
    _add(tx, said, standing, now)
    return "open" if standing == "open" else "counts"


def _standing(said: Said, counting: Entry | None) -> Standing:
    if said.is_doubtful:
        return "open"
    if counting is None or counting.mark == said.mark:
        return "counts"
    if said.way in BY_RESIDENTS:
        return "counts" if counting.way in BY_RESIDENTS else "open"
    if said.way == "device" and counting.way not in BY_RESIDENTS:
        return "counts" if said.marked_at < counting.marked_at and counting.way == "device" else "open"
    return "counts"


def _settles(said: Said, standing: Standing, waiting: Entry) -> bool:
    """Whether what waits needn't be looked at any more: said again, or decided by an officer who saw it."""
    if said.way in BY_RESIDENTS:
        return waiting.way == said.way or (standing == "counts" and waiting.way in BY_RESIDENTS)
    return standing == "counts" and (said.way != "device" or waiting.way == "ahead")


def _of_replaced(said: Said) -> Standing:
    """Of two devices both are kept in sight; what an officer corrects is over."""
    return "open" if said.way == "device" else "replaced"


def _keep_key(tx: Transaction, said: Said, now: datetime) -> None:
    if said.key:
        _add(tx, said, "replaced", now)


def _add(tx: Transaction, said: Said, standing: Standing, now: datetime) -> None:
    entries.add(
        tx,
        session_id=said.session_id,
        enrollment_id=said.enrollment_id,
        mark=said.mark,
        standing=standing,
        way=said.way,
        marked_at=said.marked_at,
        recorded_at=now,
        entered_by=said.entered_by,
        reason=said.reason,
        key=said.key,
    )

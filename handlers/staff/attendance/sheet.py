"""The roll as it is printed: who attends, and apart from them who waits or was offered a seat."""

from dataclasses import dataclass

from handlers.language.names import mask_name
from handlers.staff.attendance import grid
from handlers.staff.attendance.grid import Grid, Meeting
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import STATES
from storage.database import Transaction
from storage.seating import enrollments
from storage.states import EnrollmentState

APART: tuple[EnrollmentState, ...] = ("offered", "waiting")


@dataclass(frozen=True)
class Sheet:
    """Of one class, or of all; `apart` are names with what they wait for, in the order of the line."""

    grid: Grid
    meeting: Meeting | None
    apart: tuple[tuple[str, str], ...]


def show(tx: Transaction, desk: Desk, code: str, number: int | None = None, is_masked: bool = False) -> Sheet:
    """Names of those who wait are masked for whoever needs no more."""
    found = grid.show(tx, desk, code)
    if number is not None:
        grid.session_of(tx, found.course, number)
    waiting = [each for each in enrollments.of_course(tx, found.course.id) if each.state in APART and not each.ended_at]
    waiting.sort(key=lambda each: (APART.index(each.state), each.turn))
    names = grid.called_so(tx, desk, waiting)
    apart = [(mask_name(names[each.id]) if is_masked else names[each.id], STATES[each.state]) for each in waiting]
    return Sheet(found, found.meeting(number) if number is not None else None, tuple(apart))

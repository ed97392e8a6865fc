"""The screen of a class: its code, and how many have said that they are there. It tells nobody's name."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.attendance import codes
from handlers.attendance.codes import Code
from handlers.attendance.windows import Window, window
from handlers.dialogue.organization import Organization
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from storage.attendance import entries
from storage.database import Transaction
from storage.keys import sealing
from storage.keys.sealing import Seal
from storage.officers import sessions as signed_in
from storage.seating import enrollments
from storage.states import ATTENDED, ATTENDING
from storage.teaching import courses, sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session

_KEPT = re.compile(r"([1-9]\d{0,14})\.([1-9]\d{0,14})\.([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True)
class Shown:
    """`code` is None where none is taken: `is_over` then tells whether it was before the class or is after it."""

    course: Course
    meeting: Session
    times: Window
    came: int
    seats: int
    code: Code | None
    address: str  # which the QR code holds
    digits: str
    is_over: bool


@dataclass(frozen=True)
class ToShow:
    """A course and its classes that aren't over, the first of which is meant where none is named."""

    course: Course
    coming: Sequence[Session]
    meant: Session | None


def to_show(tx: Transaction, desk: Desk, code: str, number: int | None) -> ToShow:
    course = lookup.course(tx, code)
    coming = [each for each in sessions.of_courses(tx, [course.id]) if each.ends_at > desk.now]
    meant = next((each for each in coming if number in (None, each.number)), None)
    return ToShow(course, coming, meant)


def begin(tx: Transaction, desk: Desk, code: str, number: int, signed_in_as: int) -> tuple[str, datetime]:
    """What the browser of the screen keeps, and until when. It opens this class's screen and nothing else."""
    meant = to_show(tx, desk, code, number).meant
    kept_by = signed_in.digest_of(tx, signed_in_as)
    if meant is None or kept_by is None:
        raise Declined("화면에 띄울 수업이 없습니다. 끝나지 않은 수업을 골라 주세요.")
    signature = _signature(sealing.of(tx), meant.id, signed_in_as, kept_by)
    return f"{meant.id}.{signed_in_as}.{signature}", meant.ends_at


def shown(tx: Transaction, organization: Organization, kept: str, now: datetime) -> Shown | None:
    """None where it wasn't begun by an officer, or that officer has signed out since."""
    found = _KEPT.fullmatch(kept)
    kept_by = signed_in.digest_of(tx, int(found[2])) if found else None
    if found is None or kept_by is None:
        return None
    meeting_id, seal = int(found[1]), sealing.of(tx)
    if not hmac.compare_digest(found[3], _signature(seal, meeting_id, int(found[2]), kept_by)):
        return None
    meeting = sessions.find(tx, meeting_id)
    return _shown(tx, organization, meeting, now) if meeting else None


def _shown(tx: Transaction, organization: Organization, meeting: Session, now: datetime) -> Shown:
    course, seal = courses.get(tx, meeting.course_id), sealing.of(tx)
    times = window(organization.attendance.of_course(course), meeting)
    code = codes.at(meeting.id, now) if times.is_open(now) and course.state != "cancelled" else None
    address = f"{organization.public_url}/a/{codes.written(seal, code)}" if code else ""
    seats = sum(each.state in ATTENDED and not each.is_unchecked for each in enrollments.of_course(tx, course.id))
    came = entries.count(tx, meeting.id, ATTENDING)
    digits = codes.typed(seal, code) if code else ""
    return Shown(course, meeting, times, came, seats, code, address, digits, is_over=now > times.closes_at)


def _signature(seal: Seal, meeting_id: int, signed_in_as: int, kept_by: str) -> str:
    return seal.digest("attendance screen", str(meeting_id), str(signed_in_as), kept_by)

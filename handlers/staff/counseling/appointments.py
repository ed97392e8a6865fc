"""Appointments as officers see them: who comes when, how many came, and moving or cancelling one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from handlers.calendar.hours import DAY, local
from handlers.counseling import slots
from handlers.dialogue import texts
from handlers.staff.desk import acts, lookup, times
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.persons.who import WHO, who
from storage.audit import scopes
from storage.audit.journal import APPOINTMENT, Subject
from storage.audit.scopes import Scope
from storage.counseling import appointments, counselors
from storage.counseling.appointments import COMING, Appointment, Listed
from storage.counseling.counselors import Timetable
from storage.database import Transaction
from storage.states import AppointmentFlag, AppointmentState

WEEK = timedelta(days=7)
COLUMNS = ("번호", "시간", "상담사", *WHO, "내용", "방법", "상태")
STATES: Mapping[AppointmentState, str] = {
    "booked": "예약",
    "moved": "옮김",
    "cancelled": "취소",
    "attended": "참석",
    "no_show": "오지 않음",
}
OUTCOMES: Mapping[AppointmentFlag, str] = {"registered": "구직등록", "placed": "취업"}
UNKNOWN = "이런 번호의 상담이 없습니다"


def show(tx: Transaction, desk: Desk, first: date | None = None, last: date | None = None) -> Told:
    """The appointments of these days, both included, or of this week; then the counts of each year."""
    first = first or (last or desk.today) - (last or desk.today).weekday() * DAY
    last = last or first + WEEK - DAY
    if last < first:
        turned = Step("두 날을 바꾸어 보려면", "counseling", {"from": last, "to": first})
        raise Declined(f"끝나는 날({last})이 시작하는 날({first})보다 빠릅니다.", turned)
    since, until = (local(day, time(0), desk.organization.timezone) for day in (first, last + DAY))
    found = appointments.between(tx, since, until)
    title = f"{first} ~ {last}: 상담 {sum(each.state != 'cancelled' for each in found)}건"
    rows = tuple(row(desk, each) for each in found)
    return Told(title, tables=(Table(rows, COLUMNS),) if rows else (), notes=totals(tx, desk).facts)


def appointment_line(desk: Desk, appointment: Listed) -> str:
    return "  ".join(row(desk, appointment))


def row(desk: Desk, appointment: Listed) -> tuple[str, ...]:
    about = [
        texts.say("ko", f"appointment_topic.{appointment.topic}"),
        texts.say("ko", f"appointment_way.{appointment.way}"),
    ]
    came = [STATES[appointment.state], *(word for name, word in OUTCOMES.items() if getattr(appointment, name))]
    told = [appointment.counselor, *who(desk, appointment.resident_id, appointment)]
    return str(appointment.id), desk.moment(appointment.starts_at), *told, *about, "·".join(came)


def totals(tx: Transaction, desk: Desk, year: int | None = None) -> Told:
    """For the yearly report: of every year, or of one."""
    counts: dict[int, Counter[str]] = {} if year is None else {year: Counter()}
    for row in appointments.outcomes(tx):
        of = counts.setdefault(row.starts_at.astimezone(desk.organization.timezone).year, Counter())
        open_still = "open" if row.state in COMING and row.starts_at <= desk.now else ""
        of.update(["appointments", row.state, open_still, *(name for name in OUTCOMES if getattr(row, name))])
    return Told(facts=tuple(_total(each, counts[each]) for each in sorted(counts) if year in (None, each)))


def _total(year: int, of: Counter[str]) -> str:
    flags = ", ".join(f"{word} {of[name]}건" for name, word in OUTCOMES.items())
    open_still = f" 지났는데 아직 적지 않은 상담이 {of['open']}건 있습니다." if of["open"] else ""
    return f"{year}년: 상담 {of['appointments']}건(취소 제외), 참석 {of['attended']}건, {flags}.{open_still}"


# --- changing them ---


def cancel(tx: Transaction, desk: Desk, number: int, reason: str) -> Told:
    """Cancel an appointment; who booked it is told why by itself."""
    example = Step("예", "counseling", {"cancel": number, "reason": "상담사 사정"})
    why = lookup.reason(reason, "상담을 취소하는", example)
    appointment = _coming(tx, desk, number)
    if not appointments.cancel(tx, number, desk.now, note=why, by_staff=True):
        raise Declined(f"상담 {number}: 방금 바뀐 상담입니다. 다시 확인해 주세요.")
    title = (
        f"상담 {number}({desk.moment(appointment.starts_at)}): {desk.done('취소했습니다', '취소합니다')}. 까닭: {why}"
    )
    return with_reach(tx, desk, Told(title), [appointment.resident_id], "appointment_cancelled")


def move(tx: Transaction, desk: Desk, number: int, when: str) -> Told:
    """To another time with the same counselor, even outside their hours; who booked it is told."""
    appointment = _coming(tx, desk, number)
    starts_at = times.read_when(desk, appointment.starts_at, when)
    counselors.lock(tx, appointment.counselor_id)
    _check_is_free(tx, desk, appointment, starts_at)
    if not appointments.move(tx, number, appointment.counselor_id, starts_at, desk.now, by_staff=True):
        raise Declined(f"상담 {number}: 방금 바뀐 상담입니다. 다시 확인해 주세요.")
    moments = f"{desk.moment(appointment.starts_at)} → {desk.moment(starts_at)}"
    title = f"상담 {number}: 시간을 {desk.done('옮겼습니다', '옮깁니다')}. {moments}"
    timetable = counselors.timetables(tx).get(appointment.counselor_id, Timetable())
    is_usual = slots.is_within(desk.organization, timetable, starts_at)
    outside = () if is_usual else ("상담 시간 밖입니다. 맞는지 확인해 주세요.",)
    return with_reach(tx, desk, Told(title, notes=outside), [appointment.resident_id], "appointment_moved")


def _coming(tx: Transaction, desk: Desk, number: int) -> Appointment:
    appointment = appointments.find(tx, number)
    if appointment is None:
        raise Declined(f"상담 {number}: {UNKNOWN}.")
    if not appointment.is_coming(desk.now):
        shown = f"{desk.moment(appointment.starts_at)}, {STATES[appointment.state]}"
        raise Declined(f"상담 {number}({shown}): 이미 지났거나 끝난 상담입니다.")
    return appointment


def _check_is_free(tx: Transaction, desk: Desk, appointment: Appointment, starts_at: datetime) -> None:
    shown = f"옮길 때 ‘{desk.moment(starts_at)}’"
    if starts_at == appointment.starts_at:
        raise Declined(f"{shown}: 이미 그때입니다.")
    if starts_at <= desk.now:
        raise Declined(f"{shown}: 이미 지난 때입니다. 날짜와 시각을 확인해 주세요.")
    taken = appointments.taken(tx, starts_at - slots.LENGTH, starts_at + slots.LENGTH)
    others = [each for each in taken if each != (appointment.counselor_id, appointment.starts_at)]
    if slots.is_busy(others, appointment.counselor_id, starts_at):
        raise Declined(f"{shown}: 그때는 같은 상담사에게 다른 예약이 있습니다. 다른 때를 골라 주세요.")


# --- as acts ---


def _of_one(tx: Transaction, _: Desk, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return of_many(tx, _, number=[number])


def of_many(_tx: Transaction, _: Desk, **numbers: Sequence[int]) -> tuple[Scope, Sequence[Subject]]:
    ids = [number for each in numbers.values() for number in each]
    return scopes.of_appointments(ids), [(APPOINTMENT, number) for number in ids]


CANCEL = acts.add(Act("cancel-appointment", "상담 취소", cancel, _of_one, ("appointment_cancelled",)))
MOVE = acts.add(Act("move-appointment", "상담 옮기기", move, _of_one, ("appointment_moved",)))

"""Importing counselors and their hours: all of a file or nothing, and no booked appointment is cancelled by it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from handlers.counseling import slots
from handlers.dialogue.organization import Organization
from handlers.language.days import dates
from handlers.staff.counseling import template, told
from handlers.staff.counseling.appointments import appointment_line
from handlers.staff.counseling.columns import COUNSELORS, EXAMPLE, EXCEPTIONS, HOURS, OFF, USUAL
from handlers.staff.counseling.wanted import Spans, Wanted
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import NOTHING_SAID, Imported, Importer, Meant
from handlers.staff.desk.told import Listing, Step
from handlers.staff.files.columns import Problem
from handlers.staff.files.headers import plain
from handlers.staff.files.rows import COUNSELING, COUNSELING_DAY, COUNSELING_HOURS, COUNSELOR, Row
from storage.counseling import appointments, counselors
from storage.counseling.counselors import Counselor, Span, Timetable
from storage.database import Transaction, hold

CODE_HEADER = "상담사번호"
EARLIEST, LATEST, FAR = time(8), time(21), timedelta(days=366)


def import_counseling(
    tx: Transaction, desk: Desk, rows: Sequence[Row], only_check: bool = False, meant: Meant = NOTHING_SAID
) -> Imported:
    """Add and change counselors and their hours; what is booked stays, and is told where it doesn't fit any more."""
    if not only_check:
        hold(tx, "counseling")
    known = {each.code: each for each in counselors.all_of_them(tx)}
    wanted, problems = _read(rows, desk.organization, known)
    before = counselors.timetables(tx)
    asked = () if meant.as_written else tuple(_odd(rows, desk, {day for each in before.values() for day in each.days}))
    if problems or asked:
        return Imported(problems=tuple(problems), questions=asked)
    if not only_check:
        _lock(tx, wanted)
        before = counselors.timetables(tx)
    new = [each for each in wanted if not each.counselor.id]
    changed = [each for each in wanted if each.counselor.id and not _is_as(each, known, before)]
    if not only_check:
        for each in (*new, *changed):
            _save(tx, each)
    same = len(wanted) - len(new) - len(changed)
    tables = tuple(told.tables(new, changed, known, before))
    imported = Imported("상담사", "명", len(new), len(changed), same, tables=tables, facts=_left_out(rows))
    return _with_stranded(imported, desk, list(_stranded(tx, desk, wanted, before)))


def is_example(row: Row) -> bool:
    """Whether it is one of the template's rows, whose number nobody has made a real one."""
    codes = (value for name, value in row.cells.items() if plain(name) == CODE_HEADER)
    return any(isinstance(code, str) and code.strip().startswith(EXAMPLE) for code in codes)


def _left_out(rows: Sequence[Row]) -> tuple[str, ...]:
    count = sum(map(is_example, rows))
    told = f"상담사번호가 ‘{EXAMPLE}’로 시작하는 {count}줄은 등록하지 않습니다. 쓰려면 번호를 바꾸어 주세요."
    return (told,) if count else ()


IMPORTER = Importer(COUNSELING, import_counseling, template.pages)


def _lock(tx: Transaction, wanted: Sequence[Wanted]) -> None:
    """Nobody books these counselors meanwhile; in the order of ids, so that two imports can't wait for each other."""
    for counselor_id in sorted(each.counselor.id for each in wanted if each.counselor.id):
        counselors.lock(tx, counselor_id)


def _with_stranded(imported: Imported, desk: Desk, stranded: Sequence[tuple[datetime, str]]) -> Imported:
    if not stranded:
        return imported
    title = f"새 상담 시간에 맞지 않는 예약이 {len(stranded)}건 있습니다. 예약은 그대로 두었습니다."
    days = [starts_at.astimezone(desk.organization.timezone).date() for starts_at, _ in stranded]
    step = Step("보고 옮기거나 취소하려면", "counseling", {"from": min(days), "to": max(days)})
    left = Listing(tuple(line for _, line in stranded), title)
    return replace(imported, tables=(*imported.tables, left), steps=(step,))


def _is_as(wanted: Wanted, known: Mapping[str, Counselor], before: Mapping[int, Timetable]) -> bool:
    timetable = before.get(wanted.counselor.id, Timetable())
    is_same = wanted.after(timetable) == Wanted(wanted.counselor).after(timetable)
    return is_same and known[wanted.counselor.code] == wanted.counselor


def _save(tx: Transaction, wanted: Wanted) -> None:
    counselor_id = counselors.save(tx, wanted.counselor)
    if wanted.weekly is not None:
        counselors.set_week(tx, counselor_id, wanted.weekly)
    for day, spans in wanted.days.items():
        counselors.set_day(tx, counselor_id, day, spans)


def _stranded(
    tx: Transaction, desk: Desk, wanted: Sequence[Wanted], before: Mapping[int, Timetable]
) -> Iterator[tuple[datetime, str]]:
    """When they begin and what they are, of appointments that nobody could book like that any more."""
    found = {each.counselor.id: each for each in wanted}
    for appointment in appointments.still_coming(tx, desk.now):
        each = found.get(appointment.counselor_id)
        if each is None:
            continue
        timetable = each.after(before.get(appointment.counselor_id, Timetable()))
        if not (
            slots.is_within(desk.organization, timetable, appointment.starts_at)
            and each.counselor.takes(appointment.way)
        ):
            yield appointment.starts_at, appointment_line(desk, appointment)


# --- by the file alone ---


def _odd(rows: Sequence[Row], desk: Desk, known: Collection[date]) -> Iterator[Problem]:
    """What can be read but is hardly meant; of the days that are `known` it was asked then."""
    for row in rows:
        columns = {COUNSELING_HOURS: HOURS, COUNSELING_DAY: EXCEPTIONS}.get(row.kind)
        values, _ = columns.read(row) if columns else (None, [])
        if columns is None or values is None:
            continue
        start, end = values["start_time"], values["end_time"]
        if start and start < EARLIEST:
            yield columns.wrong(
                row, "start_time", f"{dates.clock(start, 'ko')}부터 상담합니다. 시각이 맞는지 확인해 주세요."
            )
        if end and end > LATEST:
            yield columns.wrong(
                row, "end_time", f"{dates.clock(end, 'ko')}까지 상담합니다. 시각이 맞는지 확인해 주세요."
            )
        far = [day for day in values.get("days", ()) if not abs(day - desk.today) < FAR]
        if far:
            why = f"{dates.day(far[0], 'ko', today=desk.today)}은 오늘에서 1년이 넘습니다. 연도가 맞는지 확인해 주세요."
            yield columns.wrong(row, "days", why)
        elif over := [day for day in values.get("days", ()) if day < desk.today and day not in known]:
            why = f"{dates.day(over[0], 'ko', today=desk.today)}은 이미 지난 날입니다. 연도가 맞는지 확인해 주세요."
            yield columns.wrong(row, "days", why)


def _read(
    rows: Sequence[Row], organization: Organization, known: Mapping[str, Counselor]
) -> tuple[list[Wanted], list[Problem]]:
    kinds = {COUNSELOR: COUNSELORS, COUNSELING_HOURS: HOURS, COUNSELING_DAY: EXCEPTIONS}
    problems = [
        problem
        for kind, columns in kinds.items()
        for problem in columns.header_problems([row for row in rows if row.kind == kind])
    ]
    found: dict[str, Wanted] = {}
    meant = [row for row in rows if not is_example(row)]
    says_hours = any(row.kind == COUNSELING_HOURS for row in meant)
    for kind, take in ((COUNSELOR, _take_counselor), (COUNSELING_HOURS, _take_hours), (COUNSELING_DAY, _take_day)):
        for row in (row for row in meant if row.kind == kind):
            values, wrong = kinds[kind].read(row)
            problems += wrong
            if values is not None:
                problems += take(row, values, _Beside(found, known, organization, says_hours))
    return list(found.values()), problems


@dataclass(frozen=True)
class _Beside:
    """What a row is read beside: earlier rows, and what is known. A file with hours tells them of all it names."""

    found: dict[str, Wanted]
    known: Mapping[str, Counselor]
    organization: Organization
    says_hours: bool

    def of(self, code: str) -> Wanted | None:
        if code not in self.found and code in self.known:
            self.found[code] = Wanted(self.known[code])
        return self.found.get(code)


def _take_counselor(row: Row, values: dict[str, str], beside: _Beside) -> list[Problem]:
    code = values["code"]
    if code in beside.found:
        return [COUNSELORS.wrong(row, "code", "같은 번호의 상담사가 있습니다. 상담사마다 다른 번호를 적어 주세요.")]
    known = beside.known.get(code)
    said: dict[str, Any] = {field: value for field, value in values.items() if COUNSELORS.has(row, field)}
    counselor = replace(known, **said) if known else Counselor(0, **values)
    if not counselor.place and not counselor.phone:
        return [COUNSELORS.wrong(row, "place", "‘장소’나 ‘전화’ 가운데 하나는 있어야 합니다.")]
    beside.found[code] = Wanted(counselor, {} if beside.says_hours else None)
    return []


def _take_hours(row: Row, values: dict[str, Any], beside: _Beside) -> list[Problem]:
    wanted = beside.of(values["counselor"])
    if wanted is None:
        return [HOURS.wrong(row, "counselor", _UNKNOWN)]
    span = _span(values)
    wanted.weekly = {} if wanted.weekly is None else wanted.weekly
    for weekday in values["weekdays"]:
        spans = wanted.weekly.get(weekday, ())
        if _clashes(span, spans):
            return [HOURS.wrong(row, "start_time", "같은 요일의 다른 시간과 겹칩니다.")]
        wanted.weekly[weekday] = tuple(sorted((*spans, span)))
    return []


def _take_day(row: Row, values: dict[str, Any], beside: _Beside) -> list[Problem]:
    wanted = beside.of(values["counselor"])
    if wanted is None:
        return [EXCEPTIONS.wrong(row, "counselor", _UNKNOWN)]
    for day in values["days"]:
        if why := _wrong_day(day, values, wanted, beside.organization):
            return [EXCEPTIONS.wrong(row, *why)]
        spans = wanted.days.get(day) or ()
        others = {OFF: (), USUAL: None}
        wanted.days[day] = others[values["kind"]] if values["kind"] in others else _with(spans, values)
    return []


def _wrong_day(
    day: date, values: dict[str, object], wanted: Wanted, organization: Organization
) -> tuple[str, str] | None:
    """The field that is wrong, and why."""
    has_hours = values["kind"] not in (OFF, USUAL)
    if has_hours and (why := slots.closed_for(organization, day)):
        return "days", f"{day}: 쉬는 날({why})이라 상담이 없습니다. 다른 날을 적어 주세요."
    if day in wanted.days and not (has_hours and wanted.days[day]):
        return "days", f"{day}: 두 번 적으셨습니다. 한 줄만 남겨 주세요."
    if has_hours and _clashes(_span(values), wanted.days.get(day) or ()):
        return "start_time", "같은 날의 다른 시간과 겹칩니다."
    return None


_UNKNOWN = "이 번호의 상담사가 없습니다. 상담사 시트에 먼저 적어 주세요."


def _span(values: Mapping[str, object]) -> Span:
    return values["start_time"], values["end_time"]  # type: ignore[return-value]


def _with(spans: Spans, values: Mapping[str, object]) -> Spans:
    return tuple(sorted((*spans, _span(values))))


def _clashes(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)

"""Importing counselors and their hours: all of a file or nothing, and no booked talk is cancelled by it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from handlers.counseling import slots
from handlers.dialogue.organization import House
from handlers.staff.counseling.appointments import talk_line
from handlers.staff.counseling.columns import COUNSELORS, EXCEPTIONS, HOURS, OFF, USUAL, read
from handlers.staff.desk.desk import Desk
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import COUNSELING_DAY, COUNSELING_HOURS, COUNSELOR, Row
from storage import counselors, talks
from storage.counselors import Counselor, Span, Timetable
from storage.database import Transaction, hold

Spans = tuple[Span, ...]


@dataclass
class Wanted:
    """What a file says of one counselor; `weekly` is None where it says nothing of her weeks.

    Of `days` None is a day as usual, and one without spans a day off.
    """

    counselor: Counselor
    weekly: dict[int, Spans] | None = None
    days: dict[date, Spans | None] = field(default_factory=dict)

    def after(self, before: Timetable) -> Timetable:
        weekly = before.weekly if self.weekly is None else self.weekly
        days = {day: tuple(spans) for day, spans in before.days.items()}
        kept = {**days, **self.days}
        usual = {weekday: tuple(spans) for weekday, spans in weekly.items()}
        return Timetable(usual, {day: spans for day, spans in kept.items() if spans is not None})


@dataclass(frozen=True)
class Report:
    """What an import did, or would do. With problems nothing was done. `stranded` tells of talks outside the hours."""

    problems: tuple[Problem, ...] = ()
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    stranded: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """For an officer, in Korean."""
        if self.problems:
            told = f"고칠 곳이 {len(self.problems)}군데 있어 아무것도 등록하지 않았습니다."
            return [told, *(f"- {problem}" for problem in self.problems)]
        counts = f"상담사: 새로 {len(self.new)}명, 바뀜 {len(self.changed)}명, 그대로 {len(self.same)}명입니다."
        return [counts, *self._stranded_lines()]

    def _stranded_lines(self) -> list[str]:
        if not self.stranded:
            return []
        told = f"새 상담 시간에 맞지 않는 예약이 {len(self.stranded)}건 있습니다. 예약은 그대로 두었습니다."
        ways = "옮기려면 python -m bot counseling --move 번호 날짜 시각, 취소하려면 --cancel 번호 --reason 까닭"
        return [told, *(f"- {line}" for line in self.stranded), ways]


def import_counseling(
    tx: Transaction, rows: Sequence[Row], house: House, now: datetime, *, only_check: bool = False
) -> Report:
    hold(tx, "counseling")
    known = {each.code: each for each in counselors.all_of_them(tx)}
    wanted, problems = _read(rows, house, known)
    if problems:
        return Report(tuple(problems))
    for counselor_id in sorted(each.counselor.id for each in wanted if each.counselor.id):
        counselors.lock(tx, counselor_id)
    before = counselors.timetables(tx)
    new = [each for each in wanted if not each.counselor.id]
    changed = [each for each in wanted if each.counselor.id and not _is_as(each, known, before)]
    if not only_check:
        for each in (*new, *changed):
            _save(tx, each)
    same = [each for each in wanted if each not in (*new, *changed)]
    new_ones, changed_ones, same_ones = (_codes(group) for group in (new, changed, same))
    return Report((), new_ones, changed_ones, same_ones, tuple(_stranded(tx, house, now, wanted, before)))


def _codes(group: Sequence[Wanted]) -> tuple[str, ...]:
    return tuple(each.counselor.code for each in group)


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
    tx: Transaction, house: House, now: datetime, wanted: Sequence[Wanted], before: Mapping[int, Timetable]
) -> Iterator[str]:
    """Talks of these counselors that nobody could book like that any more."""
    found = {each.counselor.id: each for each in wanted}
    for talk in talks.still_coming(tx, now):
        each = found.get(talk.counselor_id)
        if each is None:
            continue
        timetable = each.after(before.get(talk.counselor_id, Timetable()))
        if not (slots.is_within(house, timetable, talk.starts_at) and each.counselor.takes(talk.way)):
            yield talk_line(Desk(house, (), now), talk)


# --- by the file alone ---


def _read(rows: Sequence[Row], house: House, known: Mapping[str, Counselor]) -> tuple[list[Wanted], list[Problem]]:
    kinds = {COUNSELOR: COUNSELORS, COUNSELING_HOURS: HOURS, COUNSELING_DAY: EXCEPTIONS}
    problems = [
        problem
        for kind, columns in kinds.items()
        for problem in columns.header_problems([row for row in rows if row.kind == kind])
    ]
    found: dict[str, Wanted] = {}
    says_hours = any(row.kind == COUNSELING_HOURS for row in rows)
    for kind, take in ((COUNSELOR, _take_counselor), (COUNSELING_HOURS, _take_hours), (COUNSELING_DAY, _take_day)):
        for row in (row for row in rows if row.kind == kind):
            values, wrong = read(kinds[kind], row)
            problems += wrong
            if values is not None:
                problems += take(row, values, _Beside(found, known, house, says_hours))
    return list(found.values()), problems


@dataclass(frozen=True)
class _Beside:
    """What a row is read beside: earlier rows, and what is known. A file with hours tells them of all it names."""

    found: dict[str, Wanted]
    known: Mapping[str, Counselor]
    house: House
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
    counselor = Counselor(known.id if known else 0, **values)
    beside.found[code] = Wanted(counselor, {} if beside.says_hours else None)
    return []


def _take_hours(row: Row, values: dict[str, object], beside: _Beside) -> list[Problem]:
    wanted = beside.of(str(values["counselor"]))
    if wanted is None:
        return [HOURS.wrong(row, "counselor", _UNKNOWN)]
    span = _span(values)
    wanted.weekly = {} if wanted.weekly is None else wanted.weekly
    for weekday in map(int, str(values["weekdays"]).split(",")):
        spans = wanted.weekly.get(weekday, ())
        if _clashes(span, spans):
            return [HOURS.wrong(row, "start_time", "같은 요일의 다른 시간과 겹칩니다.")]
        wanted.weekly[weekday] = tuple(sorted((*spans, span)))
    return []


def _take_day(row: Row, values: dict[str, object], beside: _Beside) -> list[Problem]:
    wanted = beside.of(str(values["counselor"]))
    if wanted is None:
        return [EXCEPTIONS.wrong(row, "counselor", _UNKNOWN)]
    for day in map(date.fromisoformat, str(values["days"]).split(",")):
        if why := _wrong_day(day, values, wanted, beside.house):
            return [EXCEPTIONS.wrong(row, *why)]
        spans = wanted.days.get(day) or ()
        others = {OFF: (), USUAL: None}
        wanted.days[day] = others[str(values["kind"])] if values["kind"] in others else _with(spans, values)
    return []


def _wrong_day(day: date, values: dict[str, object], wanted: Wanted, house: House) -> tuple[str, str] | None:
    """The field that is wrong, and why."""
    has_hours = values["kind"] not in (OFF, USUAL)
    if has_hours and (why := slots.closed_for(house, day)):
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

"""What a file says of counselors: a line for each new one, and old and new values of those that change."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from handlers.language.days import dates
from handlers.staff.counseling.columns import COUNSELORS
from handlers.staff.counseling.wanted import Spans, Wanted
from handlers.staff.desk.differences import EMPTY, Changed, Rows, table
from handlers.staff.desk.told import Listing, Table
from storage.counseling.counselors import Counselor, Timetable


def tables(
    new: Sequence[Wanted], changed: Sequence[Wanted], known: Mapping[str, Counselor], before: Mapping[int, Timetable]
) -> Iterator[Listing | Table]:
    if new:
        yield Listing(tuple(map(_line, new)), "새로 등록하는 상담사입니다.")
    rows = ((each, _rows(each, known, before)) for each in changed)
    yield from table(
        (Changed(f"{each.counselor.code} {each.counselor.name}", its) for each, its in rows), "바뀌는 상담사입니다."
    )


def _line(wanted: Wanted) -> str:
    one, timetable = wanted.counselor, wanted.after(Timetable())
    ways = [f"방문 {one.place}" if one.place else "", f"전화 {one.phone}" if one.phone else ""]
    return f"{one.code} {one.name}: {', '.join(filter(None, [*ways, _week(timetable)]))}"


def _rows(wanted: Wanted, known: Mapping[str, Counselor], before: Mapping[int, Timetable]) -> Rows:
    old, new = known[wanted.counselor.code], wanted.counselor
    was = before.get(new.id, Timetable())
    pairs = [(column.header, getattr(old, column.field), getattr(new, column.field)) for column in COUNSELORS.all]
    pairs.append(("상담시간", _week(was), _week(wanted.after(was))))
    pairs += [(dates.day(day, "ko"), _on(was, day), _on(wanted.after(was), day)) for day in sorted(wanted.days)]
    return tuple((name, f"{_quoted(left)} → {_quoted(right)}") for name, left, right in pairs if left != right)


def _quoted(text: str) -> str:
    return text or EMPTY


def _week(timetable: Timetable) -> str:
    days = [f"{dates.weekdays([day], 'ko')} {_spans(tuple(timetable.weekly[day]))}" for day in sorted(timetable.weekly)]
    return ", ".join(days) or "상담시간 없음"


def _on(timetable: Timetable, day: date) -> str:
    return _spans(tuple(timetable.on(day))) or "쉼"


def _spans(spans: Spans) -> str:
    return "·".join(f"{start:%H:%M}~{end:%H:%M}" for start, end in spans)

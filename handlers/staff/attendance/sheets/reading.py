"""Reading attendance sheets: which mark is said of whom and which class, and what is wrong, with its row and column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from handlers.language.days import dates
from handlers.staff.attendance.sheets import layout
from handlers.staff.attendance.sheets.layout import NAME, NUMBER, Headed, text_of
from handlers.staff.attendance.sheets.signs import EXPECTED, mark_of
from handlers.staff.desk.lookup import MARKS
from handlers.staff.files.cells import column_letters
from handlers.staff.files.columns import Problem, shown
from handlers.staff.files.headers import is_skipped
from handlers.staff.files.reading.grids import Grid, Line, written
from handlers.staff.files.reading.lines import has_total
from handlers.staff.files.rows import Broken, Value, is_blank
from storage.states import Mark
from storage.teaching.sessions import Session


@dataclass(frozen=True)
class Cell:
    """A mark as the sheet says it."""

    place: str
    enrollment_id: int
    meeting: Session
    mark: Mark


@dataclass(frozen=True)
class Course:
    """What a sheet is read against: names by application, and the classes by their number."""

    names: Mapping[int, str]
    meetings: Mapping[int, Session]
    timezone: ZoneInfo


@dataclass
class Reading:
    cells: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: dict[int, str] = field(default_factory=dict)  # by application, where it stands in the sheet that is read
    has_classes: bool = False


def read(files: Sequence[tuple[str, Mapping[str, Grid]]], course: Course) -> Reading:
    found = Reading()
    for name, grids in files:
        headed = [(title, grid) for title, grid in grids.items() if any(map(layout.is_header, grid.lines))]
        if not headed:
            found.problems.append(Problem(name, None, f"‘{NUMBER}’ 열이 있는 줄이 없습니다. 양식을 받아 적어 주세요."))
        for title, grid in headed:
            _read_sheet(found, _titled(name, title), grid, course)
    _take_once(found)
    if not (found.problems or found.has_classes):
        found.problems.append(Problem(", ".join(name for name, _ in files), None, _NO_CLASS))
    return found


_NO_CLASS = "수업을 적은 열이 없습니다. 제목에 ‘1회 2026-12-08’처럼 몇 회인지와 날짜를 적어 주세요."


def _take_once(found: Reading) -> None:
    """Sheets may have the same people for other classes; what they say of one class has to be the same."""
    first: dict[tuple[int, int], Cell] = {}
    for cell in found.cells:
        before = first.setdefault((cell.enrollment_id, cell.meeting.id), cell)
        if before.mark != cell.mark:
            why = f"{before.place}에는 ‘{MARKS[before.mark]}’입니다. 맞는 쪽만 남겨 주세요."
            found.problems.append(Problem(cell.place, MARKS[cell.mark], why))
    found.cells = [*first.values()]


def _titled(name: str, title: str) -> str:
    return name if title == name else f"{name} {title}"


def _read_sheet(found: Reading, title: str, grid: Grid, course: Course) -> None:
    top = next(number for number, line in enumerate(grid.lines) if layout.is_header(line))
    found.notes += [f"{title}: {remark.without_values()}" for remark in grid.remarks_below(top + 1)]
    head = grid.lines[top]
    columns = dict(_classes(found, title, top, head, course))
    found.has_classes |= bool(columns)
    found.rows = {}
    names = layout.names(head)
    for number, line in enumerate(grid.lines[top + 1 :], top + 2):
        if written(line) and not has_total(line):
            _read_row(found, f"{title} {number}행", dict(zip(names, line, strict=False)), line, columns, course)


def _classes(
    found: Reading, title: str, top: int, head: Line, course: Course
) -> Iterator[tuple[int, tuple[str, Session]]]:
    """By place in a line, the classes with their letters."""
    taken: set[int] = set()
    for place, (value, name) in enumerate(zip(head, layout.names(head), strict=True)):
        letter, where = column_letters(place + 1), f"{title} {top + 1}행 {column_letters(place + 1)}열"
        if name in (NUMBER, NAME, "") or is_skipped(str(value)):
            continue
        if (meant := layout.headed(value)) is None:
            found.notes.append(f"{where} ‘{shown(value)}’ 열은 읽지 않았습니다.")
            continue
        meetings = _meant(meant, course)
        if why := _misplaced(meant, meetings, taken, course):
            found.problems.append(Problem(where, shown(value), why))
        else:
            taken.add(meetings[0].number)
            yield place, (letter, meetings[0])


def _meant(meant: Headed, course: Course) -> list[Session]:
    """By its number, or by its day where it has none."""
    if meant.number is not None:
        return [course.meetings[meant.number]] if meant.number in course.meetings else []
    return [each for each in course.meetings.values() if meant.is_on(layout.day_of(each, course.timezone))]


def _misplaced(meant: Headed, meetings: Sequence[Session], taken: set[int], course: Course) -> str:
    if not meetings:
        return "이런 수업이 없습니다. 없애거나 옮긴 수업이면 양식을 다시 받아 적어 주세요."
    if len(meetings) > 1:
        return (
            f"이날 수업이 {len(meetings)}번 있습니다. ‘{layout.heading(meetings[0], course.timezone)}’처럼 적어 주세요."
        )
    [meeting] = meetings
    if meeting.number in taken:
        return "같은 수업의 열이 두 번 있습니다. 하나를 지워 주세요."
    day = layout.day_of(meeting, course.timezone)
    if meant.day is None:
        return f"수업 날짜도 적어 주세요. 예: {layout.heading(meeting, course.timezone)}"
    if not meant.is_on(day):
        is_now = dates.day(day, "ko", today=date.min)  # with its year
        return f"이 수업은 지금 {is_now}에 있습니다. 옮긴 수업이면 양식을 다시 받아 적어 주세요."
    return ""


def _read_row(
    found: Reading,
    place: str,
    named: Mapping[str, Value],
    line: Line,
    columns: Mapping[int, tuple[str, Session]],
    course: Course,
) -> None:
    said = {at: line[at] for at in columns if at < len(line) and not is_blank(line[at])}
    number, why = _whose(named, course, found)
    if number is None or why:
        if not said and _is_note(named.get(NUMBER)):
            found.notes.append(f"{place}: 설명을 적은 줄이라 읽지 않았습니다.")
        elif said or not is_blank(named.get(NUMBER)):
            found.problems.append(Problem(place, shown(named.get(NUMBER)), why))
        return
    found.rows[number] = place
    for at, value in said.items():
        letter, meeting = columns[at]
        where = f"{place} {letter}열"
        if mark := mark_of(value):
            found.cells.append(Cell(where, number, meeting, mark))
        else:
            why = value.why if isinstance(value, Broken) else EXPECTED
            found.problems.append(Problem(where, shown(value), why))


def _is_note(value: Value) -> bool:
    """What stands below a table, and begins with no number."""
    return bool(text_of(value)) and not text_of(value)[0].isdigit()


def _whose(named: Mapping[str, Value], course: Course, found: Reading) -> tuple[int | None, str]:
    """The application, or why it is none of the course's."""
    text = text_of(named.get(NUMBER))
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
    if not text:
        return None, "신청번호를 적어 주세요. 처음 오신 분이면 먼저 신청을 접수해 주세요."
    if number is None or number not in course.names:
        return None, "이 과정 수강생의 신청번호가 아닙니다."
    if number in found.rows:
        return None, f"같은 신청번호가 {found.rows[number]}에도 있습니다. 한 줄만 남겨 주세요."
    name = text_of(named.get(NAME))
    if name and name != text_of(course.names[number]):
        return None, "이름이 이 신청번호의 이름과 다릅니다. 줄이 밀리지 않았는지 확인해 주세요."
    return number, ""

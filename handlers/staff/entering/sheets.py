"""Reading files of answers, one row a person: what was answered, what is wrong, and what an officer should know."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from openpyxl.utils import get_column_letter

from handlers.language.letters.particles import particle
from handlers.staff.entering import cells as answer_cells
from handlers.staff.entering.columns import Places, Questions
from handlers.staff.files import cells, moments
from handlers.staff.files.cells import Wrong
from handlers.staff.files.columns import Problem, shown
from handlers.staff.files.grids import Grid
from handlers.staff.files.lines import has_total
from handlers.staff.files.rows import UnreadableFile, Value, is_blank
from storage.survey import Item, Survey

Readers = Mapping[str, Callable[[Value], Any]]  # by the names of questions


@dataclass(frozen=True)
class Filled:
    """What one person answered; `mark` is the number of the paper, or the minute of another form, or ""."""

    channel: str
    answers: Mapping[str, Any]
    mark: str


@dataclass
class Reading:
    """What is found in a file. `notes` tell an officer what they should know though it isn't wrong."""

    filled: list[Filled] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class HeadedSheet:
    """A sheet whose header was found in its line `top`, counted from 0."""

    name: str
    grid: Grid
    top: int
    places: Places

    @property
    def channel(self) -> str:
        """The number of a paper stands in our own sheet; what knows the time was filled in elsewhere."""
        return "paper" if self.places.number is not None and self.places.time is None else "import"

    def header(self, at: int) -> str:
        line = self.grid.lines[self.top]
        return shown(line[at]) if at < len(line) else ""

    def column(self, at: int) -> str:
        header = self.header(at)
        return f"{get_column_letter(at + 1)}열" + (f" ‘{header}’" if header else "(제목 없음)")

    def place(self, row: int, at: int) -> str:
        return f"{self.name} {row}행 {self.column(at)}"

    def lines(self) -> Iterator[tuple[int, list[Value]]]:
        """Each line below the header that isn't empty, and its row in Excel."""
        below = enumerate(self.grid.lines[self.top + 1 :], self.top + 2)
        return ((row, line) for row, line in below if not all(map(is_blank, line)))


def read(name: str, grids: Mapping[str, Grid], survey: Survey) -> Reading:
    """A file's answers; UnreadableFile where no column of it is a question of the survey."""
    reading = Reading()
    readers = {item.name: answer_cells.reader(item) for item in survey.items}
    for table in _tables(name, grids, survey, reading.notes):
        reading.problems += _missing(table, survey)
        reading.notes += _column_notes(table, survey)
        if table.places.questions:
            _read_lines(table, survey, readers, reading)
    reading.notes += [f"{kind} {count}개는 넘겼습니다." for kind, count in reading.left_out.items() if count]
    return reading


def _tables(name: str, grids: Mapping[str, Grid], survey: Survey, notes: list[str]) -> list[HeadedSheet]:
    questions = Questions(survey.items)
    found = []
    for sheet, grid in grids.items():
        top = questions.top(grid.lines)
        notes += [f"{sheet}: {remark.without_values()}" for remark in grid.remarks_below((top or 0) + 1)]
        if top is None:
            continue
        table = HeadedSheet(sheet, grid, top, questions.find(grid.lines[top]))
        if table.places.questions:
            found.append(table)
        else:
            notes.append(f"‘{sheet}’ 시트에는 이 설문의 문항이 없어 읽지 않았습니다.")
    if not found:
        raise UnreadableFile(
            f"{name}: ‘{survey.title.ko}’의 문항과 맞는 열이 없습니다. 다른 설문의 파일이 아닌지 확인해 주세요. "
            f"열 제목 앞에 문항번호를 적으면 읽을 수 있습니다. 예: {survey.items[0].name}."
        )
    return found


# --- columns ---


def _missing(table: HeadedSheet, survey: Survey) -> list[Problem]:
    absent = [item for item in survey.items if item.is_required and item.name not in table.places.questions]
    advice = "꼭 있어야 하는 열이 없습니다. 이 문항의 열이 있으면 제목 앞에 ‘{name}.’{and_so} 적어 주세요."
    return [
        Problem(
            f"{table.name} ‘{item.name}. {shown(item.text.ko)}’",
            None,
            advice.format(name=item.name, and_so=particle(item.name, "을/를")),
        )
        for item in absent
    ]


def _column_notes(table: HeadedSheet, survey: Survey) -> Iterator[str]:
    names = {at: name for name, at in table.places.questions.items()}
    texts = {item.name: item.text.ko for item in survey.items}
    for at in sorted(table.places.differing):
        name = names[at]
        line = f"{table.column(at)} → {name}{particle(name, '으로/로')} 읽었습니다."
        yield f"{table.name} {line} {name}: ‘{texts[name]}’"
    ignored = [table.column(at) for at in table.places.unknown if table.header(at)]
    if ignored:
        yield f"{table.name}: 이 설문의 문항이 아니어서 읽지 않은 열입니다. {', '.join(ignored)}"
    absent = [item.name for item in survey.items if not item.is_required and item.name not in names.values()]
    if absent:
        yield f"{table.name}: 열이 없어 답을 비워 둔 문항입니다. {', '.join(absent)}"


# --- rows ---

_NOT_ASKED = "조건에 따라 묻지 않는 문항의 답"
_SUMS = "합계나 평균을 적은 줄"
_EMPTY = "답이 하나도 없는 줄"


def _read_lines(table: HeadedSheet, survey: Survey, readers: Readers, reading: Reading) -> None:
    for row, line in table.lines():
        written = {name: line[at] for name, at in table.places.questions.items() if at < len(line)}
        if has_total([value for at, value in enumerate(line) if at not in table.places.questions.values()]):
            reading.left_out[_SUMS] += 1
            continue
        if all(map(is_blank, written.values())):
            reading.left_out[_EMPTY] += 1
            continue
        answers, problems = _read_line(table, row, written, survey, readers, reading.left_out)
        reading.problems += problems
        complete = survey.complete(answers)
        if complete:
            reading.filled.append(Filled(table.channel, complete, _mark(table.places, line)))
        elif not problems:
            reading.left_out[_EMPTY] += 1


def _read_line(
    table: HeadedSheet, row: int, written: Mapping[str, Value], survey: Survey, readers: Readers, left_out: Counter[str]
) -> tuple[dict[str, Any], list[Problem]]:
    """The answers of a row to what is asked after its own answers, and its wrong cells."""
    answers: dict[str, Any] = {}
    problems: list[Problem] = []
    wrong: set[str] = set()
    for item in survey.items:
        value = written.get(item.name)
        if not item.is_asked(answers):
            left_out[_NOT_ASKED] += not is_blank(value)
        elif item.name in table.places.questions and wrong.isdisjoint(each.question for each in item.conditions):
            try:
                answers[item.name] = _answer(item, readers[item.name], value)
            except Wrong as error:
                wrong.add(item.name)
                place = table.place(row, table.places.questions[item.name])
                problems.append(Problem(place, shown(answer_cells.shown(item, value)), str(error)))
    return answers, problems


def _answer(item: Item, read: Callable[[Value], Any], value: Value) -> Any:
    answer = read(value)
    if answer == "" and item.is_required:
        raise Wrong(f"꼭 답해야 하는 문항입니다. {answer_cells.expected(item)}")
    return answer


def _mark(places: Places, line: Sequence[Value]) -> str:
    """Tells equal answers of two people apart: when they were sent, or the number of the paper."""
    at = places.time if places.time is not None else places.number
    value = line[at] if at is not None and at < len(line) else None
    if is_blank(value):
        return ""
    return _minute(value) if places.time is not None else cells.compact(value)


def _minute(value: Value) -> str:
    """To the minute, since Excel drops the seconds when it saves a .csv."""
    try:
        moment: datetime = moments.opening(value)
    except ValueError:
        return cells.compact(value)
    return moment.replace(second=0, microsecond=0, tzinfo=None).isoformat()

"""Reading files of answers, one row a person: what was answered, what is wrong, and what an officer should know."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from handlers.language.letters.particles import particle
from handlers.staff.entering import cells as answer_cells
from handlers.staff.entering import sending, spread
from handlers.staff.entering.columns import NUMBER, Places, Questions
from handlers.staff.files import cells
from handlers.staff.files.cells import Wrong, column_letters
from handlers.staff.files.columns import Problem, shown
from handlers.staff.files.reading.grids import Grid
from handlers.staff.files.reading.lines import has_total
from handlers.staff.files.rows import UnreadableFile, Value, is_blank
from storage.asking.survey import Item, Survey

PAPER = "paper"
SHOWN_PLACES = 5
Readers = Mapping[str, Callable[[Value], Any]]  # by the names of questions


@dataclass(frozen=True)
class Filled:
    """What one person answered; `mark` is the number of the paper, or the minute of another form, or ""."""

    channel: str
    answers: Mapping[str, Any]
    mark: str

    @property
    def number(self) -> str:
        """Of a paper, by which it is known when it comes again with something else on it; "" where it has none."""
        return self.mark if self.channel == PAPER else ""


@dataclass
class Reading:
    """What is found in a file. `notes` tell an officer what they should know though it isn't wrong."""

    filled: list[Filled] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unanswered: list[str] = field(default_factory=list)  # places of papers


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
        return PAPER if self.places.number is not None and self.places.time is None else "import"

    def header(self, at: int) -> str:
        line = self.grid.lines[self.top]
        return shown(line[at]) if at < len(line) else ""

    def column(self, at: int) -> str:
        header = self.header(at)
        return f"{column_letters(at + 1)}열" + (f" ‘{header}’" if header else "(제목 없음)")

    def place(self, row: int, at: int) -> str:
        return f"{self.name} {row}행 {self.column(at)}"

    def lines(self) -> Iterator[tuple[int, list[Value]]]:
        """Each line below the header that isn't empty, and its row in Excel."""
        below = enumerate(self.grid.lines[self.top + 1 :], self.top + 2)
        return ((row, line) for row, line in below if not all(map(is_blank, line)))


def read(name: str, grids: Mapping[str, Grid], survey: Survey, zone: ZoneInfo) -> Reading:
    """A file's answers; UnreadableFile where no column of it is a question of the survey."""
    reading = Reading()
    readers = {item.name: answer_cells.reader(item) for item in survey.items}
    for table in _tables(name, grids, survey, reading.notes):
        reading.problems += _missing(table, survey)
        reading.notes += _column_notes(table, survey)
        if table.places.questions:
            reading.notes += _time_note(table, zone)
            _read_lines(table, survey, readers, reading, zone)
    reading.problems += _twice(reading.filled)
    reading.notes += _unanswered_note(reading.unanswered)
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
_CHOICES = "보기의 이름을 적은 줄"


def _read_lines(table: HeadedSheet, survey: Survey, readers: Readers, reading: Reading, zone: ZoneInfo) -> None:
    for row, line in table.lines():
        written = {name: spread.value(table.places, name, line) for name in table.places.questions}
        if has_total([value for at, value in enumerate(line) if at not in table.places.questions.values()]):
            reading.left_out[_SUMS] += 1
            continue
        if row == table.top + 2 and spread.names_choices(table.places, survey.items, line):
            reading.left_out[_CHOICES] += 1
            continue
        if all(map(is_blank, written.values())):
            reading.left_out[_EMPTY] += 1
            continue
        answers, problems = _read_line(table, row, written, survey, readers, reading)
        reading.problems += problems
        complete = survey.complete(answers)
        if complete:
            reading.filled.append(Filled(table.channel, complete, _mark(table.places, line, zone)))
        elif not problems:
            reading.left_out[_EMPTY] += 1


def _read_line(
    table: HeadedSheet, row: int, written: Mapping[str, Value], survey: Survey, readers: Readers, reading: Reading
) -> tuple[dict[str, Any], list[Problem]]:
    """The answers of a row to what is asked after its own answers, and its wrong cells."""
    answers: dict[str, Any] = {}
    problems: list[Problem] = []
    wrong: set[str] = set()
    for item in survey.items:
        value, is_here = written.get(item.name), item.name in table.places.questions
        if not item.is_asked(answers):
            reading.left_out[_NOT_ASKED] += not answer_cells.is_unanswered(value, item)
        elif item.is_required and table.channel == PAPER and answer_cells.is_unanswered(value, item) and is_here:
            reading.unanswered.append(table.place(row, table.places.questions[item.name]))
        elif is_here and wrong.isdisjoint(each.question for each in item.conditions):
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


def _mark(places: Places, line: Sequence[Value], zone: ZoneInfo) -> str:
    """Tells equal answers of two people apart: when they were sent, or the number of the paper."""
    value = spread.cell(line, places.time if places.time is not None else places.number)
    if is_blank(value):
        return ""
    when = sending.minute(value, zone) if places.time is not None else None
    return when or cells.compact(value)


# --- what an officer should know ---


def _time_note(table: HeadedSheet, zone: ZoneInfo) -> Iterator[str]:
    at = table.places.time
    times = [value for _, line in table.lines() if not is_blank(value := spread.cell(line, at))]
    unread = [value for value in times if sending.minute(value, zone) is None]
    if at is not None and unread:
        yield (
            f"{table.name} {table.column(at)}: 시각 {len(unread)}개를 읽지 못했습니다(예: ‘{shown(unread[0])}’). "
            "같은 응답이 다른 모양의 시각으로 또 오면 두 번 셉니다. ‘2026-11-28 10:01’처럼 적으면 한 번만 셉니다."
        )


def _unanswered_note(places: Sequence[str]) -> Iterator[str]:
    if places:
        more = f" 외 {len(places) - SHOWN_PLACES}곳" if len(places) > SHOWN_PLACES else ""
        yield f"빈칸 {len(places)}개는 무응답으로 넣습니다: {', '.join(places[:SHOWN_PLACES])}{more}"


def _twice(filled: Sequence[Filled]) -> Iterator[Problem]:
    """Numbers that stand on papers with different answers: which of them is meant can't be known."""
    first: dict[str, Mapping[str, Any]] = {}
    twice = {
        each.number for each in filled if each.number and first.setdefault(each.number, each.answers) != each.answers
    }
    for number in sorted(twice):
        yield Problem(
            f"{NUMBER} {number}", None, "이 번호의 응답이 서로 다르게 두 번 있습니다. 종이마다 다른 번호를 적어 주세요."
        )

"""Columns of an officer's file: what may be written in each, and reading a row by them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from types import MappingProxyType
from typing import Any

from rapidfuzz import fuzz, process

from handlers.language.hidden_numbers import mask_resident_numbers
from handlers.language.letters.jamo import jamo
from handlers.language.letters.particles import particle
from handlers.staff.files import cells, moments, spans
from handlers.staff.files.headers import larger_unit, plain
from handlers.staff.files.rows import Broken, Row, Value, is_blank
from handlers.staff.files.spans import Span, Written

ALIKE = 65  # of 100, from where on an unknown header may be a known one that was worded otherwise


@dataclass(frozen=True)
class Kind:
    """How a cell is read, what to tell when it can't be, and how the template shows it."""

    parse: Callable[[Value], object]
    expected: str
    choices: tuple[str, ...] = ()
    shown_as: str = "@"
    is_strict: bool = True  # nothing but a choice may be typed in the template


@dataclass(frozen=True)
class Column:
    """`field` is the field of the record and the English name of the column; `also` are other names of it."""

    header: str
    field: str
    kind: Kind
    explanation: str
    example: str | int
    default: object = ""
    required: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where, what was read (None where nothing was to be read), and what was expected.

    `field` is that of its column, where it is of one.
    """

    place: str
    read: str | None
    expected: str
    field: str = field(default="", compare=False)

    def __str__(self) -> str:
        if self.read is None:
            return f"{self.place}: {self.expected}"
        return (
            f"{self.place}: ‘{self.read}’ → {self.expected}" if self.read else f"{self.place}: 빈칸 → {self.expected}"
        )


def choice(choices: dict[str, str], shown: int) -> Kind:
    """The first `shown` words are those that the template offers; the rest are read as well."""
    words = tuple(choices)[:shown]
    return Kind(cells.one_of(choices), f"{', '.join(words)} 가운데 하나를 적어 주세요.", words)


def yes_or_no(yes: str = "", no: str = "") -> Kind:
    """Yes or no, also by the words of a column for them."""
    parse = partial(cells.yes_or_no, also=(yes, no))
    return Kind(parse, "예, 아니오 가운데 하나를 적어 주세요.", ("예", "아니오"))


LINE = Kind(cells.line, "글자로 적어 주세요.")
CONTACT = Kind(cells.contact, "전화번호를 적어 주세요. 예: 02-000-0000")
TITLE = Kind(cells.title, "글자로 적어 주세요.")
PASSAGE = Kind(cells.passage, "글자로 적어 주세요.")
CERTIFICATE = Kind(cells.certificate, "자격증 이름을 적어 주세요. 예: 바리스타 2급")
DAY = Kind(moments.day, "날짜를 적어 주세요. 예: 2026-12-01", shown_as="yyyy-mm-dd")
DAYPART = choice({"주간": "day", "야간": "evening", "주말": "weekend", "주": "day", "야": "evening"}, 3)
YES_NO = yes_or_no()


Conflicts = Callable[[dict[str, Any]], Iterable[tuple[str, str]]]
Values = Mapping[str, Value]
Completed = Callable[[Values], Values]


class Columns:
    """The columns of one sort of file.

    `conflicts` gives what can be read alone but not together: (field, why). `complete` adds to the cells of a row,
    by field, what follows from the others, such as the year of a day. `also` are other names of columns, by field, and
    `in_one` are pairs of columns that one cell may tell.
    """

    def __init__(
        self,
        *columns: Column,
        conflicts: Conflicts = lambda _: (),
        in_one: Sequence[Span] = (),
        complete: Completed = lambda values: values,
        also: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.all = columns
        self._conflicts = conflicts
        self._complete = complete
        self._spans = in_one
        self._by_field = {column.field: column for column in columns}
        named = [
            (name, column)
            for column in columns
            for name in (column.header, column.field, *column.also, *also.get(column.field, "").split())
        ]
        self.names = [*(name for name, _ in named), *(name for span in in_one for name in span.headers)]
        self._by_name = {plain(name): column for name, column in named}
        self._span_by_name = {plain(name): span for span in in_one for name in span.headers}
        self._by_sound = {jamo(plain(name)): name for column in columns for name in (column.header, column.field)}

    def header_problems(self, rows: Sequence[Row]) -> list[Problem]:
        """What is wrong with the columns of each table, once a table."""
        tables: dict[tuple[str, int], dict[str, str]] = {}
        for row in rows:
            names = {name: row.letters.get(name, "") for name in row.cells}
            tables.setdefault((row.sheet, row.top), {}).update(names)
        listed = {(row.sheet, row.top) for row in rows if row.letters}
        wrong = [problem for (sheet, _), names in tables.items() for problem in self._wrong_headers(sheet, names)]
        return wrong + [
            problem for table in tables if table in listed for problem in self._missing(table[0], tables[table])
        ]

    def read(self, row: Row) -> tuple[dict[str, Any] | None, list[Problem]]:
        """The values by field; None with at least one problem, here or of a missing column."""
        written = self._written(row)
        cells_by_field = self._complete({field: each.value for field, each in written.items()})
        values: dict[str, Any] = {}
        problems = []
        for column in self.all:
            try:
                values[column.field] = _value(column, cells_by_field.get(column.field))
            except ValueError as error:
                if column.field in written or not row.letters or self._is_end_of(column.field, written):
                    why = str(error) if isinstance(error, cells.Wrong) else ""
                    problems.append(self.wrong(row, column.field, why or self._how_both(column.field, written)))
        if len(values) < len(self.all):
            return None, [*dict.fromkeys(problems)]
        conflicts = [self.wrong(row, field, why) for field, why in self._conflicts(values)]
        return None if conflicts else values, conflicts

    def has(self, row: Row, field: str) -> bool:
        """Whether the file says anything of it, be it that it is empty."""
        if any(field in self._fields(name) for name in row.cells):
            return True
        return any(span.last == field for span in self._spans) and field in self._written(row)

    def header_of(self, row: Row, field: str) -> str:
        """The header under which the file tells of it, if it does."""
        return next((name for name in row.cells if field in self._fields(name)), "")

    def wrong(self, row: Row, field: str, why: str = "") -> Problem:
        """The problem of one cell of a row; `why` comes in place of what the column expects."""
        column = self._by_field[field]
        written = self._written(row).get(field)
        name = written.header if written else column.header
        return Problem(row.place(name), shown(row.cells.get(name)), why or column.kind.expected, field)

    def written(self, row: Row) -> Values:
        """What stands in a row, by field."""
        return {field: each.value for field, each in self._written(row).items()}

    def _written(self, row: Row) -> dict[str, Written]:
        """The cells of a row by their fields; what one cell tells of two is in both."""
        found = {
            self._by_name[plain(name)].field: Written(name, value)
            for name, value in row.cells.items()
            if plain(name) in self._by_name
        }
        told = {self._span_by_name[plain(name)]: name for name in row.cells if plain(name) in self._span_by_name}
        for each in self._spans:
            name = told.get(each) or (found[each.first].header if each.first in found else "")
            if name:
                cell, last = Written(name, row.cells[name]), found.get(each.last)
                found |= spans.both(each, cell, last, each in told, self._by_field[each.last].kind.parse)
        return found

    def _is_end_of(self, field: str, written: Mapping[str, Written]) -> bool:
        """Whether it could have been told in the cell of another column, so that no column is missing."""
        return any(span.last == field and span.first in written for span in self._spans)

    def _how_both(self, field: str, written: Mapping[str, Written]) -> str:
        """How to write a cell that is to tell of a beginning and an end."""
        return spans.BOTH if field in written and plain(written[field].header) in self._span_by_name else ""

    def _wrong_headers(self, sheet: str, names: dict[str, str]) -> Iterator[Problem]:
        taken: dict[str, str] = {}
        for name, letter in names.items():
            place = f"{sheet} {letter}열" if letter else f"{sheet} ‘{shown(name)}’"
            fields = self._fields(name)
            twin = next((taken[field] for field in fields if field in taken), None)
            if not plain(name):
                yield Problem(place, None, "제목이 없는 열에 값이 있습니다. 제목을 적거나 지워 주세요.")
            elif not fields:
                yield Problem(place, shown(name), self._advice(name))
            elif twin:
                yield Problem(place, shown(name), f"‘{twin}’ 열과 뜻이 같습니다. 하나만 남겨 주세요.")
            taken |= dict.fromkeys(fields, name)

    def _fields(self, name: str) -> tuple[str, ...]:
        """What a header stands for."""
        if span := self._span_by_name.get(plain(name)):
            return span.first, span.last
        column = self._by_name.get(plain(name))
        return (column.field,) if column else ()

    def _advice(self, name: str) -> str:
        if unit := larger_unit(name):
            return f"금액은 원으로 읽습니다. 값을 {unit} 단위에서 원 단위로 고치고 제목에서 ‘{unit}’을 지워 주세요."
        sound, likeness, _ = process.extractOne(jamo(plain(name)), self._by_sound.keys(), scorer=fuzz.ratio)
        if likeness < ALIKE:
            return "모르는 열입니다. 양식에 있는 제목으로 바꾸거나 열을 지워 주세요."
        near = self._by_sound[sound]
        return f"모르는 열입니다. ‘{near}’{particle(near, '을/를')} 뜻하면 제목을 바꾸고, 아니면 열을 지워 주세요."

    def _missing(self, sheet: str, names: dict[str, str]) -> Iterator[Problem]:
        present = {field for name in names for field in self._fields(name)}
        present |= {span.last for span in self._spans if span.first in present}
        for column in self.all:
            if column.required and column.field not in present:
                yield Problem(f"{sheet} ‘{column.header}’", None, "꼭 있어야 하는 열이 없습니다.")


def _value(column: Column, value: Value) -> object:
    if isinstance(value, Broken):
        raise cells.Wrong(value.why)
    if isinstance(value, str) and cells.compact(value) in cells.SAME:
        raise cells.Wrong("다른 칸과 같다는 표시입니다. 그 칸의 값을 그대로 적어 주세요.")
    read = column.default if is_blank(value) else column.kind.parse(value)
    if column.required and read in ("", ()):
        raise cells.Wrong(f"꼭 있어야 합니다. {column.kind.expected}")
    return read


def shown(value: Value) -> str:
    """A value as the officer sees it, short and without registration numbers."""
    if isinstance(value, Broken):
        value = value.shown
    if isinstance(value, datetime):
        value = f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    if isinstance(value, time):
        value = f"{value:%H:%M}"
    text = " ".join(mask_resident_numbers("" if value is None else str(value)).split())
    return text if len(text) <= 30 else f"{text[:30]}…"

"""Columns of an officer's file: what may be written in each, and reading a row by them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz, process

from handlers.language.hidden_numbers import mask_resident_numbers
from handlers.language.letters.jamo import jamo
from handlers.language.letters.particles import particle
from handlers.staff.files import cells, moments
from handlers.staff.files.rows import Broken, Row, Value, is_blank, plain


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
    """One thing to put right: where, what was read (None where nothing was to be read), and what was expected."""

    place: str
    read: str | None
    expected: str

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


LINE = Kind(cells.line, "글자로 적어 주세요.")
TITLE = Kind(cells.title, "글자로 적어 주세요.")
PASSAGE = Kind(cells.passage, "글자로 적어 주세요.")
CERTIFICATE = Kind(cells.certificate, "자격증 이름을 적어 주세요. 예: 바리스타 2급")
DAY = Kind(moments.day, "날짜를 적어 주세요. 예: 2026-12-01", shown_as="yyyy-mm-dd")
DAYPART = choice({"주간": "day", "야간": "evening", "주말": "weekend", "주": "day", "야": "evening"}, 3)
YES_NO = Kind(cells.yes_or_no, "예, 아니오 가운데 하나를 적어 주세요.", ("예", "아니오"))


Conflicts = Callable[[dict[str, Any]], Iterable[tuple[str, str]]]


class Columns:
    """The columns of one sort of file; `conflicts` gives what can be read alone but not together: (field, why)."""

    def __init__(self, *columns: Column, conflicts: Conflicts = lambda _: ()) -> None:
        self.all = columns
        self._conflicts = conflicts
        named = [(name, column) for column in columns for name in (column.header, column.field, *column.also)]
        self._by_name = {plain(name): column for name, column in named}
        self._by_sound = {jamo(name): name for name, _ in named}

    def header_problems(self, rows: Sequence[Row]) -> list[Problem]:
        """What is wrong with the columns of each sheet, once a sheet."""
        sheets: dict[str, dict[str, str]] = {}
        for row in rows:
            sheets.setdefault(row.sheet, {}).update({name: row.letters.get(name, "") for name in row.cells})
        listed = {row.sheet for row in rows if row.letters}
        wrong = [problem for sheet, names in sheets.items() for problem in self._wrong_headers(sheet, names)]
        return wrong + [
            problem for sheet in sheets if sheet in listed for problem in self._missing(sheet, sheets[sheet])
        ]

    def read(self, row: Row) -> tuple[dict[str, Any] | None, list[Problem]]:
        """The values by field; None with at least one problem, here or of a missing column."""
        named = {self._by_name[plain(name)].field: name for name in row.cells if plain(name) in self._by_name}
        values: dict[str, Any] = {}
        problems = []
        for column in self.all:
            try:
                values[column.field] = _value(column, row.cells.get(named.get(column.field, "")))
            except ValueError as error:
                if column.field in named or not row.letters:
                    problems.append(self.wrong(row, column.field, str(error) if isinstance(error, cells.Wrong) else ""))
        if len(values) < len(self.all):
            return None, problems
        conflicts = [self.wrong(row, field, why) for field, why in self._conflicts(values)]
        return None if conflicts else values, conflicts

    def has(self, row: Row, field: str) -> bool:
        """Whether the file says anything of it, be it that it is empty."""
        return any(self._by_name.get(plain(name)) is self._by_name[field] for name in row.cells)

    def wrong(self, row: Row, field: str, why: str = "") -> Problem:
        """The problem of one cell of a row; `why` comes in place of what the column expects."""
        column = self._by_name[field]
        name = next((name for name in row.cells if self._by_name.get(plain(name)) is column), column.header)
        return Problem(row.place(name), shown(row.cells.get(name)), why or column.kind.expected)

    def _wrong_headers(self, sheet: str, names: dict[str, str]) -> Iterator[Problem]:
        taken: dict[str, str] = {}
        for name, letter in names.items():
            place = f"{sheet} {letter}열" if letter else f"{sheet} ‘{shown(name)}’"
            column = self._by_name.get(plain(name))
            if not plain(name):
                yield Problem(place, None, "제목이 없는 열에 값이 있습니다. 제목을 적거나 지워 주세요.")
            elif column is None:
                yield Problem(place, shown(name), self._advice(name))
            elif column.field in taken:
                yield Problem(place, shown(name), f"‘{taken[column.field]}’ 열과 뜻이 같습니다. 하나만 남겨 주세요.")
            else:
                taken[column.field] = name

    def _advice(self, name: str) -> str:
        near = self._by_sound[process.extractOne(jamo(plain(name)), self._by_sound.keys(), scorer=fuzz.ratio)[0]]
        return f"모르는 열입니다. ‘{near}’{particle(near, '을/를')} 뜻하면 제목을 바꾸고, 아니면 열을 지워 주세요."

    def _missing(self, sheet: str, names: dict[str, str]) -> Iterator[Problem]:
        present = {self._by_name[plain(name)].field for name in names if plain(name) in self._by_name}
        for column in self.all:
            if column.required and column.field not in present:
                yield Problem(f"{sheet} ‘{column.header}’", None, "꼭 있어야 하는 열이 없습니다.")


def _value(column: Column, value: Value) -> object:
    if isinstance(value, Broken):
        raise cells.Wrong(value.why)
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
    text = " ".join(mask_resident_numbers("" if value is None else str(value)).split())
    return text if len(text) <= 30 else f"{text[:30]}…"

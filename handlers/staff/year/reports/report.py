"""The report on a half-year (결과보고): everything of it as values, for the page and for all its papers."""

from dataclasses import dataclass

from handlers.staff.desk.told import Table


@dataclass(frozen=True)
class Chart:
    """Bars: a value each, with the words that stand for the picture where nobody sees it."""

    title: str
    bars: tuple[tuple[str, float], ...]
    unit: str
    words: str


@dataclass(frozen=True)
class Section:
    """`lines` are sentences or entries in 개조식; `missing` says in place of all else why there is nothing."""

    title: str
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Report:
    """`half` is 1 or 2; None is the whole year."""

    title: str
    year: int
    half: int | None
    sections: tuple[Section, ...]

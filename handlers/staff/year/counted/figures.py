"""What the figures of a year are made of: each is the sum of rows that can be shown."""

from dataclasses import dataclass

from storage.year.entries import BudgetEntry, Indicator, Participation


@dataclass(frozen=True)
class Source:
    """A row that a figure counts: a course ("course", its code), one of before ("past", its id), or an entry."""

    kind: str
    key: str
    title: str
    count: int = 1


@dataclass(frozen=True)
class OfYear:
    """`actual` is None where the year has not come; `target` where none was set."""

    year: int
    target: int | None
    actual: int | None
    sources: tuple[Source, ...] = ()

    @property
    def rate(self) -> int | None:
        """Of the target of this year (달성률), in whole percent; it may be over 100."""
        return percent(self.actual, self.target)


@dataclass(frozen=True)
class IndicatorFigures:
    """Of a term of office, year by year."""

    indicator: Indicator
    years: tuple[OfYear, ...]

    @property
    def target(self) -> int:
        return sum(each.target or 0 for each in self.years)

    @property
    def actual(self) -> int:
        return sum(each.actual or 0 for each in self.years)

    @property
    def rate(self) -> int | None:
        """Of all that is aimed at in the term (이행률): 16 of 75 are 21."""
        return percent(self.actual, self.target)


@dataclass(frozen=True)
class BudgetYear:
    """In won; `is_counted` says whether it is in the printed total (계)."""

    year: int
    secured: int
    spent: int
    is_counted: bool
    entries: tuple[BudgetEntry, ...] = ()


@dataclass(frozen=True)
class BudgetFigures:
    years: tuple[BudgetYear, ...]

    @property
    def secured(self) -> int:
        """The printed total."""
        return sum(each.secured for each in self.years if each.is_counted)

    @property
    def spent(self) -> int:
        return sum(each.spent for each in self.years if each.is_counted)


@dataclass(frozen=True)
class ParticipationFigures:
    """Of one kind, in the whole term until the year that is asked for; those of surveys that ran here among them."""

    kind: str
    title: str  # as the card has it: "언론·방송보도"
    count: int
    when: str  # as the card prints it: "'23.3.28. / 8.29. / 9.1."
    entries: tuple[Participation, ...] = ()


def percent(part: int | None, whole: int | None) -> int | None:
    """Rounded half up, as the card does; None where there is nothing to divide by."""
    if part is None or not whole:
        return None
    return (200 * part + whole) // (2 * whole)

"""What was entered of a year, in the columns of its sheet and with the numbers by which it is changed."""

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Table, Told
from handlers.staff.year.entries import sorts, writing
from handlers.staff.year.entries.cells.columns import NUMBER
from handlers.staff.year.entries.sorts import Sort
from storage.database import Transaction
from storage.year import entries
from storage.year.entries import Entry


def show(tx: Transaction, desk: Desk, sort: str, year: int | None = None) -> Told:  # noqa: ARG001
    """Of all years, or of one; what has no years is shown whole."""
    chosen = sorts.find(sort)
    found = of_year(tx, chosen, year)
    of = f"{year}년 " if year and chosen.has_year else ""
    title = f"{of}{chosen.title} {len(found)}{chosen.unit}"
    headers = tuple(column.header for column in chosen.columns.all if column.field != "id")
    return Told(title, tables=(Table(_rows(tx, chosen, found), (NUMBER.header, *headers)),) if found else ())


def of_year(tx: Transaction, sort: Sort, year: int | None) -> list[Entry]:
    """By year and as they were entered."""
    found: list[Entry] = entries.all_of(tx, sort.entry, [year] if year and sort.has_year else None)
    return sorted(found, key=lambda each: getattr(each, "year", 0))


def _rows(tx: Transaction, sort: Sort, found: list[Entry]) -> tuple[tuple[str, ...], ...]:
    said = [writing.texts(sort, line) for line in writing.cells(tx, sort, found)]
    return tuple(
        (str(one.id), *(text for field, text in texts.items() if field != "id"))
        for one, texts in zip(found, said, strict=True)
    )

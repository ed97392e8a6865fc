"""What officers are told as lines of a terminal."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from wcwidth import ljust

from handlers.language.letters.widths import width
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Listing, Step, Table, Told

Typed = Callable[[Step], str]  # what to type for a step


def of_told(told: Told, typed: Typed) -> list[str]:
    tables = [line for table in told.tables for line in _table(table, typed)]
    lines = [
        *([told.title] if told.title else []),
        *told.facts,
        *tables,
        *([""] if tables and told.notes else []),
        *told.notes,
        *(told.reach.lines() if told.reach else []),
        *steps(told.steps, typed),
    ]
    return lines if lines[:1] != [""] else lines[1:]


def of_declined(declined: Declined, typed: Typed) -> list[str]:
    return [declined.message, *_bullets(declined.items), *steps(declined.steps, typed)]


def steps(of: Sequence[Step], typed: Typed) -> Iterator[str]:
    return (f"{step.why}: {typed(step)}" for step in of)


def _bullets(items: Iterable[str]) -> Iterator[str]:
    return (f"- {item}" for item in items)


def _table(table: Table | Listing, typed: Typed) -> Iterator[str]:
    """A table with a title is a section of its own; a listing belongs to what stands above it."""
    if isinstance(table, Listing):
        yield from (*([table.title] if table.title else []), *_bullets(table.items))
        if table.left_out:
            yield f"외 {table.left_out}건"
        return
    indent = "  " if table.title else ""
    if table.title:
        yield from ("", table.title)
    head, *rows = _aligned([table.columns, *table.rows]) if table.columns else ["", *map("  ".join, table.rows)]
    if head:
        yield indent + head
    for row, step, below in zip_longest(rows, table.steps, table.details):
        yield indent + row + (f" {step.why}: {typed(step)}" if step else "")
        yield from _below(below or ())
    if table.left_out:
        yield f"{indent}외 {table.left_out}건"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Cells below each other, as far as the rows go."""
    longest = max(map(len, rows))
    widths = [max(width(row[column]) for row in rows if column < len(row)) for column in range(longest)]
    for row in rows:
        yield "  ".join(ljust(cell, wide) for cell, wide in zip(row, widths, strict=False)).rstrip()


def _below(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows whose second cells stand under each other."""
    widest = max((width(row[0]) for row in rows if len(row) > 1), default=0)
    for first, *others in rows:
        yield "    " + "  ".join([ljust(first, widest) if others else first, *others])

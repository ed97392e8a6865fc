"""What officers are told as lines of a terminal."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Listing, Step, Table, Told

Typed = Callable[[Step], str]  # what to type for a step


def of_told(told: Told, typed: Typed) -> list[str]:
    return [
        *([told.title] if told.title else []),
        *told.facts,
        *(line for table in told.tables for line in _table(table, typed)),
        *told.notes,
        *(told.reach.lines() if told.reach else []),
        *_steps(told.steps, typed),
    ]


def of_declined(declined: Declined, typed: Typed) -> list[str]:
    return [declined.message, *_steps(declined.steps, typed)]


def _steps(steps: Sequence[Step], typed: Typed) -> Iterator[str]:
    return (f"{step.why}: {typed(step)}" for step in steps)


def _table(table: Table | Listing, typed: Typed) -> Iterator[str]:
    """A table with a title is a section of its own; a listing belongs to what stands above it."""
    if isinstance(table, Listing):
        yield from (*([table.title] if table.title else []), *(f"- {item}" for item in table.items))
        return
    indent = "  " if table.title else ""
    if table.title:
        yield from ("", table.title)
    if table.columns:
        yield indent + "  ".join(table.columns)
    for row, step in zip_longest(table.rows, table.steps):
        yield indent + "  ".join(row) + (f" {step.why}: {typed(step)}" if step else "")
    if table.left_out:
        yield f"{indent}외 {table.left_out}건 (모두 보려면 --all)"

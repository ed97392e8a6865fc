"""A hostile reader: has the whole database and older copies of it, but not the key, and guesses who answered what."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from storage.database import Transaction

PIECE = 256  # bytes of a sheet, which stands in pieces on the pages of a file

Truth = dict[int, str]  # what each resident answered to the spied question

_BY_MESSAGES = (
    "SELECT a.resident_id FROM inbox i JOIN addresses a ON a.channel = i.channel AND a.address = i.address"
    " GROUP BY a.resident_id ORDER BY {}"
)
PEOPLE = {
    "receipt": "SELECT resident_id FROM survey_receipts",
    "enrollment": "SELECT resident_id FROM enrollments ORDER BY id",
    "resident": "SELECT id FROM residents ORDER BY id",
    "first message": _BY_MESSAGES.format("min(i.id)"),
    "last message": _BY_MESSAGES.format("max(i.id)"),
    "last time": _BY_MESSAGES.format("max(i.settled_at)"),
    "messages": _BY_MESSAGES.format("count(*)"),
    "invitation": "SELECT resident_id FROM outbox ORDER BY id",
}
ORDERS = {
    "sqlite": ("id", "round_id, question, id", "length(value)"),
    "postgresql": ("id", "ctid", "xmin::text, ctid", "length(value)"),
}


@dataclass(frozen=True)
class Guess:
    how: str
    right: int


def guesses(tx: Transaction, question: str, truth: Truth) -> Iterator[Guess]:
    """How many each way of lining people up with answers gets right; by chance it is one."""
    for people_by, query in PEOPLE.items():
        people = [each for each in tx.execute(text(query)).scalars() if each in truth]
        for order in ORDERS[tx.dialect.name]:
            rows = text(f"SELECT value FROM survey_answers WHERE question = :question ORDER BY {order}")
            yield Guess(f"{people_by} by {order}", _right(people, tx.execute(rows, {"question": question}), truth))


def physical_guesses(files: list[Path], truth: Truth) -> Iterator[Guess]:
    """The same by where the answers stand in the bytes of a file."""
    for file in files:
        content = file.read_bytes()
        placed = sorted((content.find(said.encode()), said) for said in truth.values())
        yield Guess(f"bytes of {file.name}", _right(list(truth), [(said,) for _, said in placed], truth))


def _right(people: list[int], rows: Any, truth: Truth) -> int:
    return sum(truth[person] == row[0] for person, row in zip(people, rows, strict=False))


def sealed_left(before: list[Path], after: list[Path]) -> int:
    """How many of the sheets that the earlier files hold can be cut out of the bytes of the later ones."""
    with sqlite3.connect(before[0]) as database:
        sheets = [row[0] for row in database.execute("SELECT sheet FROM survey_pending")]
    contents = [file.read_bytes() for file in after]
    pieces = [[sheet[at : at + PIECE] for at in range(0, len(sheet) - PIECE, PIECE)] for sheet in sheets]
    return sum(any(piece in content for content in contents for piece in of) for of in pieces)


KNOW_PEOPLE = {"residents", "addresses", "inbox", "outbox", "survey_receipts", "drafts"}


def shared_values(file: Path, answers: set[str]) -> set[Any]:
    """Values of answers that stand in a table that knows people, too; small numbers are ids of rounds and the like."""
    with sqlite3.connect(file) as database:
        shared = _values(database, answers) & _values(database, KNOW_PEOPLE)
    return {value for value in shared if not isinstance(value, int) or value > 1000}


def _values(database: sqlite3.Connection, tables: set[str]) -> set[Any]:
    return {value for table in tables for row in database.execute(f"SELECT * FROM {table}") for value in row}

"""Every room that takes in officers' files: one table for commands and pages, and one way in for all kinds of rows."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.staff.counseling import importing as counseling
from handlers.staff.courses import importing as courses
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Imported, Importer
from handlers.staff.files.rows import Row
from handlers.staff.postings import importing as postings
from handlers.staff.surveys import importing as surveys
from storage.database import Transaction

IMPORTERS: Mapping[str, Importer] = {
    "courses": courses.IMPORTER,
    "surveys": surveys.IMPORTER,
    "postings": postings.IMPORTER,
    "counseling": counseling.IMPORTER,
}


def import_rows(tx: Transaction, desk: Desk, rows: Sequence[Row], only_check: bool = False) -> list[Imported]:
    """Take in all of these rows, of whatever kinds, or none of them; with `only_check` it only reads."""
    with tx.begin_nested() as together:
        parts = [importer.run(tx, desk, its_rows, only_check) for importer, its_rows in _by_importer(rows)]
        if any(part.problems for part in parts):
            together.rollback()
    return parts


def _by_importer(rows: Sequence[Row]) -> Iterator[tuple[Importer, list[Row]]]:
    """Those that have rows to take in."""
    for importer in IMPORTERS.values():
        if its_rows := [row for row in rows if row.kind in importer.kinds]:
            yield importer, its_rows

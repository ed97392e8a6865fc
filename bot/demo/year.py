"""The demo's years before the service: what a policy sheet told of 2022 to 2024, with nobody's name."""

from pathlib import Path

from handlers.staff.desk.desk import Desk
from handlers.staff.files.reading import sheets
from handlers.staff.year.entries import importing
from storage.database import Transaction

YEAR = Path(__file__).with_name("year.json")


def fill(tx: Transaction, desk: Desk) -> None:
    imported = importing.import_entries(tx, desk, sheets.read(YEAR))
    if imported.is_refused:
        raise ValueError("\n".join(map(str, (*imported.problems, *imported.questions))))

"""The demo's job postings, with dates that are moved so that they are open."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from handlers.staff.desk.desk import Desk
from handlers.staff.files.reading import json as json_files
from handlers.staff.files.rows import Row
from handlers.staff.postings import importing
from storage.database import Transaction

POSTINGS = Path(__file__).with_name("postings.json")


def fill(tx: Transaction, desk: Desk) -> None:
    content = json.loads(POSTINGS.read_text(encoding="utf-8"))
    days = desk.today - date.fromisoformat(content["demo_now"])
    rows = [_moved(row, days) for row in json_files.read(POSTINGS.name, POSTINGS.read_bytes())]
    imported = importing.import_postings(tx, desk, rows)
    if imported.problems:
        raise ValueError("\n".join(map(str, imported.problems)))


def _moved(row: Row, days: timedelta) -> Row:
    dated: dict[str, Any] = {
        name: (date.fromisoformat(str(row.cells[name])) + days).isoformat()
        for name in ("마감일", "등록일")
        if row.cells.get(name, "채용시까지") != "채용시까지"
    }
    return Row(row.sheet, row.number, {**row.cells, **dated}, row.letters, row.kind)

"""The demo's questions that officers answer often, with dates that are moved so that one of them is old."""

import json
from datetime import date
from pathlib import Path

from handlers.staff.desk.desk import Desk
from handlers.staff.files.reading import json as json_files
from handlers.staff.questions import importing
from storage.database import Transaction

QUESTIONS = Path(__file__).with_name("questions.json")


def fill(tx: Transaction, desk: Desk) -> None:
    content = json.loads(QUESTIONS.read_text(encoding="utf-8"))
    days = desk.today - date.fromisoformat(content["demo_now"])
    for each in content["questions"]:
        each["기준일"] = (date.fromisoformat(each["기준일"]) + days).isoformat()
    rows = json_files.read(QUESTIONS.name, json.dumps(content).encode())
    imported = importing.import_questions(tx, desk, rows)
    if imported.problems:
        raise ValueError("\n".join(map(str, imported.problems)))

"""What is known of surveys and their questions, in the columns that a file doesn't have."""

from typing import Any

from handlers.staff.files.columns import Columns
from handlers.staff.files.rows import Row
from storage.asking.survey import Item, Survey


def of_survey(columns: Columns, row: Row, before: Survey | None) -> dict[str, Any]:
    if before is None:
        return {}
    words = {"title_en": before.title.en, "intro": before.intro.ko, "intro_en": before.intro.en}
    return _silent(columns, row, {**vars(before), "title": before.title.ko, **words})


def of_item(columns: Columns, row: Row, kind: str, before: Item | None) -> dict[str, Any]:
    """Nothing where it is another kind of question now."""
    if before is None or before.kind != kind:
        return {}
    english = tuple(option.en for option in before.options)
    words = {
        "text": before.text.ko,
        "text_en": before.text.en,
        "section": before.section.ko,
        "section_en": before.section.en,
        "options": tuple(before.labels),
        "options_en": english if any(english) else (),
    }
    found = _silent(columns, row, {**vars(before), **words})
    if "options" not in found and "options_en" in found and len(found["options_en"]) != len(before.options):
        found.pop("options_en")
    return found


def _silent(columns: Columns, row: Row, known: dict[str, Any]) -> dict[str, Any]:
    fields = [column.field for column in columns.all if not columns.has(row, column.field)]
    return {field: known[field] for field in fields if field in known}

"""A survey as rows of a sheet, so that what is changed on a screen is read and checked as a file is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from handlers.staff.files.reading import json
from handlers.staff.files.rows import QUESTION, SURVEY, Row, Value
from handlers.staff.surveys.sheets.template import STANDARD
from storage.asking.survey import MULTI, NUMBER, TEXT, Condition, Item, Survey

FORM = "화면"  # what problems call the place of a row
Cells = Mapping[str, Value]
BOUNDED = (NUMBER, MULTI, TEXT)  # kinds of question whose bounds are the officer's


def row(kind: str, cells: Cells, number: int = 1) -> Row:
    return Row(FORM, number, dict(cells), {}, kind)


def of_survey(survey: Survey, zone: ZoneInfo) -> Cells:
    """By the names of its columns."""
    return {
        "code": survey.code,
        "version": survey.version,
        "kind": survey.kind,
        "title": survey.title.ko,
        "title_en": survey.title.en,
        "intro": survey.intro.ko,
        "intro_en": survey.intro.en,
        "is_anonymous": survey.is_anonymous,
        "audience": survey.audience,
        "opens_at": _local(survey.opens_at, zone),
        "closes_at": _local(survey.closes_at, zone),
        "delay_minutes": survey.delay_minutes,
        "remind_hours": survey.remind_hours,
        "open_days": survey.open_days,
    }


def of_item(code: str, item: Item) -> Cells:
    english = [option.en for option in item.options]
    is_bounded = item.kind in BOUNDED
    return {
        "survey": code,
        "name": item.name,
        "section": item.section.ko,
        "section_en": item.section.en,
        "kind": item.kind,
        "text": item.text.ko,
        "text_en": item.text.en,
        "options": "\n".join(item.labels),
        "options_en": "\n".join(english) if all(english) else "",
        "is_required": item.is_required,
        "least": item.least if is_bounded else None,
        "most": item.most if is_bounded else None,
        "conditions": "\n".join(map(_condition, item.conditions)),
    }


def of_items(survey: Survey) -> list[Cells]:
    return [of_item(survey.code, item) for item in survey.items]


def rows(survey: Cells, questions: Sequence[Cells]) -> list[Row]:
    return [row(SURVEY, survey), *(row(QUESTION, each, number) for number, each in enumerate(questions, 1))]


@cache
def standard() -> Mapping[str, tuple[Cells, tuple[Cells, ...]]]:
    """The standard surveys by their numbers, each with its questions."""
    found = json.read(STANDARD.name, STANDARD.read_bytes())
    asked = [each.cells for each in found if each.kind == QUESTION]
    return {
        str(each.cells["code"]): (
            each.cells,
            tuple(cells for cells in asked if cells["survey"] == each.cells["code"]),
        )
        for each in found
        if each.kind == SURVEY
    }


def _condition(condition: Condition) -> str:
    return f"{condition.question}{'≠' if condition.unless else '='}{'|'.join(condition.labels)}"


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at and at.astimezone(zone).replace(tzinfo=None)

"""What a file says of surveys: a line for each new one, and old and new values of those that change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from handlers.staff.desk import differences
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import Changed, Rows, table
from handlers.staff.desk.told import Listing, Table
from handlers.staff.files.rows import Row
from handlers.staff.surveys.sheets.columns import SURVEYS
from storage.asking.survey import Survey

MOST_NAMED = 5


def tables(
    written: Sequence[tuple[Row, Survey]], known: Mapping[str, Survey | None], desk: Desk
) -> Iterator[Listing | Table]:
    new = tuple(_line(each, desk) for _, each in written if known[each.code] is None)
    if new:
        yield Listing(new, "새로 등록하는 설문입니다.")
    yield from table(_changed(written, known, desk), "바뀌는 설문입니다.")


def _line(survey: Survey, desk: Desk) -> str:
    version = f" {survey.version}판" if survey.version > 1 else ""
    when = "과정이 끝날 때마다"
    if survey.opens_at and survey.closes_at:
        when = f"{desk.moment(survey.opens_at)} ~ {desk.moment(survey.closes_at)}"
    named = "무기명" if survey.is_anonymous else "기명"
    return f"{survey.title.ko}({survey.code}{version}): 문항 {len(survey.items)}개, {when}, {named}"


def _changed(
    written: Sequence[tuple[Row, Survey]], known: Mapping[str, Survey | None], desk: Desk
) -> Iterator[Changed]:
    for row, each in written:
        before = known[each.code]
        if before and replace(before, id=0) != each:
            yield Changed(f"{before.title.ko}({before.code})", _rows(row, before, each, desk))


def _rows(row: Row, before: Survey, after: Survey, desk: Desk) -> Rows:
    rows = differences.rows(SURVEYS, row, _flat(before), _flat(after), desk.organization.timezone)
    return (*rows, *_questions(before, after))


def _flat(survey: Survey) -> Any:
    """By the names of its columns."""
    title, intro = survey.title, survey.intro
    words = {"title": title.ko, "title_en": title.en, "intro": intro.ko, "intro_en": intro.en}
    return SimpleNamespace(**{**vars(survey), **words})


def _questions(before: Survey, after: Survey) -> Iterator[tuple[str, str]]:
    """How many there are, and which are new, gone or worded otherwise."""
    old, new = ({item.name: item for item in survey.items} for survey in (before, after))
    if len(old) != len(new):
        yield "문항", f"{len(old)}개 → {len(new)}개"
    parts = {
        "생기는 문항": [name for name in new if name not in old],
        "없어지는 문항": [name for name in old if name not in new],
        "고치는 문항": [name for name in new if name in old and old[name] != new[name]],
    }
    for what, names in parts.items():
        if names:
            more = f" 외 {len(names) - MOST_NAMED}개" if len(names) > MOST_NAMED else ""
            yield what, f"{', '.join(names[:MOST_NAMED])}{more}"
    if list(old) != list(new) and sorted(old) == sorted(new):
        yield "문항", "차례가 바뀝니다"

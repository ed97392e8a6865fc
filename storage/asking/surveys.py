"""Surveys as officers bring them in: versions, of which the newest is asked."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from storage.asking import answers
from storage.asking.survey import Survey, from_json, to_json
from storage.database import Transaction, there_is
from storage.tables import (
    survey_answers,
    survey_pending,
    survey_receipts,
    survey_rounds,
    survey_signed_answers,
    survey_turnout,
    surveys,
)

_SURVEY = select(surveys)
_WITH_IDS = _SURVEY.where(surveys.c.id.in_(bindparam("ids", expanding=True)))


def find(tx: Transaction, survey_id: int) -> Survey:
    return _survey(tx.execute(_SURVEY.where(surveys.c.id == survey_id)).one())


def with_ids(tx: Transaction, ids: Collection[int]) -> dict[int, Survey]:
    return {row.id: _survey(row) for row in tx.execute(_WITH_IDS, {"ids": list(ids)})} if ids else {}


def newest(tx: Transaction, code: str) -> Survey | None:
    mine = _SURVEY.where(surveys.c.code == code).order_by(surveys.c.version.desc()).limit(1)
    row = tx.execute(mine).one_or_none()
    return _survey(row) if row else None


def all_newest(tx: Transaction) -> list[Survey]:
    """The newest version of each survey, in the order in which they were first brought in."""
    first = select(func.min(surveys.c.id).label("first"), surveys.c.code, func.max(surveys.c.version).label("newest"))
    known = first.group_by(surveys.c.code).subquery()
    query = _SURVEY.join(known, (known.c.code == surveys.c.code) & (known.c.newest == surveys.c.version))
    return [_survey(row) for row in tx.execute(query.order_by(known.c.first))]


def versions(tx: Transaction, code: str) -> list[Survey]:
    return [_survey(row) for row in tx.execute(_SURVEY.where(surveys.c.code == code).order_by(surveys.c.version))]


def is_answered(tx: Transaction, survey_id: int) -> bool:
    """Whether anybody has answered this version, in whatever way.

    A round that goes on with it may have been answered in the version before only.
    """
    kept = [there_is(table, table.c.survey_id == survey_id) for table in (survey_answers, survey_signed_answers)]
    if any(tx.execute(select(each)).scalar() for each in kept):
        return True
    asked = list(tx.execute(select(survey_rounds.c.id).where(survey_rounds.c.survey_id == survey_id)).scalars())
    counted = (survey_receipts, survey_turnout, survey_pending)
    if not any(tx.execute(select(there_is(table, table.c.round_id.in_(asked)))).scalar() for table in counted):
        return False
    sheets = [each for aside in (False, True) for each in answers.marked(tx, asked, aside).values()]
    return find(tx, survey_id).version == 1 or any(each.survey_id == survey_id for each in sheets)


def add(tx: Transaction, survey: Survey) -> int:
    row = {"code": survey.code, "version": survey.version, "kind": survey.kind, "content": to_json(survey)}
    survey_id: int = tx.execute(surveys.insert().values(row).returning(surveys.c.id)).scalar_one()
    return survey_id


def change(tx: Transaction, survey_id: int, survey: Survey) -> None:
    """Only of a version that nobody has answered."""
    new = {"kind": survey.kind, "content": to_json(survey)}
    tx.execute(surveys.update().where(surveys.c.id == survey_id).values(new))


def _survey(row: Row[Any]) -> Survey:
    return from_json(row.id, row.code, row.version, row.kind, row.content)

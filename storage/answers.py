"""What was answered. Of an anonymous survey nothing here leads to who answered: no key, no order and no time.

While a survey runs its answers are sealed sheets. When it is over they are taken apart, question by question, shuffled
and written at once: from then on not even the answers of one sheet can be put together again.
"""

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, select

from storage import rounds
from storage.database import Transaction, insert
from storage.rounds import Round
from storage.survey import FEWEST, Survey, shown
from storage.tables import (
    survey_answers,
    survey_entries,
    survey_pending,
    survey_signed_answers,
    survey_turnout,
)

CHANNELS = ("chat", "kiosk", "paper", "import")
LARGEST_ID = 2**62

_shuffle = secrets.SystemRandom().shuffle


@dataclass(frozen=True)
class Sheet:
    """One person's answers by the names of the questions, and how they came in."""

    survey_id: int
    channel: str
    answers: Mapping[str, Any]


def hand_in(
    tx: Transaction, round_: Round, survey: Survey, sheet: Sheet, day: date, *, resident_id: int | None = None
) -> None:
    """Keep a sheet. A survey with names keeps whose it is; an anonymous one forgets it here."""
    _count(tx, round_.id, day, sheet.channel)
    if survey.is_anonymous or resident_id is None:
        _put_aside(tx, round_.id, sheet, random_id())
        return
    rows = [{**row, "resident_id": resident_id} for row in _rows(round_.id, sheet, sheet.channel)]
    if rows:
        tx.execute(survey_signed_answers.insert(), rows)


def hand_in_once(tx: Transaction, round_: Round, sheet: Sheet, day: date, mark: int) -> bool:
    """The same for a sheet without a resident; False when one with this mark was handed in already."""
    if not _put_aside(tx, round_.id, sheet, mark):
        return False
    _count(tx, round_.id, day, sheet.channel)
    return True


def hand_in_many(tx: Transaction, round_: Round, sheets: Sequence[Sheet], day: date) -> None:
    """The same for many sheets without residents, none of which was handed in."""
    for channel, count in Counter(sheet.channel for sheet in sheets).items():
        _count(tx, round_.id, day, channel, count)
    if sheets:
        tx.execute(survey_pending.insert(), [_sealed(round_.id, sheet, random_id()) for sheet in sheets])


def _put_aside(tx: Transaction, round_id: int, sheet: Sheet, mark: int) -> bool:
    added = insert(tx, survey_pending).values(_sealed(round_id, sheet, mark))
    return bool(tx.execute(added.on_conflict_do_nothing()).rowcount)


def _sealed(round_id: int, sheet: Sheet, mark: int) -> dict[str, Any]:
    content = {"survey_id": sheet.survey_id, "channel": sheet.channel, "answers": dict(sheet.answers)}
    return {"id": mark, "round_id": round_id, "sheet": content}


def random_id() -> int:
    return secrets.randbelow(LARGEST_ID)


def _count(tx: Transaction, round_id: int, day: date, channel: str, count: int = 1) -> None:
    add = insert(tx, survey_turnout).values(round_id=round_id, day=day, channel=channel, count=count)
    more = {"count": survey_turnout.c.count + count}
    tx.execute(add.on_conflict_do_update(index_elements=["round_id", "day", "channel"], set_=more))


def entered(tx: Transaction, round_id: int) -> set[str]:
    """The digests of all that was typed in."""
    mine = survey_entries.c.round_id == round_id
    return set(tx.execute(select(survey_entries.c.digest).where(mine)).scalars())


def enter(tx: Transaction, round_id: int, digests: Sequence[str]) -> list[str]:
    """Remember what is typed in from paper or another form; those that weren't known, in order."""
    rows = [{"round_id": round_id, "digest": digest} for digest in digests]
    added = insert(tx, survey_entries).on_conflict_do_nothing().returning(survey_entries.c.digest)
    new = set(tx.execute(added, rows).scalars()) if rows else set()
    return [digest for digest in digests if digest in new]


# --- when a round is over ---


def settle(tx: Transaction, round_id: int, now: datetime) -> None:
    """Shuffle what was answered into rows of single answers; sheets of too few people stay sealed."""
    rounds.lock(tx, round_id)
    sheets = pending(tx, [round_id])
    if len(sheets) >= FEWEST or has_rows(tx, round_id):
        channels = shown(Counter(sheet.channel for sheet in sheets))
        rows = [row for sheet in sheets for row in _rows(round_id, sheet, _label(sheet, channels))]
        _shuffle(rows)
        if rows:
            tx.execute(survey_answers.insert(), rows)
        tx.execute(delete(survey_pending).where(survey_pending.c.round_id == round_id))
    rounds.settled(tx, round_id, now)


def _label(sheet: Sheet, channels: set[str]) -> str | None:
    """Whose way of answering is rare would be found by it."""
    return sheet.channel if sheet.channel in channels else None


def _rows(round_id: int, sheet: Sheet, channel: str | None) -> Iterator[dict[str, Any]]:
    same = {"round_id": round_id, "survey_id": sheet.survey_id, "channel": channel}
    for question, value in in_writing(sheet):
        yield {**same, "id": random_id(), "question": question, "value": value}


def in_writing(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Its questions and values as rows of single answers have them."""
    for question, value in sheet.answers.items():
        yield question, "\n".join(value) if isinstance(value, list) else str(value)


def has_rows(tx: Transaction, round_id: int) -> bool:
    return (
        tx.execute(select(survey_answers.c.id).where(survey_answers.c.round_id == round_id).limit(1)).scalar()
        is not None
    )


def pending(tx: Transaction, round_ids: Sequence[int]) -> list[Sheet]:
    """Sheets that are still sealed, in no order."""
    these = survey_pending.c.round_id.in_(round_ids)
    sheets = [Sheet(**sheet) for sheet in tx.execute(select(survey_pending.c.sheet).where(these)).scalars()]
    _shuffle(sheets)
    return sheets


def count_sealed(tx: Transaction, round_ids: Sequence[int]) -> dict[int, int]:
    """How many sheets of each round are still sealed."""
    these = survey_pending.c.round_id.in_(round_ids)
    query = select(survey_pending.c.round_id, func.count()).where(these).group_by(survey_pending.c.round_id)
    return dict(tx.execute(query).all())


# --- counting ---


def counts(tx: Transaction, round_ids: Sequence[int], texts: Sequence[str]) -> list[Row[*tuple[Any, ...]]]:
    """(round_id, survey_id, question, channel, value, count) of every answer, but to questions in `texts`."""
    rows: list[Row[*tuple[Any, ...]]] = []
    for table in (survey_answers, survey_signed_answers):
        by = (table.c.round_id, table.c.survey_id, table.c.question, table.c.channel, table.c.value)
        these = (table.c.round_id.in_(round_ids), table.c.question.not_in(texts))
        rows += tx.execute(select(*by, func.count().label("count")).where(*these).group_by(*by)).all()
    return rows


def written(tx: Transaction, round_ids: Sequence[int], survey_ids: Sequence[int], question: str) -> list[str]:
    """What people wrote to a question of these versions, in no order."""
    found: list[str] = []
    for table in (survey_answers, survey_signed_answers):
        these = (table.c.round_id.in_(round_ids), table.c.question == question, table.c.survey_id.in_(survey_ids))
        found += tx.execute(select(table.c.value).where(*these)).scalars()
    _shuffle(found)
    return found

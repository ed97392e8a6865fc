"""What was answered. Of an anonymous survey nothing here leads to who answered: no key, no order and no time.

While a survey runs its answers are sealed sheets. When it is over they are taken apart, question by question, shuffled
and written at once: from then on not even the answers of one sheet can be put together again.
"""

import secrets
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, update

from storage.asking import rounds
from storage.asking.rounds import Round
from storage.asking.survey import Survey
from storage.database import Transaction, insert
from storage.tables import (
    survey_answers,
    survey_entries,
    survey_pending,
    survey_signed_answers,
    survey_turnout,
)

LARGEST_ID = 2**62

_shuffle = secrets.SystemRandom().shuffle


@dataclass(frozen=True)
class Sheet:
    """One person's answers by the names of the questions, and how they came in.

    `is_proven` says that nobody can have made several of its kind: it cost a receipt, or a number that was handed out.
    `batch` is where and in which hour it came in, of those that are not proven; it is sealed and goes when they are.
    """

    survey_id: int
    channel: str
    answers: Mapping[str, Any]
    is_proven: bool = False
    batch: str = ""


def hand_in(
    tx: Transaction, round_: Round, survey: Survey, sheet: Sheet, day: date, *, resident_id: int | None = None
) -> None:
    """Keep a sheet. A survey with names keeps whose it is; an anonymous one forgets it here."""
    if sheet.is_proven:
        make_room(tx, round_)
    _count(tx, round_.id, day, sheet.channel)
    if survey.is_anonymous or resident_id is None:
        _put_aside(tx, round_.id, sheet, random_id())
        return
    rows = [{**row, "resident_id": resident_id} for row in rows_of(round_.id, sheet, sheet.channel)]
    if rows:
        tx.execute(survey_signed_answers.insert(), rows)


def hand_in_marked(tx: Transaction, round_: Round, sheet: Sheet, day: date, mark: int) -> None:
    """The same for a sheet without a resident, by whose mark it can be told that it is here."""
    if sheet.is_proven:
        make_room(tx, round_)
    _put_aside(tx, round_.id, sheet, mark)
    _count(tx, round_.id, day, sheet.channel)


def is_here(tx: Transaction, mark: int) -> bool:
    return tx.execute(select(survey_pending.c.id).where(survey_pending.c.id == mark)).scalar() is not None


def hand_in_many(
    tx: Transaction, round_: Round, sheets: Sequence[Sheet], day: date, marks: Sequence[int] | None = None
) -> None:
    """The same for many sheets without residents, none of which was handed in."""
    for channel, count in Counter(sheet.channel for sheet in sheets).items():
        _count(tx, round_.id, day, channel, count)
    if sheets:
        kept = zip(sheets, marks or [random_id() for _ in sheets], strict=True)
        tx.execute(survey_pending.insert(), [_sealed(round_.id, sheet, mark) for sheet, mark in kept])


def replace(tx: Transaction, round_: Round, mark: int, sheet: Sheet) -> None:
    """Put another sheet where this one was; it counts as the one that it was."""
    row = _sealed(round_.id, sheet, mark)
    tx.execute(update(survey_pending).where(survey_pending.c.id == mark).values(row))


def make_room(tx: Transaction, round_: Round) -> None:
    """What is proven takes the place of what isn't, where there are as many sheets as people attended."""
    room = rounds.room(tx, round_)
    if room is not None and room <= 0:
        doubtful = {mark: sheet for mark, sheet in marked(tx, [round_.id]).items() if not sheet.is_proven}
        remove(tx, round_.id, dict([doubtful.popitem()]) if doubtful else {})


def _put_aside(tx: Transaction, round_id: int, sheet: Sheet, mark: int) -> None:
    tx.execute(survey_pending.insert().values(_sealed(round_id, sheet, mark)))


def _sealed(round_id: int, sheet: Sheet, mark: int) -> dict[str, Any]:
    """Where it belongs is sealed with it: without the key nobody repeats it, here or elsewhere."""
    content = {**asdict(sheet), "answers": dict(sheet.answers), "place": [round_id, mark]}
    return {"id": mark, "round_id": round_id, "sheet": content}


def random_id() -> int:
    return secrets.randbelow(LARGEST_ID)


def _count(tx: Transaction, round_id: int, day: date, channel: str, count: int = 1) -> None:
    add = insert(tx, survey_turnout).values(round_id=round_id, day=day, channel=channel, count=count)
    more = {"count": survey_turnout.c.count + count}
    tx.execute(add.on_conflict_do_update(index_elements=["round_id", "day", "channel"], set_=more))


def uncount(tx: Transaction, round_id: int, channel: str, count: int) -> None:
    """Take so many out of the turnout, from the last days on: a sheet doesn't know its day."""
    here = (survey_turnout.c.round_id == round_id, survey_turnout.c.channel == channel, survey_turnout.c.count > 0)
    days = select(survey_turnout.c.day, survey_turnout.c.count).where(*here).order_by(survey_turnout.c.day.desc())
    for day, of_day in tx.execute(days).all():
        taken = min(count, of_day)
        tx.execute(update(survey_turnout).where(*here, survey_turnout.c.day == day).values(count=of_day - taken))
        count -= taken


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


def forget_entered(tx: Transaction, round_id: int, digests: Collection[str]) -> None:
    mine = (survey_entries.c.round_id == round_id, survey_entries.c.digest.in_(digests))
    tx.execute(delete(survey_entries).where(*mine))


# --- sheets that are sealed ---


def in_writing(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Its questions and values as rows of single answers have them."""
    for question, value in sheet.answers.items():
        yield question, "\n".join(value) if isinstance(value, list) else str(value)


def rows_of(round_id: int, sheet: Sheet, channel: str | None) -> Iterator[dict[str, Any]]:
    same = {"round_id": round_id, "survey_id": sheet.survey_id, "channel": channel}
    for question, value in in_writing(sheet):
        yield {**same, "id": random_id(), "question": question, "value": value}


def pending(tx: Transaction, round_ids: Sequence[int]) -> list[Sheet]:
    """Sheets that are still sealed and count, in no order."""
    return list(marked(tx, round_ids).values())


def marked(tx: Transaction, round_ids: Sequence[int], aside: bool = False) -> dict[int, Sheet]:
    """The same by their marks, or those that were set aside."""
    these = (survey_pending.c.round_id.in_(round_ids), survey_pending.c.is_aside.is_(aside))
    rows = tx.execute(select(survey_pending).where(*these))
    found = [(row.id, sheet) for row in rows if (sheet := _read(row.sheet, [row.round_id, row.id]))]
    _shuffle(found)
    return dict(found)


def _read(content: dict[str, Any] | None, place: list[int]) -> Sheet | None:
    """None for a copy, and for what is no sheet of ours.

    What was sealed before there were proofs came by chat with a receipt, or from anybody.
    """
    sealed = dict(content or {})
    if sealed.pop("place", place) != place or "answers" not in sealed:
        return None
    return Sheet(**{"is_proven": sealed["channel"] == "chat", **sealed})


def remove(tx: Transaction, round_id: int, sheets: Mapping[int, Sheet]) -> None:
    """Destroy these, as if they had never come in."""
    tx.execute(delete(survey_pending).where(survey_pending.c.id.in_(sheets)))
    for channel, count in Counter(sheet.channel for sheet in sheets.values()).items():
        uncount(tx, round_id, channel, count)


def destroy(tx: Transaction, *which: ColumnElement[bool]) -> None:
    """Destroy sealed sheets that stay counted."""
    tx.execute(delete(survey_pending).where(*which))


def set_aside(tx: Transaction, round_id: int, day: date, marks: Mapping[int, Sheet], aside: bool) -> None:
    """Let sheets not count, or count again."""
    tx.execute(update(survey_pending).where(survey_pending.c.id.in_(marks)).values(is_aside=aside))
    for channel, count in Counter(sheet.channel for sheet in marks.values()).items():
        if aside:
            uncount(tx, round_id, channel, count)
        else:
            _count(tx, round_id, day, channel, count)


# --- counting ---


def counts(tx: Transaction, round_ids: Sequence[int], texts: Sequence[str]) -> list[Row[*tuple[Any, ...]]]:
    """(round_id, survey_id, question, channel, value, count) of every answer, but to questions in `texts`."""
    rows: list[Row[*tuple[Any, ...]]] = []
    for table in (survey_answers, survey_signed_answers):
        by = (table.c.round_id, table.c.survey_id, table.c.question, table.c.channel, table.c.value)
        these = (table.c.round_id.in_(round_ids), table.c.question.not_in(texts))
        rows += tx.execute(select(*by, func.count().label("count")).where(*these).group_by(*by)).all()
    return rows


def written(
    tx: Transaction, round_ids: Collection[int], survey_ids: Sequence[int], question: str
) -> list[Row[*tuple[Any, ...]]]:
    """(round_id, channel, value) of what people wrote to a question of these versions, in no order."""
    found: list[Row[*tuple[Any, ...]]] = []
    for table in (survey_answers, survey_signed_answers):
        these = (table.c.round_id.in_(round_ids), table.c.question == question, table.c.survey_id.in_(survey_ids))
        found += tx.execute(select(table.c.round_id, table.c.channel, table.c.value).where(*these)).all()
    _shuffle(found)
    return found

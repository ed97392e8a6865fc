"""When a round is over: its sheets are taken apart and shuffled, and what may not be told is destroyed in time.

What people gave and what officers entered are two lots that never lend each other numbers. A lot of too few stays
sealed, and is destroyed some weeks later.
"""

import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from storage.asking import answers, rounds, surveys
from storage.asking.answers import Sheet
from storage.asking.rounds import Round
from storage.asking.survey import TYPED, Survey, may_be_told, shown
from storage.database import Transaction, insert, scrub
from storage.tables import survey_answers, survey_lots, survey_pending, survey_rounds, survey_signed_answers
from storage.tables import survey_slips as slips

KEEP_SEALED = timedelta(days=30)  # sheets of too few, after their round was settled
ENTERED = "typed"  # the channel of what officers entered, where it isn't told how

_shuffle = secrets.SystemRandom().shuffle


@dataclass(frozen=True)
class Lot:
    """Sheets of a round under a channel that is told, "" or ENTERED; of `unproven` nobody knows that they are people.

    Who enters answers has seen them: nobody is hidden among them who isn't known, so none counts as unproven.
    """

    round_id: int
    channel: str
    sheets: int
    unproven: int

    @property
    def is_entered(self) -> bool:
        return self.channel in (*TYPED, ENTERED)


def settle(tx: Transaction, round_id: int, now: datetime) -> None:
    """Shuffle what was answered into rows of single answers; what was entered later comes in by fives."""
    round_ = rounds.lock(tx, round_id)
    if round_.settled_at is None:
        answers.destroy(tx, survey_pending.c.round_id == round_id, survey_pending.c.is_aside)
        tx.execute(slips.delete().where(slips.c.round_id == round_id))
        _keep_to_attendees(tx, round_)
    sealed = answers.marked(tx, [round_id])
    for is_entered in (False, True):
        lot = {mark: sheet for mark, sheet in sealed.items() if (sheet.channel in TYPED) == is_entered}
        if may_be_told(len(lot), 0 if is_entered else _unproven(lot.values())):
            _take_apart(tx, round_, list(lot.values()), ENTERED if is_entered else "")
            answers.destroy(tx, survey_pending.c.id.in_(lot))
    rounds.settled(tx, round_id, round_.settled_at or now)
    scrub(tx)


def _keep_to_attendees(tx: Transaction, round_: Round) -> None:
    """No more sheets than people attended, as it stands at the end; those that are proven stay longest."""
    room = rounds.room(tx, round_)
    if room is not None and room < 0:
        by_worth = sorted(answers.marked(tx, [round_.id]).items(), key=lambda each: each[1].is_proven)
        answers.remove(tx, round_.id, dict(by_worth[:-room]))


def _unproven(sheets: Any) -> int:
    return sum(not sheet.is_proven for sheet in sheets)


def _take_apart(tx: Transaction, round_: Round, sheets: Sequence[Sheet], untold: str) -> None:
    """Neither a channel nor a version stays with answers that would be found by it, as it is rare."""
    alike = list(_in_common_versions(tx, round_, sheets))
    doubtful = Counter(sheet.channel for sheet in alike if not sheet.is_proven and sheet.channel not in TYPED)
    told = shown(Counter(sheet.channel for sheet in alike), doubtful)
    labelled = [(sheet.channel if sheet.channel in told else untold, sheet) for sheet in alike]
    rows = [row for label, sheet in labelled for row in answers.rows_of(round_.id, sheet, label or None)]
    _shuffle(rows)
    if rows:
        tx.execute(survey_answers.insert(), rows)
    for label, count in Counter(label for label, _ in labelled).items():
        unproven = sum(n for channel, n in doubtful.items() if (channel if channel in told else untold) == label)
        _add(tx, Lot(round_.id, label, count, unproven))


def _in_common_versions(tx: Transaction, round_: Round, sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """Sheets of a version that few answered become ones of the newest, as far as it asks the same."""
    common = shown(Counter(sheet.survey_id for sheet in sheets))
    known = surveys.with_ids(tx, {round_.survey_id, *(sheet.survey_id for sheet in sheets)})
    for sheet in sheets:
        yield sheet if sheet.survey_id in common else _moved(sheet, known[sheet.survey_id], known[round_.survey_id])


def _moved(sheet: Sheet, asked: Survey, newest: Survey) -> Sheet:
    same = {item.wording for item in newest.items}
    names = {item.name for item in asked.items if item.wording in same}
    kept = {name: value for name, value in sheet.answers.items() if name in names}
    return replace(sheet, survey_id=newest.id, answers=kept)


def _add(tx: Transaction, lot: Lot) -> None:
    row = {"round_id": lot.round_id, "channel": lot.channel, "sheets": lot.sheets, "unproven": lot.unproven}
    more = {name: survey_lots.c[name] + row[name] for name in ("sheets", "unproven")}
    added = insert(tx, survey_lots).values(row)
    tx.execute(added.on_conflict_do_update(index_elements=["round_id", "channel"], set_=more))


def lots(tx: Transaction, round_ids: Sequence[int]) -> list[Lot]:
    """Of rounds that are settled; what was answered with one's name is in rows at once."""
    kept = select(survey_lots).where(survey_lots.c.round_id.in_(round_ids))
    table = survey_signed_answers.c
    people = func.count(table.resident_id.distinct())
    signed = select(table.round_id, people.label("people")).where(table.round_id.in_(round_ids))
    found = [Lot(**row._mapping) for row in tx.execute(kept.order_by(survey_lots.c.round_id))]
    return found + [Lot(row.round_id, "chat", row.people, 0) for row in tx.execute(signed.group_by(table.round_id))]


def destroy_before(tx: Transaction, since: datetime) -> None:
    """Destroy what is sealed of rounds that were settled before."""
    old = select(survey_rounds.c.id).where(survey_rounds.c.settled_at < since)
    if tx.execute(select(survey_pending.c.id).where(survey_pending.c.round_id.in_(old)).limit(1)).scalar() is not None:
        answers.destroy(tx, survey_pending.c.round_id.in_(old))
        scrub(tx)

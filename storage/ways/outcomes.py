"""What became of a file for the district's own sender: its results row by row, or that it was never sent."""

from datetime import datetime

from sqlalchemy import and_, select, update

from storage.audit.scopes import Columns, Scope
from storage.database import Transaction
from storage.notices import outbox
from storage.reasons import Reason
from storage.states import NoticeOutcome
from storage.tables import dispatches, push_files
from storage.tables import outbox as notices
from storage.ways import dispatches as sent
from storage.ways import files
from storage.ways.dispatches import DispatchOutcome
from storage.ways.files import Row


def tell(
    tx: Transaction, row: Row, outcome: DispatchOutcome, now: datetime, reason: str | None, is_text: bool = False
) -> bool:
    """What the sender says of a row; what failed is for the telephone, and leaves by no other way by itself."""
    is_news = sent.settle(tx, row.dispatch_id, outcome, now, reason, is_text=is_text)
    if is_news and outcome == "failed" and row.notice_id is not None:
        _set_aside(tx, row.notice_id, now, reason)
    return is_news


def withdraw(tx: Transaction, number: int, now: datetime) -> None:
    """It was never sent: its notices are as they were before it was made."""
    tx.execute(update(push_files).where(push_files.c.id == number).values(withdrawn_at=now))
    for each in files.rows_of(tx, number):
        tell(tx, each, "failed", now, Reason.NOT_SENT)


def _set_aside(tx: Transaction, notice_id: int, now: datetime, reason: str | None) -> None:
    unreached: NoticeOutcome = "unreached"
    outbox.settle(tx, notice_id, unreached, now, reason)


def results_of(number: int) -> Scope:
    """What taking in results changes."""
    ids = select(dispatches.c.notice_id).where(*files.of_file(number))
    told = ("outcome", "reason", "settled_at")
    of_notices = (*told, "resident_id", "started_at", "accepted_at", "attempts", "due_at")
    return {
        notices: Columns(notices.c.id.in_(ids), of_notices),
        dispatches: Columns(and_(*files.of_file(number)), (*told, "cost", "is_text")),
    }


def withdrawal_of(number: int) -> Scope:
    """What withdrawing changes."""
    return {**results_of(number), push_files: Columns(push_files.c.id == number, ("withdrawn_at",))}

"""Files for the district's own sender: notices that no way took leave in one, and its results come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select

from storage.database import Transaction, there_is
from storage.notices import outbox
from storage.notices.outbox import NEWS, Owed
from storage.notices.visits import ON_ITS_WAY
from storage.people import consents
from storage.reasons import Reason
from storage.tables import addresses, dispatches, inbox, notice_templates, push_file_rows, push_files, residents
from storage.tables import outbox as notices
from storage.ways import dispatches as sent
from storage.ways.dispatches import DispatchOutcome
from storage.ways.templates import Approved

FILE = "file"  # the way
KEPT = timedelta(days=30)  # after which nobody waits for results any more


@dataclass(frozen=True)
class Addressed:
    """A notice that may leave in a file, and whose it is."""

    owed: Owed
    name: str
    mobile: str


@dataclass(frozen=True)
class Said:
    """What a row of a file says; `values` are those of the template's places."""

    mobile: str
    name: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """`said` is None once whom it was for was erased; who doesn't agree any more has taken it back since."""

    dispatch_id: int
    notice_id: int | None
    resident_id: int | None
    said: Said | None
    outcome: DispatchOutcome | None
    reason: str | None
    agrees: bool


@dataclass(frozen=True)
class PushFile:
    """`counts` are by outcome; those without one are under None."""

    id: int
    kind: str
    code: str
    name: str
    made_at: datetime
    made_by: str
    withdrawn_at: datetime | None
    counts: Mapping[DispatchOutcome | None, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def open(self) -> int:
        """Rows of which no result is known."""
        return self.counts.get(None, 0)


_OWED = [notices.c[name] for name in Owed.__dataclass_fields__]
_IN_FILE = (dispatches.c.way == FILE, dispatches.c.notice_id == notices.c.id)


def _may_leave(now: datetime) -> ColumnElement[bool]:
    """Of a notice: nobody heard of it, or is just being told, and whoever it is for agreed to hear of it so."""
    return and_(
        notices.c.outcome == "unreached",
        notices.c.seen_at.is_(None),
        notices.c.expires_at > now,
        notices.c.rank != NEWS,
        notices.c.address_id.is_(None),
        or_(notices.c.started_at.is_(None), and_(notices.c.started_at <= now - ON_ITS_WAY, ~_is_being_answered())),
        there_is(
            notice_templates,
            notice_templates.c.way == FILE,
            notice_templates.c.kind == notices.c.kind,
            notice_templates.c.is_usable,
        ),
        there_is(residents, residents.c.id == notices.c.resident_id, residents.c.mobile_tag.is_not(None)),
        consents.agrees(notices.c.resident_id, consents.ALIMTALK),
        ~there_is(dispatches, *_IN_FILE, dispatches.c.outcome == "failed", dispatches.c.reason != Reason.NOT_SENT),
    )


def _is_being_answered() -> ColumnElement[bool]:
    """An answer may be on its way that tells it."""
    theirs = addresses.join(inbox, and_(inbox.c.channel == addresses.c.channel, inbox.c.address == addresses.c.address))
    leaving = (inbox.c.due_at.is_not(None), inbox.c.reply.is_not(None))
    return there_is(theirs, addresses.c.resident_id == notices.c.resident_id, *leaving)


def count_waiting(tx: Transaction, now: datetime) -> dict[str, int]:
    """By kind, how many could leave in a file."""
    query = select(notices.c.kind, func.count()).where(_may_leave(now)).group_by(notices.c.kind)
    return {row[0]: row[1] for row in tx.execute(query)}


def hold_waiting(tx: Transaction, kind: str, now: datetime) -> list[Addressed]:
    """Those of a kind, the oldest first; nobody else tells one of them meanwhile."""
    held = select(*_OWED).where(notices.c.kind == kind, _may_leave(now)).order_by(notices.c.id).with_for_update()
    found = [Owed(*row) for row in tx.execute(held)]
    these = residents.c.id.in_({each.resident_id for each in found})
    rows = tx.execute(select(residents.c.id, residents.c.name, residents.c.mobile).where(these))
    people = {row.id: row for row in rows}
    whose = ((each, people[each.resident_id]) for each in found)
    return [Addressed(each, one.name or "", one.mobile) for each, one in whose if one.mobile]


def make(
    tx: Transaction, template: Approved, rows: Sequence[tuple[Owed, Said]], cost: int, officer: str, now: datetime
) -> int:
    """A file of these, which count as sent from now on; its number."""
    made = {"kind": template.kind, "code": template.code, "name": template.name, "made_at": now, "made_by": officer}
    number: int = tx.execute(push_files.insert().values(made).returning(push_files.c.id)).scalar_one()
    for owed, said in rows:
        outbox.hand_over(tx, owed.id, FILE, now)
        dispatch_id = sent.begin(tx, owed, FILE, cost, now)
        assert dispatch_id, "a notice of which nobody heard has left"
        sent.accept(tx, owed.id, str(number), "", now)
        row = {"dispatch_id": dispatch_id, "push_file_id": number, "notice_id": owed.id, "said": _written(said)}
        tx.execute(push_file_rows.insert().values(row))
    return number


def _written(said: Said) -> list[Any]:
    """In this order, which a JSON object wouldn't promise."""
    return [said.mobile, said.name, [list(pair) for pair in said.values.items()]]


def _read(written: Any) -> Said:
    mobile, name, values = written
    return Said(mobile, name, dict(values))


def listed(tx: Transaction, limit: int) -> list[PushFile]:
    """Those first of which something isn't known, then the newest."""
    return _with_counts(tx, _FILES.order_by(~_is_open(), push_files.c.id.desc()).limit(limit))


def unanswered(tx: Transaction, before: datetime) -> list[PushFile]:
    """Those that were made before a moment and of which something isn't known, the oldest first."""
    return _with_counts(tx, _FILES.where(_is_open(), push_files.c.made_at <= before).order_by(push_files.c.id))


def find(tx: Transaction, number: int) -> PushFile | None:
    return next(iter(_with_counts(tx, _FILES.where(push_files.c.id == number))), None)


_FILES = select(*(push_files.c[name] for name in PushFile.__dataclass_fields__ if name != "counts"))


def _is_open() -> ColumnElement[bool]:
    as_text = cast(push_files.c.id, Text)
    return there_is(dispatches, dispatches.c.way == FILE, dispatches.c.batch == as_text, dispatches.c.outcome.is_(None))


def _with_counts(tx: Transaction, query: Select[Any]) -> list[PushFile]:
    found = list(tx.execute(query))
    counts: dict[str, dict[DispatchOutcome | None, int]] = {str(row.id): {} for row in found}
    these = (dispatches.c.way == FILE, dispatches.c.batch.in_(counts))
    columns = (dispatches.c.batch, dispatches.c.outcome)
    for batch, outcome, count in tx.execute(select(*columns, func.count()).where(*these).group_by(*columns)):
        counts[batch][outcome] = count
    return [PushFile(**row._mapping, counts=counts[str(row.id)]) for row in found]


def of_file(number: int) -> tuple[ColumnElement[bool], ...]:
    """The dispatches of a file."""
    return dispatches.c.way == FILE, dispatches.c.batch == str(number)


def lock(tx: Transaction, number: int) -> PushFile | None:
    """Nobody else takes in its results or withdraws it before this transaction ends."""
    tx.execute(select(push_files.c.id).where(push_files.c.id == number).with_for_update())
    return find(tx, number)


def rows_of(tx: Transaction, number: int) -> list[Row]:
    """In the order of the file."""
    query = (
        select(
            dispatches.c.id.label("dispatch_id"),
            dispatches.c.notice_id,
            notices.c.resident_id,
            push_file_rows.c.said,
            dispatches.c.outcome,
            dispatches.c.reason,
            consents.agrees(notices.c.resident_id, consents.ALIMTALK).label("agrees"),
        )
        .outerjoin(push_file_rows, push_file_rows.c.dispatch_id == dispatches.c.id)
        .outerjoin(notices, notices.c.id == dispatches.c.notice_id)
        .where(*of_file(number))
        .order_by(dispatches.c.id)
    )
    return [
        Row(**{**row._mapping, "said": _read(row.said) if row.said else None, "agrees": bool(row.agrees)})
        for row in tx.execute(query)
    ]


def whose_files(tx: Transaction, dispatch_ids: Sequence[int]) -> dict[int, str]:
    """By the number of a row, that of the file in which it left."""
    these = (dispatches.c.id.in_(dispatch_ids), dispatches.c.way == FILE)
    return {row.id: row.batch for row in tx.execute(select(dispatches.c.id, dispatches.c.batch).where(*these))}

"""Keeping what sources tell of postings, each under its own key; what they stop telling is hidden, never deleted."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, delete, func, null, or_, select, update

from storage.database import Transaction, hold, insert
from storage.jobs import search
from storage.jobs.posting import CONTENT, SourcedPosting
from storage.tables import UtcDateTime, posting_payloads, postings

MOST_MISSED = 3  # good full runs in a row after which what was in none of them is hidden
TOGETHER = 500  # keys in one statement
FIRST_SHOWN = ("desk", "file", "work24", "seoul")  # whose posting is shown when several sources have the job

_AT = bindparam("at", type_=UtcDateTime)
_OF_SOURCE = postings.c.source == bindparam("of_source")
_NOT_HIDDEN = postings.c.hidden_at.is_(None)
_MISS = (
    update(postings)
    .where(_OF_SOURCE, _NOT_HIDDEN, postings.c.last_seen_at < bindparam("since", type_=UtcDateTime))
    .values(missed=postings.c.missed + 1)
)
_HIDE = update(postings).where(_OF_SOURCE, _NOT_HIDDEN, postings.c.missed >= MOST_MISSED).values(hidden_at=_AT)
_FORGET = delete(posting_payloads).where(posting_payloads.c.received_at < _AT)
_FOLD = update(postings).where(postings.c.id == bindparam("posting")).values(duplicate_of=bindparam("under"))


@dataclass(frozen=True)
class Kept:
    new: int
    updated: int
    same: int


class _Known(NamedTuple):
    id: int
    hash: str


def keep(tx: Transaction, source: str, sourced: Sequence[SourcedPosting], at: datetime, today: date) -> Kept:
    """Add, change or just see these postings, no key of which comes twice; what a source hid comes back."""
    hold(tx, "postings")
    hashes = {one.posting.source_key: _hash(one) for one in sourced}
    known = _known(tx, source, list(hashes))
    changed = [one for one in sourced if _is_news(known.get(one.posting.source_key), hashes[one.posting.source_key])]
    _write(tx, [_row(one, hashes[one.posting.source_key], at, today) for one in changed])
    _keep_beside(tx, source, changed, at)
    saw(tx, source, list(hashes), at)
    new = sum(one.posting.source_key not in known for one in changed)
    return Kept(new, len(changed) - new, len(sourced) - len(changed))


def preview(tx: Transaction, source: str, sourced: Sequence[SourcedPosting]) -> Kept:
    """What `keep` would do."""
    known = _known(tx, source, [one.posting.source_key for one in sourced])
    new = sum(one.posting.source_key not in known for one in sourced)
    updated = sum(_is_news(known.get(one.posting.source_key), _hash(one)) for one in sourced) - new
    return Kept(new, updated, len(sourced) - new - updated)


def saw(tx: Transaction, source: str, keys: Sequence[str], at: datetime) -> None:
    """The source still has these."""
    for part in _parts(keys):
        these = (postings.c.source == source, postings.c.source_key.in_(part))
        back = case((postings.c.is_barred, postings.c.hidden_at), else_=null())
        tx.execute(update(postings).where(*these).values(last_seen_at=at, missed=0, hidden_at=back))


def miss(tx: Transaction, source: str, since: datetime, at: datetime) -> int:
    """Count a good full run that began at `since` against all it didn't have; how many are hidden by it."""
    hold(tx, "postings")
    tx.execute(_MISS, {"of_source": source, "since": since})
    return tx.execute(_HIDE, {"of_source": source, "at": at}).rowcount


def bar(tx: Transaction, posting_id: int, at: datetime | None) -> None:
    """Hide a posting, whoever goes on telling it, or (None) show it again."""
    tx.execute(update(postings).where(postings.c.id == posting_id).values(hidden_at=at, is_barred=at is not None))


def fold(tx: Transaction, today: date) -> None:
    """Show one posting of each job that several sources have, and let the others stand behind it."""
    hold(tx, "postings")
    wanted = _folded(tx, today)
    folded = select(postings.c.id, postings.c.duplicate_of).where(postings.c.duplicate_of.is_not(None))
    now = {row.id: row.duplicate_of for row in tx.execute(folded)}
    changes = [(posting, wanted.get(posting)) for posting in wanted.keys() | now.keys()]
    rows = [{"posting": posting, "under": under} for posting, under in sorted(changes) if under != now.get(posting)]
    if rows:
        tx.execute(_FOLD, rows)


def forget_payloads_before(tx: Transaction, moment: datetime) -> None:
    tx.execute(_FORGET, {"at": moment})


def _is_news(known: _Known | None, found: str) -> bool:
    return known is None or known.hash != found


def _known(tx: Transaction, source: str, keys: Sequence[str]) -> dict[str, _Known]:
    found: dict[str, _Known] = {}
    for part in _parts(keys):
        these = (postings.c.source == source, postings.c.source_key.in_(part))
        rows = tx.execute(select(postings.c.source_key, postings.c.id, postings.c.hash).where(*these))
        found |= {row.source_key: _Known(row.id, row.hash) for row in rows}
    return found


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[at : at + TOGETHER] for at in range(0, len(keys), TOGETHER))


def _hash(sourced: SourcedPosting) -> str:
    content = [str(getattr(sourced.posting, name)) for name in CONTENT]
    return hashlib.sha256(json.dumps([*content, sourced.twin, sourced.search]).encode()).hexdigest()


def _row(sourced: SourcedPosting, found: str, at: datetime, today: date) -> dict[str, Any]:
    content = {name: getattr(sourced.posting, name) for name in CONTENT}
    # Who writes a day to come would stand on top until then.
    listed_on = min(sourced.posting.registered_on or today, today)
    seen = {"listed_on": listed_on, "first_seen_at": at, "last_seen_at": at}
    return {**content, **seen, "hash": found, "twin": sourced.twin, "search": sourced.search}


def _write(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    add = insert(tx, postings)
    change = {name: add.excluded[name] for name in rows[0] if name not in ("listed_on", "first_seen_at")}
    # What tells no day of its own stays where it was.
    is_dated = (add.excluded.registered_on.is_not(None), add.excluded.listed_on)
    change["listed_on"] = case(is_dated, else_=postings.c.listed_on)
    tx.execute(add.on_conflict_do_update(index_elements=["source", "source_key"], set_=change), rows)


def _keep_beside(tx: Transaction, source: str, changed: Sequence[SourcedPosting], at: datetime) -> None:
    ids = {key: known.id for key, known in _known(tx, source, [one.posting.source_key for one in changed]).items()}
    search.keep(tx, {ids[one.posting.source_key]: one.search for one in changed})
    payloads = [
        {"posting_id": ids[one.posting.source_key], "payload": one.payload, "received_at": at}
        for one in changed
        if one.payload is not None
    ]
    if payloads:
        add = insert(tx, posting_payloads)
        change = {name: add.excluded[name] for name in ("payload", "received_at")}
        tx.execute(add.on_conflict_do_update(index_elements=["posting_id"], set_=change), payloads)


def _folded(tx: Transaction, today: date) -> dict[int, int]:
    """Which open posting stands behind which."""
    is_open = (_NOT_HIDDEN, or_(postings.c.close_on.is_(None), postings.c.close_on >= today), postings.c.twin != "")
    shared = select(postings.c.twin).where(*is_open).group_by(postings.c.twin)
    shared = shared.having(func.count(postings.c.source.distinct()) > 1)
    columns = (postings.c.twin, postings.c.source, postings.c.id)
    groups: dict[str, list[tuple[int, int, str]]] = {}
    for row in tx.execute(select(*columns).where(*is_open, postings.c.twin.in_(shared))):
        groups.setdefault(row.twin, []).append((_rank(row.source), row.id, row.source))
    folded: dict[int, int] = {}
    for group in groups.values():
        _, first, source = min(group)
        folded |= {posting: first for _, posting, of in group if of != source}
    return folded


def _rank(source: str) -> int:
    return FIRST_SHOWN.index(source) if source in FIRST_SHOWN else len(FIRST_SHOWN)

"""A good full run of a feed, merged into what we know: first all its rows in parts, then what it left out."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.postings.records import Record, UnreadablePosting
from storage.database import Transaction
from storage.jobs import feed_runs, intake
from storage.jobs.feed_runs import Run
from storage.jobs.intake import Kept
from storage.jobs.posting import SourcedPosting

log = logging.getLogger(__name__)

NAMED = 5  # of what couldn't be read
PART = 200  # postings in one transaction: others who write wait no longer than that


@dataclass(frozen=True)
class Reading:
    """What could be read of a feed, each key once, and the keys of rows that couldn't ("" where even that is lost)."""

    postings: tuple[SourcedPosting, ...]
    unread: tuple[str, ...]

    def parts(self) -> Iterator[Sequence[SourcedPosting]]:
        return (self.postings[at : at + PART] for at in range(0, len(self.postings), PART))


def read(
    records: Iterable[Record], key: Callable[[Record], str], reader: Callable[[Record], SourcedPosting]
) -> Reading:
    """Every row on its own: one that can't be read takes no other with it."""
    postings: dict[str, SourcedPosting] = {}
    unread: list[str] = []
    why: Counter[str] = Counter()
    for record in records:
        try:
            one = reader(record)
            postings[one.posting.source_key] = one
        except Exception as error:
            unread.append(key(record))
            why[str(error) if isinstance(error, UnreadablePosting) else type(error).__name__] += 1
    if why:
        log.warning("postings not read %s", dict(why))
    return Reading(tuple(postings.values()), tuple(unread))


def end(
    tx: Transaction, source: str, reading: Reading, kept: Iterable[Kept], began: datetime, now: datetime, today: date
) -> Run:
    """Count the run against what it left out, when all its parts are kept; `began` was their `at`."""
    intake.saw(tx, source, [key for key in reading.unread if key], began)
    hidden = intake.miss(tx, source, began, now)
    intake.fold(tx, today)
    parts = list(kept)
    counts = (sum(part.new for part in parts), sum(part.updated for part in parts), sum(part.same for part in parts))
    run = Run(source, began, now, "ok", _named(reading.unread), *counts, skipped=len(reading.unread), hidden=hidden)
    feed_runs.add(tx, run)
    return run


def _named(unread: Sequence[str]) -> str:
    """Which postings couldn't be read, for an officer to look up there: "K2, K3 밖 4건, 번호 없는 것 1건"."""
    keys = [key for key in unread if key]
    more = f" 밖 {len(keys) - NAMED:,}건" if len(keys) > NAMED else ""
    nameless = len(unread) - len(keys)
    return ", ".join(filter(None, (", ".join(keys[:NAMED]) + more, f"번호 없는 것 {nameless:,}건" if nameless else "")))

"""What a file says of job postings: a line for each new one, and old and new values of those that change."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from handlers.language.days import dates
from handlers.staff.desk import differences
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import Changed, Rows, table
from handlers.staff.desk.told import Listing, Table
from handlers.staff.files.rows import Row
from handlers.staff.postings.columns import COLUMNS
from storage.jobs.posting import CONTENT, Posting, SourcedPosting


class Read(NamedTuple):
    row: Row
    one: SourcedPosting


def tables(read: Sequence[Read], known: Mapping[str, Posting | None], desk: Desk) -> Iterator[Listing | Table]:
    new = tuple(_line(one.posting, desk) for _, one in read if known[one.posting.source_key] is None)
    if new:
        yield Listing(new, "새로 등록하는 공고입니다.")
    yield from table(_changed(read, known, desk), "바뀌는 공고입니다.")


def _line(posting: Posting, desk: Desk) -> str:
    parts = (posting.region, _close(posting, desk), posting.salary, posting.category)
    return f"{posting.company} {posting.title}: {', '.join(filter(None, parts))}"


def _close(posting: Posting, desk: Desk) -> str:
    until = dates.day(posting.close_on, "ko", today=desk.today) if posting.close_on else ""
    filled = "채용시까지" if posting.until_filled else ""
    return f"마감 {' 또는 '.join(filter(None, (until, filled)))}"


def _changed(read: Sequence[Read], known: Mapping[str, Posting | None], desk: Desk) -> Iterator[Changed]:
    for row, one in read:
        before = known[one.posting.source_key]
        if before and any(getattr(before, name) != getattr(one.posting, name) for name in CONTENT):
            yield Changed(f"{before.company} {before.title}", _rows(row, before, one.posting, desk))


def _rows(row: Row, before: Posting, after: Posting, desk: Desk) -> Rows:
    rows = differences.rows(COLUMNS, row, before, after, desk.organization.timezone)
    old, new = _close(before, desk), _close(after, desk)
    return rows if old == new else (*rows, ("마감일", f"{old.removeprefix('마감 ')} → {new.removeprefix('마감 ')}"))

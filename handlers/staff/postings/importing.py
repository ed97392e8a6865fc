"""Taking in postings that officers have found: all rows or none, and the same again changes nothing."""

from collections.abc import Iterator, Sequence

from handlers.language.letters.spelling import compact
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import NOTHING_SAID, Imported, Importer, Meant, first_of, summary
from handlers.staff.desk.told import Told
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import POSTING, Row
from handlers.staff.postings import columns, template
from handlers.staff.postings.columns import COLUMNS
from storage import posting_intake, postings
from storage.database import Transaction
from storage.posting import SourcedPosting

MOST = 2_000  # rows in one file: bounds how long others wait
FILE, DESK = "file", "desk"


def import_postings(
    tx: Transaction,
    desk: Desk,
    rows: Sequence[Row],
    only_check: bool = False,
    meant: Meant = NOTHING_SAID,
    source: str = FILE,
) -> Imported:
    """Add and change postings by their numbers."""
    problems, listings = _check(tx, rows, source)
    if problems:
        return Imported(problems=problems)
    if only_check:
        kept = posting_intake.preview(tx, source, listings)
    else:
        kept = posting_intake.keep(tx, source, listings, desk.now, desk.today)
        posting_intake.fold(tx, desk.today)
    return Imported("채용공고", "개", kept.new, kept.updated, kept.same, facts=_closed(listings, desk))


IMPORTER = Importer((POSTING,), import_postings, template.pages)


def _closed(listings: Sequence[SourcedPosting], desk: Desk) -> tuple[str, ...]:
    """Those whose last day is over already."""
    titles = [one.posting.title for one in listings if not one.posting.is_open(desk.today)]
    return (f"마감일이 지나 주민에게 보이지 않는 공고가 있습니다: {first_of(titles)}",) if titles else ()


def _check(tx: Transaction, rows: Sequence[Row], source: str) -> tuple[tuple[Problem, ...], list[SourcedPosting]]:
    if len(rows) > MOST:
        why = f"한 번에 {MOST:,}개까지 등록할 수 있습니다. 나누어 주세요."
        return (Problem(rows[0].sheet, None, why),), []
    checks = [(row, *columns.read(row, source)) for row in rows]
    read = [(row, one) for row, one, _ in checks if one]
    problems = [*COLUMNS.header_problems(rows), *(problem for *_, found in checks for problem in found)]
    return (*problems, *_twins(read), *_others(tx, read, source)), [one for _, one in read]


def _twins(read: Sequence[tuple[Row, SourcedPosting]]) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for row, one in read:
        before = first.setdefault(one.posting.source_key, row)
        if before is not row:
            where = f"{before.sheet} {before.number}{'행' if before.letters else '번째'}"
            yield COLUMNS.wrong(
                row, "number", f"{where}에 같은 공고가 있습니다. 다른 번호를 적거나 한 줄만 남겨 주세요."
            )


def _others(tx: Transaction, read: Sequence[tuple[Row, SourcedPosting]], source: str) -> Iterator[Problem]:
    """Numbers under which another posting is known: who counts rows in each file must not overwrite the last one's."""
    for row, one in read:
        wanted = one.posting
        known = postings.by_key(tx, source, wanted.source_key)
        if (
            known
            and compact(known.title) != compact(wanted.title)
            and compact(known.company) != compact(wanted.company)
        ):
            why = f"이 번호는 ‘{known.company}’의 ‘{known.title}’ 공고입니다. 다른 번호를 적거나 비워 주세요."
            yield COLUMNS.wrong(row, "number", why)


def _add(tx: Transaction, desk: Desk, rows: Sequence[Row], **_named: str) -> Told:
    return summary([import_postings(tx, desk, rows, source=DESK)])


ADD = acts.add(Act("add-posting", "채용공고 등록", _add, repeats=True))

"""Taking in postings that officers have found: all rows or none, and the same again changes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial

from handlers.language.letters.spelling import compact
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import NOTHING_SAID, Imported, Importer, Meant, first_of, summary
from handlers.staff.desk.told import Told
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import POSTING, Row
from handlers.staff.postings import columns, template, told
from handlers.staff.postings.columns import COLUMNS
from handlers.staff.postings.told import Read
from storage.database import Transaction
from storage.jobs import intake, postings
from storage.jobs.posting import Posting, SourcedPosting

MOST = 2_000  # rows in one file: bounds how long others wait
FILE, DESK = "file", "desk"
FAR = timedelta(days=366)
MOST_OPENINGS = 200


def import_postings(
    tx: Transaction,
    desk: Desk,
    rows: Sequence[Row],
    only_check: bool = False,
    source: str = FILE,
    *,
    meant: Meant = NOTHING_SAID,
) -> Imported:
    """Add and change postings by their numbers."""
    problems, read = _check(tx, rows, source)
    known = {one.posting.source_key: postings.by_key(tx, source, one.posting.source_key) for _, one in read}
    asked = () if meant.as_written else tuple(_odd(read, known, desk))
    if problems or asked:
        return Imported(problems=problems, questions=asked)
    listings, tables = [one for _, one in read], tuple(told.tables(read, known, desk))
    if only_check:
        kept = intake.preview(tx, source, listings)
    else:
        kept = intake.keep(tx, source, listings, desk.now, desk.today)
        intake.fold(tx, desk.today)
    facts = _closed(listings, desk)
    return Imported("채용공고", "개", kept.new, kept.updated, kept.same, facts=facts, tables=tables)


IMPORTER = Importer((POSTING,), import_postings, template.pages)


def _closed(listings: Sequence[SourcedPosting], desk: Desk) -> tuple[str, ...]:
    """Those whose last day is over already."""
    titles = [one.posting.title for one in listings if not one.posting.is_open(desk.today)]
    return (f"마감일이 지나 주민에게 보이지 않는 공고가 있습니다: {first_of(titles)}",) if titles else ()


def _odd(read: Sequence[Read], known: Mapping[str, Posting | None], desk: Desk) -> Iterator[Problem]:
    """What can be read but is hardly meant."""
    for row, one in read:
        before = known[one.posting.source_key]
        if before and (before.close_on, before.openings) == (one.posting.close_on, one.posting.openings):
            continue  # it was asked about then
        close_on, registered_on = one.posting.close_on, one.posting.registered_on
        if close_on and close_on - desk.today > FAR:
            yield COLUMNS.wrong(row, "close", "마감일이 1년 넘게 남았습니다. 연도가 맞는지 확인해 주세요.")
        if registered_on and registered_on > desk.today:
            yield COLUMNS.wrong(row, "registered_on", "아직 오지 않은 날입니다. 연도가 맞는지 확인해 주세요.")
        if (one.posting.openings or 0) > MOST_OPENINGS:
            yield COLUMNS.wrong(
                row, "openings", f"{one.posting.openings:,}명으로 읽었습니다. 숫자가 맞는지 확인해 주세요."
            )


def _check(tx: Transaction, rows: Sequence[Row], source: str) -> tuple[tuple[Problem, ...], list[Read]]:
    if len(rows) > MOST:
        why = f"한 번에 {MOST:,}개까지 등록할 수 있습니다. 나누어 주세요."
        return (Problem(rows[0].sheet, None, why),), []
    checks = [(row, *columns.read(row, source, partial(postings.by_key, tx, source))) for row in rows]
    read = [Read(row, one) for row, one, _ in checks if one]
    problems = [*COLUMNS.header_problems(rows), *(problem for *_, found in checks for problem in found)]
    return (*problems, *_twins(read), *_others(tx, read, source)), read


def _twins(read: Sequence[Read]) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for row, one in read:
        before = first.setdefault(one.posting.source_key, row)
        if before is not row:
            where = f"{before.sheet} {before.number}{'행' if before.letters else '번째'}"
            yield COLUMNS.wrong(
                row, "number", f"{where}에 같은 공고가 있습니다. 다른 번호를 적거나 한 줄만 남겨 주세요."
            )


def _others(tx: Transaction, read: Sequence[Read], source: str) -> Iterator[Problem]:
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
    return summary([import_postings(tx, desk, rows, source=DESK, meant=Meant(as_written=True))])


def check_one(tx: Transaction, _: Desk, rows: Sequence[Row]) -> tuple[str, ...]:
    """What is wrong with a posting as it was typed."""
    return tuple(map(str, _check(tx, rows, DESK)[0]))


ADD = acts.add(Act("add-posting", "채용공고 등록", _add, repeats=True))

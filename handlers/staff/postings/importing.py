"""Taking in postings that officers have found: all rows or none, and the same again changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.language.spelling import compact
from handlers.staff.desk.desk import Desk
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import Row
from handlers.staff.postings import columns
from handlers.staff.postings.columns import COLUMNS
from storage import posting_intake, postings
from storage.database import Transaction
from storage.posting import Told
from storage.posting_intake import Kept

MOST = 2_000  # rows in one file: bounds how long others wait
NOTHING = Kept(0, 0, 0)
FILE, DESK = "file", "desk"


@dataclass(frozen=True)
class Report:
    """What was done, or would be. With problems nothing was."""

    problems: tuple[Problem, ...] = ()
    kept: Kept = NOTHING
    closed: tuple[str, ...] = ()  # titles whose last day is over already

    def lines(self) -> list[str]:
        """For an officer, in Korean."""
        if self.problems:
            told = f"고칠 곳이 {len(self.problems)}군데 있어 아무것도 등록하지 않았습니다."
            return [told, *(f"- {problem}" for problem in self.problems)]
        counts = f"채용공고: 새로 {self.kept.new}개, 바뀜 {self.kept.updated}개, 그대로 {self.kept.same}개입니다."
        titles = f"{', '.join(self.closed[:5])}{f' 외 {len(self.closed) - 5}개' if len(self.closed) > 5 else ''}"
        return [counts, *([f"마감일이 지나 주민에게 보이지 않는 공고가 있습니다: {titles}"] if self.closed else [])]


def preview(tx: Transaction, desk: Desk, rows: Sequence[Row], source: str = FILE) -> Report:
    """What `take_in` would do now; only reads."""
    problems, told = _check(tx, rows, source)
    return Report(problems) if problems else _report(posting_intake.preview(tx, source, told), told, desk)


def take_in(tx: Transaction, desk: Desk, rows: Sequence[Row], source: str = FILE) -> Report:
    """Add and change postings by their numbers; nothing at all when the report has problems."""
    problems, told = _check(tx, rows, source)
    if problems:
        return Report(problems)
    kept = posting_intake.keep(tx, source, told, desk.now, desk.today)
    posting_intake.fold(tx, desk.today)
    return _report(kept, told, desk)


def _report(kept: Kept, told: Sequence[Told], desk: Desk) -> Report:
    closed = (one.posting.title for one in told if not one.posting.is_open(desk.today))
    return Report((), kept, tuple(closed))


def _check(tx: Transaction, rows: Sequence[Row], source: str) -> tuple[tuple[Problem, ...], list[Told]]:
    if len(rows) > MOST:
        why = f"한 번에 {MOST:,}개까지 등록할 수 있습니다. 나누어 주세요."
        return (Problem(rows[0].sheet, None, why),), []
    checks = [(row, *columns.read(row, source)) for row in rows]
    read = [(row, told) for row, told, _ in checks if told]
    problems = [*COLUMNS.header_problems(rows), *(problem for *_, found in checks for problem in found)]
    return (*problems, *_twins(read), *_others(tx, read, source)), [told for _, told in read]


def _twins(read: Sequence[tuple[Row, Told]]) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for row, told in read:
        before = first.setdefault(told.posting.source_key, row)
        if before is not row:
            where = f"{before.sheet} {before.number}{'행' if before.letters else '번째'}"
            yield COLUMNS.wrong(
                row, "number", f"{where}에 같은 공고가 있습니다. 다른 번호를 적거나 한 줄만 남겨 주세요."
            )


def _others(tx: Transaction, read: Sequence[tuple[Row, Told]], source: str) -> Iterator[Problem]:
    """Numbers under which another posting is known: who counts rows in each file must not overwrite the last one's."""
    for row, told in read:
        known = postings.by_key(tx, source, told.posting.source_key)
        wanted = told.posting
        if (
            known
            and compact(known.title) != compact(wanted.title)
            and compact(known.company) != compact(wanted.company)
        ):
            why = f"이 번호는 ‘{known.company}’의 ‘{known.title}’ 공고입니다. 다른 번호를 적거나 비워 주세요."
            yield COLUMNS.wrong(row, "number", why)

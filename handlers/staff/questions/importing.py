"""Taking in the questions that officers answer often: all rows or none, and only what the file speaks of changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.language.letters.spelling import compact
from handlers.staff.desk import differences
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import Changed, table
from handlers.staff.desk.imported import NOTHING_SAID, Imported, Importer, Meant
from handlers.staff.desk.told import Listing
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import COMMON_QUESTION, Row
from handlers.staff.questions import template
from handlers.staff.questions.columns import COLUMNS
from storage.database import Transaction, hold
from storage.dialogue import common_questions
from storage.dialogue.common_questions import CommonQuestion

Read = tuple[Row, CommonQuestion]
LONG_AGO = timedelta(days=3650)


def import_questions(
    tx: Transaction, desk: Desk, rows: Sequence[Row], only_check: bool = False, meant: Meant = NOTHING_SAID
) -> Imported:
    """Add and change questions by their numbers; what its file has no column for stays as it was."""
    if not only_check:
        hold(tx, "common questions")
    known = {each.code: each for each in common_questions.all_of_them(tx)}
    read, problems = _read(rows, known)
    problems += [*_too_new(read, desk), *_twins(read, known)]
    asked = () if meant.as_written else tuple(_odd(read, known, desk))
    if problems or asked:
        return Imported(problems=tuple(problems), questions=asked)
    wanted = [each for _, each in read]
    new = [each for each in wanted if each.code not in known]
    changed = [each for each in wanted if each.code in known and each != known[each.code]]
    if not only_check:
        common_questions.save(tx, [*new, *changed])
    lines = tuple(f"{each.code} {each.question}" for each in new)
    tables = (
        *((Listing(lines, "새로 등록하는 질문입니다."),) if lines else ()),
        *table(_told(read, known, changed, desk), "바뀌는 질문입니다."),
    )
    same = len(wanted) - len(new) - len(changed)
    return Imported("자주 묻는 질문", "개", len(new), len(changed), same, tables=tables)


IMPORTER = Importer((COMMON_QUESTION,), import_questions, template.pages)


def codes(rows: Sequence[Row]) -> list[str]:
    """The numbers of the questions that a file speaks of, as far as it can be read."""
    return [each.code for _, each in _read(rows, {})[0]]


def _read(rows: Sequence[Row], known: Mapping[str, CommonQuestion]) -> tuple[list[Read], list[Problem]]:
    problems = COLUMNS.header_problems(rows)
    read: list[Read] = []
    for row in rows:
        values, wrong = COLUMNS.read(row)
        problems += wrong
        if values is not None:
            read.append((row, _wanted(row, values, known.get(values["code"]))))
    return read, problems


def _wanted(row: Row, values: dict[str, Any], before: CommonQuestion | None) -> CommonQuestion:
    if before is None:
        return CommonQuestion(id=0, **values)
    return replace(before, **{field: value for field, value in values.items() if COLUMNS.has(row, field)})


def _too_new(read: Sequence[Read], desk: Desk) -> Iterator[Problem]:
    for row, each in read:
        if each.as_of > desk.today:
            yield COLUMNS.wrong(row, "as_of", "아직 오지 않은 날입니다. 답을 확인한 날을 적어 주세요.")


def _odd(read: Sequence[Read], known: Mapping[str, CommonQuestion], desk: Desk) -> Iterator[Problem]:
    """Days that are hardly meant."""
    for row, each in read:
        before = known.get(each.code)
        if desk.today - each.as_of > LONG_AGO and (before is None or before.as_of != each.as_of):
            years = (desk.today - each.as_of).days // 365
            yield COLUMNS.wrong(row, "as_of", f"{years}년 전입니다. 연도가 맞는지 확인해 주세요.")


def _twins(read: Sequence[Read], known: Mapping[str, CommonQuestion]) -> Iterator[Problem]:
    """One number for two questions, or one question under two numbers, be it in the file or known already."""
    yield from _met_before(read, "code", ())
    named = {each.code for _, each in read}
    yield from _met_before(read, "question", [each for each in known.values() if each.code not in named])


def _met_before(read: Sequence[Read], field: str, others: Iterable[CommonQuestion]) -> Iterator[Problem]:
    met = {compact(getattr(each, field)): f"‘{each.code}’번으로 등록한" for each in others}
    for row, each in read:
        said = compact(getattr(each, field))
        if said in met:
            what = "번호가" if field == "code" else "질문이"
            yield COLUMNS.wrong(row, field, f"{met[said]} 줄과 {what} 같습니다. 하나만 남겨 주세요.")
        met.setdefault(said, f"{row.sheet} {row.number}{'행' if row.letters else '번째'}의")


def _told(
    read: Sequence[Read], known: Mapping[str, CommonQuestion], changed: Sequence[CommonQuestion], desk: Desk
) -> Iterator[Changed]:
    for row, each in read:
        if each in changed:
            before = known[each.code]
            rows = differences.rows(COLUMNS, row, before, each, desk.organization.timezone)
            yield Changed(f"{before.code} {before.question}", rows)

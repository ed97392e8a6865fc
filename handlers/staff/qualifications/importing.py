"""Taking in qualifications from officers' files: all rows or none, each told by the number of its application."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.language.days import dates
from handlers.language.letters.spelling import compact
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import NOTHING_SAID, Imported, Importer, Meant
from handlers.staff.desk.told import Listing
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import QUALIFICATION, Row, is_blank
from handlers.staff.files.workbook import Page
from handlers.staff.qualifications.columns import COLUMNS
from handlers.staff.qualifications.entering import entered
from storage.completion import qualifications
from storage.completion.qualifications import Qualification
from storage.database import Transaction
from storage.people import residents
from storage.seating import enrollments

Read = tuple[Row, Qualification]
Key = tuple[int, str, str]


def import_qualifications(
    tx: Transaction, desk: Desk, rows: Sequence[Row], only_check: bool = False, meant: Meant = NOTHING_SAID
) -> Imported:
    """Enter them; what is known of the same person, name and grade gets the number and the day of the file."""
    read, problems = _read(tx, desk, rows)
    problems += _twins(read)
    odd = () if meant.as_written else tuple(_odd(tx, read))
    if problems or odd:
        return Imported(problems=tuple(problems), questions=odd)
    known = _known(tx, read)
    new = [each for _, each in read if _key(each) not in known]
    changed = [each for _, each in read if _key(each) in known and not _is_same(each, known[_key(each)])]
    if not only_check:
        for each in (*new, *changed):
            qualifications.save(tx, each)
    tables = (*_listed(new, "새로 적는 자격입니다."), *_listed(changed, "번호나 날짜가 바뀌는 자격입니다."))
    return Imported("취득 자격", "건", len(new), len(changed), len(read) - len(new) - len(changed), tables=tables)


def applications(rows: Sequence[Row]) -> list[int]:
    """The numbers of the applications that a file speaks of, as far as it can be read."""
    read = (COLUMNS.read(row)[0] for row in _filled(rows))
    return sorted({values["enrollment_id"] for values in read if values})


def _read(tx: Transaction, desk: Desk, rows: Sequence[Row]) -> tuple[list[Read], list[Problem]]:
    problems = COLUMNS.header_problems(rows)
    read: list[Read] = []
    for row in _filled(rows):
        values, wrong = COLUMNS.read(row)
        problems += wrong
        if values is None:
            continue
        mine = enrollments.find(tx, values["enrollment_id"])
        if mine is None or mine.state != "completed":
            why = "수료하지 않은 신청입니다." if mine else "이런 번호의 신청이 없습니다."
            problems.append(COLUMNS.wrong(row, "enrollment_id", f"{why} 수강생 명단에서 번호를 확인해 주세요."))
        elif values["acquired_on"] > desk.today:
            why = "아직 오지 않은 날입니다. 자격증에 적힌 날을 적어 주세요."
            problems.append(COLUMNS.wrong(row, "acquired_on", why))
        else:
            desk.seen.add(mine.resident_id)
            problems += _of_another(tx, row, mine.resident_id, values["person"])
            read.append((row, entered(desk, mine, values["name"], values["license_number"], values["acquired_on"])))
    return read, problems


def _filled(rows: Sequence[Row]) -> Iterator[Row]:
    """But for those of a list in which nothing was entered yet."""
    for row in rows:
        written = COLUMNS.written(row)
        if not all(is_blank(written.get(field)) for field in ("name", "license_number", "acquired_on")):
            yield row


def _of_another(tx: Transaction, row: Row, resident_id: int, written: str) -> Iterator[Problem]:
    """The name is for the eye, and tells that a line slipped."""
    name = residents.with_ids(tx, [resident_id])[resident_id].name
    if written and name and compact(written) != compact(name):
        yield COLUMNS.wrong(row, "person", "신청번호의 이름과 다릅니다. 번호나 이름을 고쳐 주세요.")


def _twins(read: Sequence[Read]) -> Iterator[Problem]:
    met: set[Key] = set()
    for row, each in read:
        if _key(each) in met:
            yield COLUMNS.wrong(row, "name", "같은 분의 같은 자격이 파일에 두 번 있습니다. 한 줄만 남겨 주세요.")
        met.add(_key(each))


def _odd(tx: Transaction, read: Sequence[Read]) -> Iterator[Problem]:
    """Acquired before one had even applied for the course."""
    for row, each in read:
        mine = enrollments.get(tx, each.enrollment_id)
        if each.acquired_on < mine.applied_at.date():
            yield COLUMNS.wrong(row, "acquired_on", "과정을 신청하기 전입니다. 연도가 맞는지 확인해 주세요.")


def _known(tx: Transaction, read: Sequence[Read]) -> dict[Key, Qualification]:
    return {_key(each): each for each in qualifications.of_enrollments(tx, {one.enrollment_id for _, one in read})}


def _key(one: Qualification) -> Key:
    return one.enrollment_id, one.name, one.grade


def _is_same(one: Qualification, known: Qualification) -> bool:
    as_known = replace(one, id=known.id, told_at=known.told_at, entered_by=known.entered_by)
    return as_known == known


def _listed(found: Sequence[Qualification], title: str) -> Iterator[Listing]:
    lines = (
        f"신청 {each.enrollment_id}: {each.name} {each.grade}".rstrip() + f", {dates.day(each.acquired_on, 'ko')}"
        for each in found
    )
    if found:
        yield Listing(tuple(lines), title)


def _template(_: object) -> list[Page]:
    known = ("enrollment_id", "person", "course")  # an example that nothing is entered of
    example: dict[str, object] = {column.field: column.example for column in COLUMNS.all if column.field in known}
    advice = "2행은 예시이니 지우고 적어 주세요. 과정의 명단은 qualifications 명령이나 자격 화면에서 받을 수 있습니다."
    return [Page("자격취득", COLUMNS, [example], advice)]


IMPORTER = Importer((QUALIFICATION,), import_qualifications, _template)

"""Attendance as a sheet: out and back nothing changes, a slip is named with its place, only marks are written."""

import io
from dataclasses import fields
from datetime import datetime, timedelta

import pytest
from openpyxl import Workbook
from sqlalchemy import select, update

from handlers.staff.attendance.sheets import exporting, importing
from handlers.staff.attendance.sheets.layout import heading
from handlers.staff.courses.classes import moving
from handlers.staff.desk import acts, undoing
from handlers.staff.files.reading import sheets
from handlers.staff.reports import lists
from storage import tables
from storage.teaching import sessions
from tests.support.domain import SEOUL
from tests.support.people.attending import has_classes, marks

pytestmark = pytest.mark.on_sqlite
WRITTEN = "출지조결인"


class Sheet:
    """A sheet of the course T1 in the hands of an officer; `rows` are as Excel shows them."""

    def __init__(self, school):
        self.school = school
        self.rows = []

    async def comes(self, kind=".csv"):
        told = await self.school.gets(exporting.show, "T1")
        self.rows = [list(told.tables[0].columns), *map(list, told.tables[0].rows)]
        return sheets.grids_of(f"a{kind}", lists.MAKERS[kind](told))

    def grids(self):
        book = Workbook()
        for row in self.rows:
            book.active.append(row)
        content = io.BytesIO()
        book.save(content)
        return sheets.grids_of("a.xlsx", content.getvalue())

    async def shows(self, grids=None, **args):
        given = {"files": [("a.xlsx", grids or self.grids())], **args}
        return await self.school.gets(importing.check, "T1", **given)

    async def is_brought_in(self, **args):
        given = {"code": "T1", "files": [("a.xlsx", self.grids())], "names": ["a.xlsx"], **args}
        return await self.school.gets(acts.perform, importing.IMPORT, given)


@pytest.fixture
async def roll_sheet(school, resident):
    """Two people and five classes that are over, of which the first person's are all marked."""
    course = await school.opens(code="T1")
    for number, name in ((1, "홍길동"), (2, "=위험")):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}", name=name if number == 1 else "김하나")
    school.waits(days=60)
    await has_classes(school, course, 5)
    await marks(school, course, 1, WRITTEN)
    found = Sheet(school)
    await found.comes()
    return found


async def counting(school):
    these = select(tables.attendance).where(tables.attendance.c.standing == "counts")
    return await school.rows(these.order_by(tables.attendance.c.enrollment_id, tables.attendance.c.session_id))


async def everything_else(school):
    """All of the course and its people but for attendance."""
    found = (tables.courses, tables.sessions, tables.enrollments, tables.residents, tables.outbox)
    return [await school.rows(select(table).order_by(table.c.id)) for table in found]


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
async def test_out_and_back_nothing_changes(school, roll_sheet, kind):
    told = await roll_sheet.shows(await roll_sheet.comes(kind))
    assert told.title == "‘바리스타 2급’(T1) 출석부: 새로 0칸, 바뀜 0칸, 그대로 5칸입니다."
    assert (told.tables, told.is_good) == ((), True)


async def test_a_sheet_has_a_row_a_person_and_a_column_a_class(roll_sheet):
    assert [each[:2] for each in roll_sheet.rows] == [["신청번호", "이름"], ["1", "홍길동"], ["2", "김하나"]]
    assert roll_sheet.rows[1][2:] == ["출석", "지각", "조퇴", "결석", "인정결석"]
    assert roll_sheet.rows[0][2].startswith("1회 20")


@pytest.mark.parametrize(
    ("signs", "read"),
    [
        (["○", "△", "✕", "O", "X"], ["출석", "지각", "결석", "출석", "결석"]),
        (["P", "l", "Ｅ", "a", "조퇴"], ["출석", "지각", "인정결석", "결석", "조퇴"]),
        (["출", "지", "조", "결", "공결"], ["출석", "지각", "조퇴", "결석", "인정결석"]),
    ],
)
async def test_signs_are_read_and_shown_before_anything_is_done(school, roll_sheet, signs, read):
    roll_sheet.rows[2][2:] = signs
    before = await counting(school)
    told = await roll_sheet.shows()
    assert [row[3:] for row in told.tables[0].rows] == [("-", each) for each in read]
    assert await counting(school) == before


async def test_the_mark_alone_is_written_and_undone(school, roll_sheet):
    roll_sheet.rows[2][1] = ""
    roll_sheet.rows[2][2:4] = ["○", "✕"]
    others, before = await everything_else(school), await counting(school)
    told = await roll_sheet.is_brought_in()
    added = (await counting(school))[5:]
    assert [(each.enrollment_id, each.mark, each.way, each.entered_by) for each in added] == [
        (2, "present", "sheet", "배움톡"),
        (2, "absent", "sheet", "배움톡"),
    ]
    assert await everything_else(school) == others
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert await counting(school) == before


async def test_a_blank_cell_changes_nothing(school, roll_sheet):
    roll_sheet.rows[1][2:] = [""] * 5
    assert (await roll_sheet.shows()).tables == ()


async def test_a_correction_after_the_day_needs_one_reason_for_the_file(school, roll_sheet):
    roll_sheet.rows[1][2:] = ["결석", "결석", "조퇴", "결석", "출석"]
    shown = await roll_sheet.shows()
    assert (shown.is_good, shown.notes[-1]) == (False, importing.NEEDS_REASON)
    assert [row[3:] for row in shown.tables[0].rows] == [("출석", "결석"), ("지각", "결석"), ("인정결석", "출석")]
    given = {"files": [("a.xlsx", roll_sheet.grids())]}
    assert importing.NEEDS_REASON in await school.declines(importing.bring_in, "T1", **given)
    await roll_sheet.is_brought_in(why="종이 출석부와 달라서")
    old = select(tables.attendance.c.mark).where(tables.attendance.c.standing == "replaced")
    assert sorted(row.mark for row in await school.rows(old)) == ["excused", "late", "present"]
    assert {row.reason for row in await counting(school) if row.way == "sheet"} == {"종이 출석부와 달라서"}


@pytest.mark.parametrize(
    ("row", "column", "value", "place", "words"),
    [
        (1, 2, "??", "2행 C열", "‘??’ → 출석, 지각"),
        (1, 2, 1, "2행 C열", "출석, 지각"),
        (1, 2, "=1+1", "2행 C열", "계산된 값이 없는 수식입니다"),
        (1, 1, "김하나", "2행", "이름이 이 신청번호의 이름과 다릅니다"),
        (1, 0, "99", "2행", "이 과정 수강생의 신청번호가 아닙니다"),
        (2, 0, "1", "3행", "같은 신청번호가"),
        (0, 2, "9회 2026-12-01", "1행 C열", "이런 수업이 없습니다"),
        (0, 2, "1회", "1행 C열", "수업 날짜도 적어 주세요"),
        (0, 2, "1회 2020-01-01", "1행 C열", "이 수업은 지금"),
    ],
)
async def test_a_slip_is_named_with_its_place_and_nothing_is_done(school, roll_sheet, row, column, value, place, words):
    roll_sheet.rows[2][2:] = ["○"] * 5
    roll_sheet.rows[row][column] = value
    before = await counting(school)
    shown = await roll_sheet.shows()
    (problem,) = shown.tables[0].items[:1]
    assert (shown.is_good, place in problem, words in problem) == (False, True, True), problem
    declined = await school.declines(importing.bring_in, "T1", files=[("a.xlsx", roll_sheet.grids())])
    assert words in declined
    assert await counting(school) == before


async def test_somebody_without_an_application_is_registered_first(roll_sheet):
    roll_sheet.rows.append(["", "처음 온 분", "○"])
    assert "먼저 신청을 접수해 주세요" in (await roll_sheet.shows()).tables[0].items[0]


async def test_a_class_that_was_moved_since_is_told(school, roll_sheet):
    school.waits(days=-2)
    await school.gets(acts.perform, moving.MOVE, {"code": "T1", "number": 5, "when": "2027-03-02 14:00"})
    assert "이 수업은 지금 2027년 3월 2일(화)에 있습니다" in (await roll_sheet.shows()).tables[0].items[0]


async def test_what_is_still_to_come_takes_only_excuses(school, roll_sheet):
    school.waits(days=-3)
    roll_sheet.rows[2][5:7] = ["인정결석", "○"]
    (problem,) = (await roll_sheet.shows()).tables[0].items
    assert "3행 G열" in problem
    assert "아직 하지 않은 수업입니다" in problem


async def test_a_class_is_headed_by_its_number_and_day(school, roll_sheet):
    first = (await school.database.read(lambda tx: sessions.of_courses(tx, [1])))[0]
    assert roll_sheet.rows[0][2] == heading(first, SEOUL)
    assert len(fields(first)) > 1


@pytest.mark.parametrize("name", ["성명", "성 명", "이름*", "수강생명(필수)"])
async def test_lines_that_slipped_are_found_however_the_names_are_headed(roll_sheet, name):
    roll_sheet.rows[0][1] = name
    roll_sheet.rows[1][1], roll_sheet.rows[2][1] = "김하나", "홍길동"
    shown = await roll_sheet.shows()
    assert [item.partition(" → ")[2][:3] for item in shown.tables[0].items] == ["이름이"] * 2


@pytest.mark.parametrize(
    "heading",
    ["{0}차시 {1:%Y-%m-%d}", "제{0}회 {1:%m/%d}", "{1:%Y-%m-%d}", "{1:%Y. %m. %d.}(일)", "{1:%m월 %d일}", "{1:%m/%d}"],
)
async def test_classes_are_known_by_number_and_day_or_by_the_day_alone(roll_sheet, heading):
    days = [datetime.fromisoformat(each.split()[-1]) for each in roll_sheet.rows[0][2:]]
    roll_sheet.rows[0][2:] = [heading.format(number, day) for number, day in enumerate(days, 1)]
    roll_sheet.rows[2][2:] = "○△○✕○"
    shown = await roll_sheet.shows()
    assert [row[2:] for row in shown.tables[0].rows] == [
        (f"{number}회 {day:%Y-%m-%d}", "-", mark)
        for number, (day, mark) in enumerate(zip(days, ("출석", "지각", "출석", "결석", "출석"), strict=True), 1)
    ]


async def test_a_day_that_excel_typed_is_that_of_its_class(roll_sheet):
    roll_sheet.rows[0][2:] = [datetime.fromisoformat(each.split()[-1]) for each in roll_sheet.rows[0][2:]]
    roll_sheet.rows[2][2:] = ["○"] * 5
    assert len((await roll_sheet.shows()).tables[0].rows) == 5


async def test_a_day_without_a_class_and_a_day_of_two_are_told(school, roll_sheet):
    roll_sheet.rows[0][2] = "2027-06-01"
    assert "이런 수업이 없습니다" in (await roll_sheet.shows()).tables[0].items[0]
    ids = sorted(each.id for each in await school.database.read(lambda tx: sessions.of_courses(tx, [1])))
    other = select(tables.sessions.c.starts_at).where(tables.sessions.c.id == ids[1])
    moved = (await school.rows(other))[0].starts_at + timedelta(hours=4)
    await school.database.write(
        lambda tx: tx.execute(
            update(tables.sessions)
            .where(tables.sessions.c.id == ids[0])
            .values(starts_at=moved, ends_at=moved + timedelta(hours=1))
        )
    )
    roll_sheet.rows[0][2:4] = ["비고", f"{moved.astimezone(SEOUL):%Y-%m-%d}"]
    assert "이날 수업이 2번 있습니다" in (await roll_sheet.shows()).tables[0].items[0]


async def test_a_sheet_without_a_class_is_refused_and_not_brought_in_as_nothing(school, roll_sheet):
    roll_sheet.rows[0][2:] = ["1주", "2주", "3주", "4주", "5주"]
    shown = await roll_sheet.shows()
    assert "a.xlsx: 수업을 적은 열이 없습니다" in shown.tables[0].items[0]
    assert (shown.is_good, len(shown.notes)) == (False, 5)
    assert "수업을 적은 열이 없습니다" in await school.declines(
        importing.bring_in, "T1", files=[("a.xlsx", roll_sheet.grids())]
    )


@pytest.mark.parametrize(("sign", "mark"), [("O\u200b", "출석"), ("✔\ufe0f", "출석"), ("⭕", "출석"), ("❌", "결석")])
async def test_what_nobody_sees_and_signs_of_phones_are_read(roll_sheet, sign, mark):
    roll_sheet.rows[2][2] = sign
    assert [row[4] for row in (await roll_sheet.shows()).tables[0].rows] == [mark]


async def test_a_note_below_the_people_is_told_and_left_out(roll_sheet):
    roll_sheet.rows += [[], ["※ ○ 출석, △ 지각, ✕ 결석"]]
    shown = await roll_sheet.shows()
    assert (shown.is_good, shown.notes[0]) == (True, "a.xlsx Sheet 5행: 설명을 적은 줄이라 읽지 않았습니다.")


async def test_the_number_of_an_application_may_have_an_empty_fraction(roll_sheet):
    roll_sheet.rows[1][0], roll_sheet.rows[2][0] = "1.0", "2.0"
    assert (await roll_sheet.shows()).is_good


def of_months(rows, *spans):
    """The sheet cut into one a month: the people stand in each."""
    book = Workbook()
    book.remove(book.active)
    for number, (first, last) in enumerate(spans, 1):
        sheet = book.create_sheet(f"{number}월")
        for row in rows:
            sheet.append([*row[:2], *row[2 + first : 2 + last]])
    content = io.BytesIO()
    book.save(content)
    return sheets.grids_of("a.xlsx", content.getvalue())


async def test_a_sheet_a_month_has_the_same_people_for_other_classes(roll_sheet):
    roll_sheet.rows[2][2:] = "○△○✕○"
    shown = await roll_sheet.shows(of_months(roll_sheet.rows, (0, 2), (2, 5)))
    assert [row[4] for row in shown.tables[0].rows] == ["출석", "지각", "출석", "결석", "출석"]
    shown = await roll_sheet.shows(of_months(roll_sheet.rows, (0, 3), (2, 5)))
    assert (shown.is_good, len(shown.tables[0].rows)) == (True, 5)


async def test_what_two_sheets_say_of_one_class_has_to_be_the_same(roll_sheet):
    grids = of_months(roll_sheet.rows, (0, 5), (0, 5))
    grids["2월"].lines[1][2] = "결석"
    shown = await roll_sheet.shows(grids)
    assert shown.tables[0].items == (
        "a.xlsx 2월 2행 C열: ‘결석’ → a.xlsx 1월 2행 C열에는 ‘출석’입니다. 맞는 쪽만 남겨 주세요.",
    )

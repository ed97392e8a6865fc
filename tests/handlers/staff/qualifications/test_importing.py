"""Qualifications from a file: a list goes out, is filled in and comes back; a slipped line is found."""

from datetime import timedelta

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from bot.terminal.typed import typed
from handlers.staff.desk.imported import summary
from handlers.staff.files import workbook
from handlers.staff.files.reading import sheets
from handlers.staff.importers import IMPORTERS
from handlers.staff.qualifications import importing, listing
from handlers.staff.reports.lines import of_told
from storage.completion.qualifications import rates
from storage.tables import qualifications
from tests.support.counseling.completers import completes

pytestmark = pytest.mark.on_sqlite

HEADER = ["신청번호", "이름", "과정", "취득 자격증", "자격번호", "취득일"]
LINE = [1, "홍길동", "바리스타 2급", "바리스타 2급", "제1호", "2026-12-20"]


@pytest.fixture
async def completer(school, visitor):
    """Of somebody who completed the only course."""
    course = await school.opens(code="T1")
    number = await completes(school, visitor(), school.now, course)
    school.now += timedelta(days=40)
    return number


@pytest.fixture
def hands_in(school, tmp_path):
    async def take(*lines, only_check=False):
        book = Workbook()
        for line in (HEADER, *lines):
            book.active.append(line)
        book.save(tmp_path / "q.xlsx")
        rows = sheets.read(tmp_path / "q.xlsx")
        imported = await school.asks(importing.import_qualifications, rows, only_check)
        return "\n".join(of_told(summary([imported]), typed))

    return take


async def kept(school):
    return [
        (row.name, row.grade, row.license_number, f"{row.acquired_on}")
        for row in await school.rows(select(qualifications))
    ]


async def test_a_line_is_entered_and_the_same_file_changes_nothing(school, completer, hands_in):
    assert "새로 1건" in await hands_in([completer, *LINE[1:]])
    assert await kept(school) == [("바리스타", "2급", "제1호", "2026-12-20")]
    assert "그대로 1건" in await hands_in([completer, *LINE[1:]])
    assert "바뀜 1건" in await hands_in([completer, *LINE[1:4], "제2호", "2026-12-20"])


async def test_a_check_enters_nothing(school, completer, hands_in):
    assert "새로 1건" in await hands_in([completer, *LINE[1:]], only_check=True)
    assert await kept(school) == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({0: 999}, "이런 번호의 신청이 없습니다"),
        ({1: "김철수"}, "신청번호의 이름과 다릅니다"),
        ({5: "2027-12-20"}, "아직 오지 않은 날"),
        ({5: "2020-12-20"}, "과정을 신청하기 전"),
        ({3: ""}, "취득 자격증"),
    ],
)
async def test_what_can_not_be_is_named_with_its_cell_and_nothing_is_entered(school, completer, hands_in, changed, why):
    line = [changed.get(at, cell) for at, cell in enumerate([completer, *LINE[1:]])]
    told = await hands_in(line, [completer, "홍길동", "", "한식조리", "", "2026-12-21"])
    assert why in told
    assert "2행" in told
    assert await kept(school) == []


async def test_the_list_of_a_course_is_filled_in_and_read_back(school, completer, hands_in):
    told = await school.gets(listing.show, "T1")
    (table,) = told.tables
    assert list(table.columns) == HEADER
    assert "새로 0건" in await hands_in(*(list(row) for row in table.rows))
    assert "새로 1건" in await hands_in([*table.rows[0][:3], "바리스타 2급", "", "2026-12-20"])
    again = await school.gets(listing.show, "T1")
    assert "그대로 1건" in await hands_in(*(list(row) for row in again.tables[0].rows))


async def test_the_rate_counts_people_and_not_papers(school, completer, hands_in, visitor):
    await hands_in([completer, *LINE[1:]], [completer, "홍길동", "", "라떼아트 1급", "", "2026-12-21"])
    (rate,) = (await school.database.read(lambda tx: rates(tx, [1]))).values()
    assert (rate.completed, rate.acquired) == (1, 1)
    assert "취득률" in await told_rates(school)


async def told_rates(school):
    return "\n".join(await school.asks(listing.show))


def test_the_form_to_fill_in_is_read_as_it_is(tmp_path, school):
    data = workbook.write(IMPORTERS["qualifications"].template(school.now.date()))
    (tmp_path / "form.xlsx").write_bytes(data)
    assert load_workbook(tmp_path / "form.xlsx").active["A1"].value == "신청번호"
    assert {row.kind for row in sheets.read(tmp_path / "form.xlsx")} == {"자격취득"}


@pytest.mark.parametrize("name", ["성명", "수강생명"])
async def test_the_name_is_compared_however_it_is_headed(school, completer, tmp_path, name):
    book = Workbook()
    book.active.append([HEADER[0], name, *HEADER[2:5], "합격일"])
    book.active.append([completer, "김철수", *LINE[2:]])
    book.save(tmp_path / "q.xlsx")
    rows = sheets.read(tmp_path / "q.xlsx")
    imported = await school.asks(importing.import_qualifications, rows)
    assert [each.expected[:9] for each in imported.problems] == ["신청번호의 이름과"]

"""Files of postings and the desk: all or nothing, one at a time, and what officers see of it all."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.settings import Settings
from bot.terminal.typed import typed
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Meant, summary
from handlers.staff.files import workbook
from handlers.staff.files.reading import sheets
from handlers.staff.files.rows import COURSE, POSTING, Row
from handlers.staff.postings import columns, importing, overview, template
from handlers.staff.reports.lines import of_told
from storage.jobs.feed_runs import Run, add

pytestmark = pytest.mark.on_sqlite

GOOD = {"번호": "26-1", "공고명": "바리스타 모집", "회사": "예시카페", "지역": "서울 중구", "마감일": "2026-12-24"}
LETTERS = {column.header: f"C{number}" for number, column in enumerate(columns.COLUMNS.all)}


def lines(*changes: dict[str, Any]) -> list[Row]:
    return [Row("공고", number, GOOD | change, LETTERS) for number, change in enumerate(changes or ({},), 2)]


async def take_in(board, rows, source="file", only_check=False):
    desk = Desk(Settings().to_organization(), board.now)
    imported = await board.database.write(lambda tx: importing.import_postings(tx, desk, rows, only_check, source))
    return "\n".join(of_told(summary([imported]), typed))


# --- files ---


@pytest.mark.parametrize("written", ["신입/경력", "신입 · 경력", "신입, 경력"])
async def test_newcomers_and_experienced_together_are_anybody(board, written):
    await take_in(board, lines({"경력": written}))
    assert (await board.knows("26-1", "file")).career == "none"


async def test_a_posting_of_a_file_is_kept_as_it_was_written(board):
    told = await take_in(
        board, lines({"근무시간": "야간", "모집인원": "2명", "경력": "무관", "링크": "https://example.invalid"})
    )
    assert told.splitlines() == [
        "채용공고: 새로 1개, 바뀜 0개, 그대로 0개입니다.",
        "새로 등록하는 공고입니다.",
        "- 예시카페 바리스타 모집: 서울 중구, 마감 12월 24일(목), 식음료",
    ]
    kept = await board.knows("26-1", "file")
    assert (kept.title, kept.category, kept.region_code) == ("바리스타 모집", "식음료", "11140")
    assert (kept.daypart, kept.openings, kept.career) == ("evening", 2, "none")
    assert (kept.close_on, kept.until_filled) == (date(2026, 12, 24), False)


async def test_the_same_file_twice_changes_nothing(board):
    await take_in(board, lines())
    assert await take_in(board, lines()) == "채용공고: 새로 0개, 바뀜 0개, 그대로 1개입니다."


async def test_one_wrong_cell_keeps_all_rows_out(board):
    told = await take_in(board, lines({}, {"번호": "26-2", "마감일": "곧", "링크": "여기", "모집인원": "많이"}))
    assert told.startswith("고칠 곳이 3군데 있어 아무것도 등록하지 않았습니다.\n")
    assert "공고 3행 C4열 ‘마감일’: ‘곧’ → 날짜나 ‘채용시까지’를 적어 주세요" in told
    assert await board.everything() == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"공고명": ""}, "꼭 있어야 합니다"),
        ({"마감일": "2026-12-24(월)"}, "목요일입니다"),
        ({"마감일": "2026-02-30"}, "채용시까지"),
        ({"마감일": None}, "꼭 있어야 합니다"),
        ({"링크": "javascript:alert(1)"}, "http://"),
        ({"분류": "요리"}, "식음료, 화훼·공예"),
        ({"경력": "3년"}, "무관, 신입, 경력"),
        ({"설명": "문의 010-0000-0001"}, "휴대전화 번호는 적을 수 없습니다"),
        ({"설명": "담당 +82-10-0000-0001 또는 010 - 0000 - 0002"}, "휴대전화 번호는 적을 수 없습니다"),
        ({"기관": 1000000001}, "휴대전화 번호는 적을 수 없습니다"),
        ({"설명": "900101-1234567"}, "주민등록번호"),
        ({"비고": "메모"}, "모르는 열입니다"),
    ],
)
async def test_what_is_wrong_is_told_with_what_to_do(board, change, told):
    report = await take_in(board, lines(change))
    assert told in report
    assert await board.everything() == []


@pytest.mark.parametrize(
    ("written", "close_on", "until_filled"),
    [
        (datetime(2026, 12, 24), date(2026, 12, 24), False),  # noqa: DTZ001 - as Excel has it
        ("2026. 12. 24.(목)", date(2026, 12, 24), False),
        ("채용시까지", None, True),
        ("채용시까지 26-12-24", date(2026, 12, 24), True),
    ],
)
async def test_a_last_day_is_read_as_officers_write_it(board, written, close_on, until_filled):
    await take_in(board, lines({"마감일": written}))
    kept = await board.knows("26-1", "file")
    assert (kept.close_on, kept.until_filled) == (close_on, until_filled)


async def test_without_a_number_the_same_job_is_the_same_posting(board):
    await take_in(board, lines({"번호": ""}))
    told = await take_in(board, lines({"번호": "", "마감일": "2026-12-31", "회사": "예시 카페"}))
    assert told.splitlines() == [
        "채용공고: 새로 0개, 바뀜 1개, 그대로 0개입니다.",
        "",
        "바뀌는 공고입니다.",
        "  예시카페 바리스타 모집",
        "    회사    ‘예시카페’ → ‘예시 카페’",
        "    마감일  12월 24일(목) → 12월 31일(목)",
    ]


async def test_two_rows_of_one_number_are_refused(board):
    assert "공고 2행에 같은 공고가 있습니다" in await take_in(board, lines({}, {"공고명": "조리사"}))


async def test_a_number_that_counts_rows_does_not_overwrite_another_posting(board):
    await take_in(board, lines({"번호": "1"}))
    told = await take_in(board, lines({"번호": 1, "공고명": "조리사", "회사": "예시식당"}))
    assert "이 번호는 ‘예시카페’의 ‘바리스타 모집’ 공고입니다" in told


async def test_a_posting_that_is_over_is_told_of(board):
    assert "보이지 않는 공고가 있습니다: 바리스타 모집" in await take_in(board, lines({"마감일": "2026-11-22"}))


async def test_checking_keeps_nothing_and_tells_the_same(board):
    told = await take_in(board, lines(), only_check=True)
    assert await board.everything() == []
    assert told == await take_in(board, lines())


async def test_more_than_fits_is_refused_whole(board, monkeypatch):
    monkeypatch.setattr(importing, "MOST", 1)
    assert "나누어 주세요" in await take_in(board, lines({}, {"번호": "26-2"}))


async def test_one_entered_at_the_desk_is_another_source(board):
    await take_in(board, lines())
    await take_in(board, lines({"공고명": "조리사"}), "desk")
    assert sorted(await board.shows()) == ["desk/26-1", "file/26-1"]


async def test_runs_of_feeds_never_hide_what_officers_entered(board, row):
    await take_in(board, lines({"공고명": "조리사"}), "desk")
    for _ in range(4):
        await board.hears(row())
    assert "desk/26-1" in await board.shows()


def test_the_form_is_read_as_it_is_and_shows_nobody_its_example(tmp_path):
    (tmp_path / "form.xlsx").write_bytes(workbook.write(template.pages(date.today())))  # noqa: DTZ011
    rows = sheets.read(tmp_path / "form.xlsx")
    told, problems = columns.read(rows[0], "file")
    assert ([row.kind for row in rows], problems) == ([POSTING], [])
    assert not told.posting.is_open(date.today() + timedelta(days=1))  # noqa: DTZ011


def test_the_form_offers_the_categories_of_courses(tmp_path):
    (tmp_path / "form.xlsx").write_bytes(workbook.write(template.pages(date.today())))  # noqa: DTZ011
    book = load_workbook(tmp_path / "form.xlsx")
    offered = [rule.formula1 for rule in book["채용공고"].data_validations.dataValidation]
    assert any("식음료,화훼·공예" in words for words in offered)


def test_courses_and_postings_are_told_apart_in_one_file(tmp_path):
    book = Workbook()
    book.active.append(["과정명"])
    book.active.append(["꽃차"])
    other = book.create_sheet("공고")
    other.append(["공고명"])
    other.append(["조리사"])
    book.save(tmp_path / "both.xlsx")
    assert [row.kind for row in sheets.read(tmp_path / "both.xlsx")] == [COURSE, POSTING]


# --- what officers see ---


async def test_officers_see_counts_and_failures_of_each_source(board, row):
    await board.hears(row(), row("K2", closeDt="26-11-22"))
    failed = Run("work24", board.now, board.now, "failed", "답이 너무 늦습니다")
    await board.database.write(lambda tx: add(tx, failed))
    desk = Desk(Settings().to_organization(), board.now)
    _, counts, _, second, first = of_told(await board.database.read(lambda tx: overview.show(tx, desk)), typed)
    assert counts == "- 고용24: 보임 1, 다른 곳과 같아 접음 0, 마감 1, 숨김 0"
    assert first == "- 11월 23일(월) 오후 4시 고용24 정상: 새로 2, 바뀜 0, 그대로 0, 숨김 0"
    assert second.endswith("고용24 실패: 답이 너무 늦습니다. 있던 공고는 그대로 두었습니다.")


async def test_what_a_file_has_no_column_for_stays_and_an_emptied_cell_clears(board):
    full = {
        "급여": "시급 11,000원",
        "주야": "야간",
        "모집인원": "2명",
        "분류": "취업역량",
        "링크": "https://example.invalid",
    }
    await take_in(board, lines(full))
    before = await board.knows("26-1", "file")
    assert "그대로 1개" in await take_in(board, lines())
    told = await take_in(board, lines(full | {"급여": ""}))
    assert told.splitlines()[-1] == "    급여  ‘시급 11,000원’ → 빈칸"
    after = await board.knows("26-1", "file")
    assert (before.salary, before.daypart, before.openings, before.category) == (
        "시급 11,000원",
        "evening",
        2,
        "취업역량",
    )
    assert (after.salary, after.daypart, after.openings, after.category) == ("", "evening", 2, "취업역량")


ODD = [{"마감일": "2028-12-24"}, {"등록일": "2027-11-01"}, {"모집인원": 2000}]


@pytest.mark.parametrize("change", ODD)
async def test_a_posting_that_is_hardly_meant_is_asked_about(board, change):
    desk = Desk(Settings().to_organization(), board.now)
    asked = await board.database.write(lambda tx: importing.import_postings(tx, desk, lines(change)))
    (question,) = asked.questions
    assert f"‘{next(iter(change))}’" in str(question)
    meant = Meant(as_written=True)
    taken = await board.database.write(lambda tx: importing.import_postings(tx, desk, lines(change), meant=meant))
    assert taken.new == 1


@pytest.mark.parametrize("written", ["○명", "00명", "0명", "약간명", "약간 명", "다수"])
async def test_some_people_are_no_number_of_them(board, written):
    await take_in(board, lines({"모집인원": written}))
    assert (await board.knows("26-1", "file")).openings is None


@pytest.mark.parametrize("header", ["공고번호", "구인인증번호"])
def test_the_number_of_a_posting_has_the_names_that_others_give_it(header):
    [row] = lines()
    cells = {header if name == "번호" else name: value for name, value in row.cells.items()}
    assert columns.COLUMNS.read(Row("공고", 2, cells, {}))[0]["number"] == "26-1"


async def test_a_last_day_with_an_hour_is_that_day_typed_or_as_text(board):
    for number, close in enumerate((datetime(2026, 12, 24, 18), "2026-12-24 18:00")):  # noqa: DTZ001
        await take_in(board, lines({"번호": f"n{number}", "공고명": f"모집 {number}", "마감일": close}))
        assert (await board.knows(f"n{number}", "file")).close_on == date(2026, 12, 24)

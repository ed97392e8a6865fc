"""The facts of the policy facts, entered, handed_out out in every kind of file, and brought back unchanged."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from handlers.staff.files.headers import plain
from handlers.staff.files.reading import sheets
from handlers.staff.year.entries import exporting, listing
from handlers.staff.year.entries.sorts import SORTS
from storage.year.entries import BudgetEntry, Indicator, Participation, PastCourse, PlanStep, PolicyTask, Target

pytestmark = pytest.mark.on_sqlite


async def test_the_sheet_is_kept_as_it_says(facts, entered):
    assert facts.startswith("한 해 기록: 새로 ")
    (task,) = await entered(PolicyTask)
    assert (task.number, task.total_cost, task.first_year, task.last_year) == ("3-1", 188_000_000, 2022, 2026)
    (indicator,) = await entered(Indicator)
    targets = await entered(Target)
    assert {each.year: each.target for each in targets} == {2022: 3, 2023: 12, 2024: 16, 2025: 20, 2026: 24}
    assert {each.indicator_id for each in targets} == {indicator.id}
    past = await entered(PastCourse)
    assert [sum(each.year == year for each in past) for year in (2022, 2023)] == [3, 13]
    assert (past[0].capacity, past[0].half, past[-1].daypart) == (None, None, "evening")
    assert [(each.year, each.kind, each.amount) for each in await entered(BudgetEntry)] == [
        (2022, "secured", 20_000_000),
        (2023, "secured", 50_000_000),
        (2024, "secured", 30_000_000),
        (2022, "spent", 8_000_000),
        (2023, "spent", 50_000_000),
    ]
    log = {each.kind: each for each in await entered(Participation)}
    assert (log["press"].count, len(log["press"].days), log["press"].year) == (9, 3, 2023)
    assert log["satisfaction"].ends_on == date(2023, 12, 12)
    steps = [(each.starts_on, each.ends_on) for each in await entered(PlanStep)]
    assert steps[0] == (date(2024, 1, 1), date(2024, 2, 29))


@pytest.fixture
def handed_out(school):
    """A file of these sorts, read again."""

    async def write(suffix, *keys):
        sorts = [SORTS[key] for key in keys or SORTS]
        data = await school.database.read(lambda tx: exporting.written(tx, sorts, suffix))
        return sheets.rows_of(f"y{suffix}", data)

    return write


@pytest.mark.parametrize("suffix", [".xlsx", ".json"])
async def test_a_file_of_all_sorts_comes_back_unchanged(facts, handed_out, takes_in, suffix):
    told = await takes_in(await handed_out(suffix))
    assert told.splitlines()[0].startswith("한 해 기록: 새로 0건, 바뀜 0건, 그대로 3")


@pytest.mark.parametrize("key", [key for key in SORTS if key != "promotion"])
async def test_a_csv_of_each_sort_comes_back_unchanged(facts, handed_out, takes_in, key):
    told = await takes_in(await handed_out(".csv", key))
    assert told.startswith(f"{SORTS[key].title}: 새로 0건, 바뀜 0건, 그대로 ")
    assert "그대로 0" not in told


async def test_a_list_has_the_columns_of_the_sheet_behind_the_number(school, facts):
    told = await school.asks(listing.show, "budget", 2023)
    assert told[0] == "2023년 예산 2건"
    assert told[1].split() == ["등록번호", "연도", "구분", "재원", "날짜", "금액", "과목", "내용", "과정번호"]
    assert told[2].split() == ["2", "2023", "확보", "구비", "50,000,000"]


NASTY = (
    "- 하나\n- 둘", "=1+1", "'=2+2", "@sum", "+82", "-5%", "합계", "요약", "소계(구비)", "※ 참고", "1,000",
    "2023-01-02", '"따옴표"', "쉼표, 둘; 셋", "탭\t끝", "○", "'작은따옴표", "끝.", "007", "3/4", "sep=;", "번호",
)  # fmt: skip


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
async def test_whatever_is_written_comes_back_unchanged(enters, handed_out, takes_in, suffix):
    for text in NASTY:
        await enters("problems", year="2024", problem=text, measure=text)
        await enters("budget", year="2024", kind="집행", amount="-5만원", item=text.split("\n")[0], purpose=text)
    for key in ("problems", "budget"):
        told = await takes_in(await handed_out(suffix, key))
        assert f"새로 0건, 바뀜 0건, 그대로 {len(NASTY)}건" in told, told


async def test_no_file_holds_what_a_spreadsheet_would_run(school, enters, handed_out):
    await enters("problems", year="2024", problem="=1+1", measure="-1+1")
    for suffix, told in ((".csv", "'=1+1,'-1+1"), (".xlsx", "")):
        data = await school.database.read(lambda tx, s=suffix: exporting.written(tx, [SORTS["problems"]], s))
        if told:
            assert told in data.decode("utf-8-sig")
        else:
            cell = load_workbook(io.BytesIO(data)).worksheets[0]["C2"]
            assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_every_sheet_is_known_by_a_header_that_has_to_be_there_or_is_written_out():
    for sort in SORTS.values():
        headers = {plain(column.header) for column in sort.columns.all}
        assert len(headers & set(sort.marks)) == 1, sort.key

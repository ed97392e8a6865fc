"""Entries of a year from officers' files: wrong cells are named, doubles and sums asked about."""

import pytest

from handlers.staff.desk import acts
from handlers.staff.desk.undoing import undo
from handlers.staff.files import workbook
from handlers.staff.files.reading import sheets
from handlers.staff.importers import IMPORT, IMPORTERS
from storage.audit import journal
from storage.year.entries import BudgetEntry, Indicator, Participation, PastCourse, PlanStep, PolicyTask, Target

pytestmark = pytest.mark.on_sqlite

BUDGET = ["등록번호", "연도", "구분", "재원", "날짜", "금액", "과목", "내용", "과정번호"]
PAID = ["", 2023, "집행", "구비", "2023-06-30", 1_200_000, "강사료", "상반기", ""]
PAST = ["연도", "과정명", "주야", "선정인원", "수료인원", "취득인원"]
LOG = ["참여구분", "날짜", "횟수", "제목"]


def paid(**changes):
    """The line of a payment with other values in some columns."""
    return [changes.get(header, value) for header, value in zip(BUDGET, PAID, strict=True)]


async def test_a_line_is_entered_and_by_its_number_it_is_changed(takes_in, entered, lined):
    assert "예산: 새로 1건" in await takes_in(lined(BUDGET, PAID))
    (one,) = await entered(BudgetEntry)
    told = await takes_in(lined(BUDGET, paid(등록번호=one.id, 금액="130만원")))
    assert "바뀜 1건" in told
    assert "1,200,000 → 1,300,000" in told
    assert [each.amount for each in await entered(BudgetEntry)] == [1_300_000]


async def test_what_a_file_has_no_column_for_stays_and_an_empty_cell_clears(takes_in, entered, lined):
    await takes_in(lined(BUDGET, PAID))
    assert "그대로 1건" in await takes_in(lined(BUDGET[:4] + BUDGET[5:6], [1, 2023, "집행", "구비", 1_200_000]))
    assert (await entered(BudgetEntry))[0].item == "강사료"
    assert "강사료 → 빈칸" in await takes_in(lined(BUDGET, paid(등록번호=1, 과목="")))
    assert (await entered(BudgetEntry))[0].item == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (paid(연도="작년"), "표 3행 B열 ‘연도’: ‘작년’ → 연도를 네 자리로 적어 주세요"),
        (paid(구분="예정"), "표 3행 C열 ‘구분’: ‘예정’ → 확보, 집행 가운데 하나를"),
        (paid(재원="군비"), "표 3행 D열 ‘재원’: ‘군비’ → 구비, 시비, 국비 가운데 하나를"),
        (paid(날짜="유월"), "표 3행 E열 ‘날짜’: ‘유월’ → 날짜를 적어 주세요"),
        (paid(금액="많음"), "표 3행 F열 ‘금액’: ‘많음’ → 금액을 원으로 적어 주세요"),
        (paid(금액=""), "표 3행 F열 ‘금액’: 빈칸 → 꼭 있어야 합니다"),
        (paid(금액=1.5), "표 3행 F열 ‘금액’: ‘1.5’ → 금액을 원으로"),
        (paid(과정번호="없는-01"), "표 3행 I열 ‘과정번호’: ‘없는-01’ → 이런 과정번호가 없습니다"),
        (paid(등록번호=77), "표 3행 A열 ‘등록번호’: ‘77’ → 이런 등록번호가 없습니다"),
        (paid(내용="010-0000-0001로 문의"), "‘내용’: ‘010-0000-0001로 문의’ → 휴대전화 번호는"),
        (paid(내용="900101-1234567"), "‘[주민등록번호 가림]’ → 주민등록번호로 보이는"),
    ],
)
async def test_each_wrong_cell_is_named_and_nothing_is_taken(takes_in, entered, lined, line, told):
    said = await takes_in(lined(BUDGET, paid(내용="다른 것"), line))
    assert told in said
    assert "아무것도 등록하지 않았습니다" in said
    assert await entered(BudgetEntry) == []


async def test_a_header_in_a_larger_unit_is_refused_and_told_how_to_write_it(takes_in, lined):
    said = await takes_in(lined([*BUDGET[:5], "금액(백만원)", *BUDGET[6:]], paid(금액=20)))
    assert "금액은 원으로 읽습니다. 값을 백만원 단위에서 원 단위로" in said


async def test_the_same_twice_or_as_one_that_is_known_is_asked_about(takes_in, entered, lined):
    twice = await takes_in(lined(BUDGET, PAID, PAID))
    assert "여쭐 것이 1가지" in twice
    assert "표 2행에 똑같이 적혀 있습니다" in twice
    await takes_in(lined(BUDGET, PAID))
    assert "등록번호 1에 똑같이 적혀 있습니다" in await takes_in(lined(BUDGET, PAID))
    assert len(await entered(BudgetEntry)) == 1
    assert "새로 1건" in await takes_in(lined(BUDGET, PAID), as_written=True)
    assert len(await entered(BudgetEntry)) == 2


async def test_one_entry_twice_is_refused_however_it_is_spaced(takes_in, lined):
    said = await takes_in(lined(PAST, [2023, "바리스타 2급", "주간"], [2023, "바리스타2급", "주간"]))
    assert "표 2행과 같은 것입니다" in said
    assert "새로 2건" in await takes_in(lined(PAST, [2023, "바리스타 2급", "주간"], [2023, "바리스타 2급", "야간"]))


async def test_a_course_of_before_is_known_by_year_title_and_daypart(takes_in, entered, lined):
    await takes_in(lined(PAST, [2023, "바리스타 2급", "주간", 15, "", ""]))
    told = await takes_in(lined(PAST, [2023, "바리스타 2급", "주간", 15, 13, 11]))
    assert "바뀜 1건" in told
    assert "빈칸 → 13" in told
    (one,) = await entered(PastCourse)
    assert (one.seated, one.completed, one.acquired, one.placed) == (15, 13, 11, None)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([15, 16, ""], "‘선정인원’ 15명보다 많습니다"),
        ([15, 13, 14], "‘수료인원’ 13명보다 많습니다"),
        ([15, "-", ""], "모르면 비우고, 한 명도 없었으면 0을"),
    ],
)
async def test_counts_that_can_not_be_are_refused(takes_in, lined, counts, told):
    assert told in await takes_in(lined(PAST, [2023, "바리스타 2급", "주간", *counts]))


SECURED = [["", year, "확보", "구비", "", f"{amount}백만원", "", "", ""] for year, amount in ((2022, 20), (2023, 50))]
LATER = ["", 2024, "확보", "구비", "", "30백만원", "", "", ""]


@pytest.mark.parametrize(
    ("lines", "is_asked"),
    [
        ([*SECURED, ["", "계", "", "", "", "70백만원"]], False),
        ([*SECURED, LATER, ["", "계", "", "", "", "70백만원"]], True),
        ([*SECURED, ["", "소계", "", "", "", 70_000_000], LATER, ["", "합계", "", "", "", 100_000_000]], False),
        ([SECURED[0], ["", "소계", "", "", "", "20백만원"], SECURED[1], ["", "소계", "", "", "", "50백만원"]], False),
        ([SECURED[0], ["", "소계", "", "", "", "20백만원"], SECURED[1], ["", "소계", "", "", "", "60백만원"]], True),
        ([*SECURED, ["", "계", "확보", "구비", "", "70백만원"]], False),
        ([*SECURED, paid(), ["", "계", "확보", "", "", "70백만원"]], False),
        ([*SECURED, paid(), ["", "계", "집행", "", "", "70백만원"]], True),
        ([*SECURED, LATER, ["", 2023, "계", "", "", "50백만원"]], False),
        ([*SECURED, LATER, ["", 2023, "계", "", "", "20백만원"]], True),
    ],
)
async def test_a_sum_that_is_none_of_the_lines_above_is_asked_about(takes_in, entered, lined, lines, is_asked):
    said = await takes_in(lined(BUDGET, *lines))
    assert ("‘금액’" in said and "위에 적은 줄을 더하면" in said) == is_asked, said
    assert bool(await entered(BudgetEntry)) != is_asked
    if is_asked:
        await takes_in(lined(BUDGET, *lines), as_written=True)
        assert len(await entered(BudgetEntry)) == sum("계" not in f"{line[1]}{line[2]}" for line in lines)


async def test_a_wrong_sum_tells_what_the_lines_come_to(takes_in, lined):
    said = await takes_in(lined(BUDGET, *SECURED, LATER, ["", "계", "", "", "", "70백만원"]))
    assert "표 5행 F열 ‘금액’: ‘70백만원’ → 위에 적은 줄을 더하면 100,000,000원입니다" in said


@pytest.mark.parametrize(
    ("days", "year", "count", "kept"),
    [
        ("'23.3.28. / 8.29. / 9.1.", 2023, 9, (9, ["2023-03-28", "2023-08-29", "2023-09-01"], None)),
        ("2023-05-19 ~ 2023-12-12", 2023, 13, (13, ["2023-05-19"], "2023-12-12")),
        ("'22.9.26. ~ 10.7.", 2022, 1, (1, ["2022-09-26"], "2022-10-07")),
        ("2023-03-28, 2023-08-29", 2023, "", (2, ["2023-03-28", "2023-08-29"], None)),
    ],
)
async def test_days_are_read_as_the_policy_card_has_them(takes_in, entered, lined, days, year, count, kept):
    assert "새로 1건" in await takes_in(lined(LOG, ["언론보도", days, count, "기사"]))
    (one,) = await entered(Participation)
    assert one.year == year
    assert (one.count, [f"{day}" for day in one.days], f"{one.ends_on}" if one.ends_on else None) == kept


async def test_fewer_times_than_days_can_not_be(takes_in, lined):
    said = await takes_in(lined(LOG, ["언론보도", "2023-03-28, 2023-08-29", 1, "기사"]))
    assert "‘날짜’에 적은 날이 2일입니다" in said


async def test_months_of_a_plan_are_its_first_and_last_day(takes_in, entered, lined):
    header = ["기간", "추진계획", "상태"]
    assert "새로 1건" in await takes_in(lined(header, ["2024.1 ~ 2024.2", "기획", "완료"]))
    (one,) = await entered(PlanStep)
    assert (f"{one.starts_on}", f"{one.ends_on}", one.year) == ("2024-01-01", "2024-02-29", 2024)


async def test_targets_come_with_their_indicator_or_are_refused(takes_in, entered, lined):
    targets = lined(["지표", "연도", "목표값"], ["수료생(명)", 2026, 100], name="목표")
    assert "이런 지표가 없습니다" in await takes_in(targets)
    both = [*targets, *lined(["지표", "세는 것", "단위"], ["수료생(명)", "수료", "명"], name="지표")]
    checked = await takes_in(both, only_check=True)
    assert checked == await takes_in(both)
    assert "수료생(명) · 2026 · 100" in checked
    (indicator,) = await entered(Indicator)
    assert [each.indicator_id for each in await entered(Target)] == [indicator.id]


async def test_boxes_that_settings_do_not_have_are_refused(takes_in, entered, lined):
    header = ["관리번호", "과제명", "시작연도", "종료연도", "총사업비", "고른 칸"]
    line = ["3-1", "과제", 2022, 2026, "188백만원"]
    assert "‘사업시기’에서 고를 수 있는 말: 단기, 중기, 장기" in await takes_in(
        lined(header, [*line, "사업시기: 언젠가"])
    )
    assert "이런 칸이 없습니다" in await takes_in(lined(header, [*line, "이행단계: 완료"]))
    assert "새로 1건" in await takes_in(lined(header, [*line, "사업시기: 중기, 사업구분: 임기내"]))
    assert (await entered(PolicyTask))[0].chosen == {"사업시기": "중기", "사업구분": "임기내"}


async def test_days_of_quite_another_year_are_asked_about(takes_in, lined):
    assert "연도 2023년과 7년 떨어진 날입니다" in await takes_in(lined(BUDGET, paid(날짜="2016-06-30")))


async def test_of_the_form_only_what_officers_wrote_is_taken(school, takes_in, entered, tmp_path):
    (tmp_path / "t.xlsx").write_bytes(workbook.write(IMPORTERS["year"].template(school.now.date())))
    told = await takes_in(sheets.read(tmp_path / "t.xlsx"))
    assert "한 해 기록: 새로 0건" in told
    assert "양식의 예시 줄은 적지 않습니다." in told
    assert await entered(BudgetEntry) == []


async def test_what_was_brought_in_is_taken_back_at_once(school, takes_in, entered, lined):
    await takes_in(lined(BUDGET, PAID))
    rows = lined(BUDGET, paid(등록번호=1, 금액=1), paid(내용="새로"))
    args = {"rows": rows, "names": ["y.xlsx"]}
    await school.asks(lambda tx, desk: acts.perform(tx, desk, IMPORT, args))
    assert len(await entered(BudgetEntry)) == 2
    (done,) = await school.database.read(lambda tx: journal.recent(tx, 1))
    assert (await school.asks(undo, done.id))[0] == "파일 등록(y.xlsx): 되돌렸습니다."
    assert [each.amount for each in await entered(BudgetEntry)] == [1_200_000]


@pytest.mark.parametrize("written", ["9회", "9건", "9 회", 9])
async def test_how_often_may_be_told_with_its_unit(takes_in, entered, lined, written):
    await takes_in(lined(["연도", *LOG], [2023, "언론보도", "3.28. / 8.29.", written, "모집"]))
    assert [each.count for each in await entered(Participation)] == [9]


@pytest.mark.parametrize("written", ["3월 ~ 7월", "3~7월", "2024년 3월 ~ 7월", "2024. 3. ~ 2024. 7."])
async def test_months_are_of_the_year_of_their_line(takes_in, entered, lined, written):
    await takes_in(lined(["연도", "시기", "추진계획"], [2024, written, "상반기 운영"]))
    [one] = await entered(PlanStep)
    assert (f"{one.starts_on}", f"{one.ends_on}") == ("2024-03-01", "2024-07-31")


async def test_sums_of_a_year_are_none_of_its_courses(takes_in, entered, lined):
    sums = [["소계", "1개 과정", "", 15, 13, 11], [2023, "합계", "", 15, 13, 11]]
    assert "새로 1건" in await takes_in(lined(PAST, [2023, "꽃차", "주간", 15, 13, 11], *sums))
    assert [each.title for each in await entered(PastCourse)] == ["꽃차"]

"""The policy card's files hold the district's sheet, cell by cell, whoever reads them."""

import csv
import io
import json
from dataclasses import replace

import pytest

from bot.documents import policy_card
from handlers.staff.year.cards.card import Boxes, Term
from handlers.staff.year.counted.figures import BudgetFigures, BudgetYear, IndicatorFigures, OfYear, Source
from storage.year.entries import Indicator
from tests.support.year import papers
from tests.support.year.papers import MILLION, card, formulas, money, pages, reckoned, sheets, structure, tables, words

YEARS = ["2022년", "2023년", "2024년", "2025년", "2026년"]
INDICATORS = [
    ["확인지표", "구분", *YEARS, "계", "이행률"],
    ["직업교육 프로그램(수)(단위: 개)", "목표", "3", "12", "16", "20", "24", "75", "21%"],
    ["실적", "3", "13", "", "", "", "16"],
    ["달성률", "100%", "108%", "-", "-", "-", ""],
]
BUDGET = [
    ["구분", "재원", *YEARS[:3], "계"],
    ["확보", "구비", "20", "50", "30", "70"],
    ["집행", "구비", "8", "50", "-", "58"],
]
PARTICIPATION = [
    ["구분", "횟수", "일자"],
    ["설명회·공청회 등", "-", "-"],
    ["만족도 조사", "13", "'23.5.19. ~ 12.12."],
    ["민간전문가 자문", "-", "-"],
    ["언론·방송보도", "9", "'23.3.28. / 8.29. / 9.1."],
    ["주민 설문조사", "1", "'22.9.26. ~ 10.7."],
]
SUFFIXES = pytest.mark.parametrize("suffix", policy_card.SUFFIXES)


def hwpx(**changed):
    return tables(policy_card.write(card(**changed), ".hwpx"))


def rows_of(sheet):
    """As they are shown, without what merging leaves empty."""
    return [[f"{cell.value}" for cell in row if cell.value is not None] for row in sheet.iter_rows()]


@pytest.fixture(scope="module")
def sheet_file():
    return policy_card.write(card(), ".xlsx")


def test_the_file_of_hangul_is_the_sheet_cell_by_cell():
    facts, indicators, budget, terms, participation, problems, plan = hwpx()
    assert (indicators, budget, participation) == (INDICATORS, BUDGET, PARTICIPATION)
    assert facts[:2] == [["관리번호", "3-1", "총사업비", "188백만원"], ["제목", papers.TASK.title]]
    assert facts[4] == ["이행단계", "□ 완료  □ 완료(지속)  ■ 추진중  □ 일부추진"]
    assert [row[:2] for row in terms] == [
        ["시기", "과정 수"],
        ["2022년", "3"],
        ["2023년 상반기", "6"],
        ["2023년 하반기", "7"],
        ["계", "16"],
    ]
    assert problems[1][1:] == ["위탁 대신 직영으로 운영", "추진중"]
    assert [row[0] for row in plan[1:]] == ["2024.1. ~ 2.", "2024.3. ~ 7.", "2024.8. ~ 12."]


def test_the_pdf_is_the_sheet_and_its_tables_are_tagged_as_tables():
    content = policy_card.write(card(), ".pdf")
    said = words(content)
    for row in (INDICATORS[0], INDICATORS[1][1:-1], *INDICATORS[2:], *BUDGET, *PARTICIPATION):
        assert "".join("".join(row).split()) in said
    kinds = [each.get("/S") for each in structure(content)]
    assert (kinds.count("/Table"), kinds.count("/H1"), kinds.count("/H2")) == (7, 1, 7)
    assert kinds.count("/THead") == 6
    assert kinds.count("/TH") == 27


def test_the_numbers_of_the_workbook_are_numbers_and_its_sums_formulas(sheet_file):
    (sheet,), (shown,) = sheets(sheet_file), sheets(sheet_file, data_only=True)
    found = formulas(sheet)
    assert [f"{shown[name].value}" for name in found] == ["75", "21", "16", "100", "108", "70", "58", "16"]
    assert {name: reckoned(sheet, name) for name in found} == {name: shown[name].value for name in found}
    assert ["확보", "구비", "20", "50", "30", "70"] in rows_of(shown)


def test_a_sum_follows_what_it_is_the_sum_of_and_leaves_out_the_year_that_does_not_count(sheet_file):
    (sheet,) = sheets(sheet_file)
    at = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    row = at["확보"].row
    amounts = {cell.value: cell for cell in sheet[row] if isinstance(cell.value, int | float)}
    (total,) = (cell for cell in sheet[row] if cell.data_type == "f")
    amounts[30].value = 1000
    assert reckoned(sheet, total.coordinate) == 70
    amounts[50].value = 60
    assert reckoned(sheet, total.coordinate) == 80


@SUFFIXES
def test_warnings_are_on_no_paper(suffix):
    assert "100과 다릅니다" not in said(policy_card.write(card(), suffix), suffix)


@SUFFIXES
@pytest.mark.parametrize("typed", ['=1+1\x00"', '#panic("x") <b>&amp;', "\\*굵게*\x0b"])
def test_what_is_typed_is_words_in_every_file(suffix, typed):
    written = policy_card.write(card(task=replace(papers.TASK, title=typed)), suffix)
    kept = json.dumps(typed, ensure_ascii=False)[1:-1] if suffix == ".json" else typed
    assert "".join(letter for letter in kept if letter > " ") in said(written, suffix)


def said(content, suffix):
    """All words of a file, without spaces."""
    read = {
        ".hwpx": lambda: "".join(cell for table in tables(content) for row in table for cell in row),
        ".pdf": lambda: words(content),
        ".xlsx": lambda: "".join(cell for row in rows_of(sheets(content)[0]) for cell in row),
        ".json": content.decode,
        ".csv": lambda: "".join(cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row),
    }
    return "".join(letter for letter in read[suffix]() if letter > " ")


def test_no_formula_comes_of_what_is_typed():
    content = policy_card.write(card(task=replace(papers.TASK, title="=1+1")), ".xlsx")
    assert "=1+1" not in [cell.value for cell in formulas(sheets(content)[0]).values()]
    row = next(
        row
        for row in csv.reader(
            io.StringIO(policy_card.write(card(task=replace(papers.TASK, title="=1+1")), ".csv").decode())
        )
        if "제목" in row
    )
    assert row[4] == "'=1+1"


def test_the_data_have_the_figures_that_follow_from_others():
    given = json.loads(policy_card.write(card(), ".json"))
    (indicator,) = given["indicators"]
    assert [indicator[name] for name in ("target", "actual", "rate")] == [75, 16, 21]
    assert [year["rate"] for year in indicator["years"]] == [100, 108, None, None, None]
    assert [given["budget"][name] for name in ("secured", "spent")] == [70 * MILLION, 58 * MILLION]
    assert given["plan"][0]["ends_on"] == "2024-02-29"


def test_the_rows_of_the_data_have_a_figure_each():
    rows = list(csv.DictReader(io.StringIO(policy_card.write(card(), ".csv").decode("utf-8-sig"))))
    assert {(row["이름"], row["세부"], row["연도"]): row["값"] for row in rows}[
        "직업교육 프로그램(수)", "실적", "2023"
    ] == "13"
    assert [row["값"] for row in rows if row["부분"] == "주민 참여"] == ["0", "13", "0", "9", "1"]
    assert sum(row["부분"] == "추진실적" for row in rows) == 16


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [("", "□ 단기  □ 장기"), ("장기", "□ 단기  ■ 장기"), ("중기", "□ 단기  □ 장기  ■ 중기")],
    ids=["none", "one", "one that is no option any more"],
)
def test_a_box_is_ticked_where_somebody_chose_it(chosen, shown):
    facts, *_ = hwpx(boxes=(Boxes("사업시기", ("단기", "장기"), chosen),))
    assert facts[2] == ["사업시기", shown]


def test_money_of_several_sources_is_told_apart_and_added_up():
    entries = (money(2024, "secured", 30 * MILLION), money(2024, "secured", 12_345_678, "city"))
    content = policy_card.write(card(budget=BudgetFigures((BudgetYear(2024, 42_345_678, 0, True, entries),))), ".xlsx")
    (sheet,) = sheets(content)
    shown = rows_of(sheets(content, data_only=True)[0])
    at = shown.index(["확보", "구비", "30", "30"])
    assert shown[at + 1 : at + 3] == [["시비", "12.345678", "12.345678"], ["소계", "42.345678", "42.345678"]]
    assert [reckoned(sheet, name) for name in list(formulas(sheet))[5:9]] == [30, 12.345678, 42.345678, 42.345678]


def test_where_entries_are_not_all_of_the_money_no_source_is_told():
    some = (money(2024, "secured", 10 * MILLION),)
    _, _, budget, *_ = hwpx(budget=BudgetFigures((BudgetYear(2024, 30 * MILLION, 0, True, some),)))
    assert budget[1] == ["확보", "-", "30", "30"]


def test_indicators_of_the_same_years_share_a_table():
    more = IndicatorFigures(Indicator(2, "수료생", "completers", "명"), (OfYear(2022, 30, 41), OfYear(2023, None, 170)))
    one = replace(
        more, indicator=Indicator(3, "자격 취득", "certificates", ""), years=(OfYear(2022, 0, 0), OfYear(2023, 10, 3))
    )
    _, shared, *_ = hwpx(indicators=(more, one))
    assert shared[1] == ["수료생(단위: 명)", "목표", "30", "", "30", "703%"]
    assert shared[4:] == [
        ["자격 취득", "목표", "0", "10", "10", "30%"],
        ["실적", "0", "3", "3"],
        ["달성률", "-", "30%", ""],
    ]


def test_years_that_have_no_money_yet_are_not_printed():
    ahead = (BudgetYear(2025, 0, 0, False), BudgetYear(2026, 0, 0, False))
    content = policy_card.write(card(budget=BudgetFigures((*papers.BUDGET.years, *ahead))), ".hwpx")
    assert tables(content)[2] == BUDGET
    assert "2025년" not in papers.HwpxDocument.from_bytes(content).get_document_text().split("※")[1].split("않음")[0]


def test_a_term_of_many_courses_is_printed_to_the_last_one():
    titles = [f"{number:04}번 과정 자격증반" for number in range(1500)]
    many = Term("2023년", tuple(Source("course", title, title) for title in titles))
    found = pages(policy_card.write(card(terms=(many,)), ".pdf"))
    assert "1499번과정자격증반" in "".join(found)
    assert max(page.count("과정자격증반") for page in found) < 400  # else they went on below the paper's edge


def test_a_card_of_nothing_yet_can_be_printed():
    empty = card(indicators=(), budget=BudgetFigures(()), terms=(), participation=(), problems=(), plan=())
    for suffix in policy_card.SUFFIXES:
        assert "3-1" in said(policy_card.write(empty, suffix), suffix)


def test_no_name_of_a_library_or_its_authors_is_in_the_file_of_hangul():
    found = papers.HwpxDocument.from_bytes(policy_card.write(card(), ".hwpx")).metadata()
    assert (found.title, found.creator, found.lastsaveby) == ("공약 이행카드 3-1", "", "")

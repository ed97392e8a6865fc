"""The answer sheet for papers: what it offers, and that what is filled in comes back as paper."""

import pytest
from openpyxl import load_workbook

from handlers.staff.desk import lookup
from handlers.staff.entering import template
from handlers.staff.files import workbook
from tests.support.surveys.desk import GOOD, TEXTS
from tests.support.surveys.poll import standard

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def sheet(papers):
    """An empty answer sheet of a course."""
    path = papers.folder / "sheet.xlsx"
    pages = await papers.school.database.read(lambda tx: template.pages(tx, papers.survey, papers.course))
    path.write_bytes(workbook.write(pages))
    return path


def fill(path, *papers):
    book = load_workbook(path)
    header = {str(cell.value).split(".")[0]: cell.column for cell in book["응답"][1]}
    for row, paper in enumerate(papers, 2):
        for name, value in paper.items():
            book["응답"].cell(row, header[name], value)
    book.save(path)
    return path


def rules(path):
    """The validations by the first letter that they hold for."""
    return {
        str(rule.sqref).split("2:")[0]: rule for rule in load_workbook(path)["응답"].data_validations.dataValidation
    }


def test_an_empty_sheet_has_the_number_and_every_question(sheet):
    header = [cell.value for cell in load_workbook(sheet)["응답"][1]]
    assert header == ["번호", *(f"{name}. {text}" for name, text in TEXTS.items() if name.startswith("S"))]


def test_choices_are_offered_and_points_may_be_numbers(sheet):
    offered = rules(sheet)
    assert offered["B"].formula1 == '"5,4,3,2,1,매우 그렇다,그렇다,보통이다,그렇지 않다,전혀 그렇지 않다"'
    assert offered["O"].formula1 == '"10,9,8,7,6,5,4,3,2,1,0"'
    assert (offered["P"].showErrorMessage, offered["Q"].showErrorMessage) == (True, False)
    assert "S" not in offered


def test_excel_is_given_no_rule_that_it_calls_damage(sheet):
    for rule in rules(sheet).values():
        assert (len(rule.formula1) <= 257, len(rule.errorTitle) <= 32, len(rule.error) <= 225) == (True, True, True)


async def test_choices_that_hold_commas_are_offered_whole(school, office, papers):
    content = standard()
    content[0]["questions"][3] |= {"options": ["구직 중, 준비 중", "그 밖"], "options_en": []}
    await office.imports([content[0] | {"version": 1}])
    pages = await school.database.read(lambda tx: template.pages(tx, "수요조사", None))
    path = papers.folder / "needs.xlsx"
    path.write_bytes(workbook.write(pages))
    assert rules(path)["E"].formula1 == "보기!$A$1:$A$4"
    book = load_workbook(path)
    assert [cell.value for cell in book["보기"]["A"]] == ["구직 중, 준비 중", "그 밖", 1, 2]
    assert book["보기"].sheet_state == "hidden"


async def test_a_filled_sheet_comes_in_as_paper(papers, office, sheet):
    fill(sheet, {"번호": 1, **GOOD}, {"번호": 2, **GOOD, "S1": "보통이다"})
    assert (await papers.says(sheet)).startswith("‘프로그램 만족도 조사’(만족도조사) ‘바리스타 2급’(26-01): 새로 2건")
    assert {each.channel for each in await office.sheets(papers.round_id)} == {"paper"}


async def test_equal_papers_with_other_numbers_are_two(papers, sheet):
    await papers.brings(fill(sheet, {"번호": 1, **GOOD}))
    assert "새로 1건, 이미 등록한 것 0건" in await papers.says(fill(sheet, {"번호": "2", **GOOD}))
    assert "새로 0건, 이미 등록한 것 1건" in await papers.says(fill(sheet, {"번호": 2.0, **GOOD}))


async def test_an_empty_sheet_has_no_answers(papers, sheet):
    assert "새로 0건" in await papers.says(sheet)


def test_the_guide_tells_who_is_asked_and_how_to_answer(sheet):
    lines = [[cell.value for cell in line] for line in load_workbook(sheet)["설명"]]
    assert lines[1][0] == "번호"
    assert lines[15][:2] == ["S14. 이 과정을 가까운 사람에게 권할 마음은 몇 점인가요?", "꼭"]
    assert "0부터 10까지 숫자로 적어 주세요." in lines[15]


async def test_the_guide_names_conditions(school, office):
    pages = await school.database.read(lambda tx: template.pages(tx, "수요조사", None))
    told = {column.field: column.explanation for page in pages for column in page.columns.all}
    assert told["N7"] == "배움에 대해. N6에 ‘없다’라고 하지 않은 분만"


async def test_a_sheet_of_an_unknown_course_is_refused(school, office):
    with pytest.raises(lookup.Declined, match="이런 과정번호가 없습니다"):
        await school.database.read(lambda tx: template.pages(tx, "만족도조사", "26-99"))

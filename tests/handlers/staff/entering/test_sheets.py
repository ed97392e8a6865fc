"""Files of answers are read as they are seen, and what isn't read is told."""

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from tests.support.surveys.desk import GOOD, NAVER

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def changed(papers):
    """Three papers, after what is done to their sheet by hand."""

    def make(change):
        path = papers.types({}, {"S1": 4}, {"S1": 3})
        book = load_workbook(path)
        change(book)
        book.save(path)
        return path

    return make


async def test_a_hidden_answer_is_left_out_and_told(papers, changed):
    def hide(book):
        book["응답"].row_dimensions[3].hidden = True

    said = await papers.says(changed(hide))
    assert "새로 2건" in said
    assert "응답: 숨기거나 필터로 가린 행은 읽지 않았습니다: 3행" in said.splitlines()[1]
    assert "3행 ‘" not in said  # what somebody answered is told nowhere


async def test_an_answer_that_is_struck_through_is_left_out_and_told(papers, changed):
    def strike(book):
        for cell in book["응답"][4]:
            cell.font = Font(strike=True)

    said = await papers.says(changed(strike))
    assert "새로 2건" in said
    assert "응답: 취소선을 그은 행은 읽지 않았습니다: 4행" in said


async def test_what_is_struck_through_in_an_answer_is_asked_about_without_its_numbers(papers, changed):
    def strike(book):
        book["응답"]["R2"] = "010-0000-0001 좋아요"
        book["응답"]["R2"].font = Font(strike=True)

    said = await papers.says(changed(strike))
    assert "취소선을 그은 값입니다" in said
    assert "0001" not in said


async def test_a_merged_answer_is_that_of_all_its_rows(papers, office, changed):
    said = await papers.says(changed(lambda book: book["응답"].merge_cells("B2:B4")))
    assert [sheet.answers["S1"] for sheet in await office.sheets(papers.round_id)] == [5, 5, 5]
    assert "병합한 셀의 값은 그 셀이 걸친 모든 행의 값으로 읽었습니다: B2:B4" in said


async def test_a_hidden_sheet_of_answers_is_left_out_and_told(papers, changed):
    def add(book):
        hidden = book.copy_worksheet(book["응답"])
        hidden.title, hidden.sheet_state = "작년", "hidden"

    said = await papers.says(changed(add))
    assert "새로 3건" in said
    assert "작년: 숨긴 시트라 읽지 않았습니다." in said


@pytest.mark.parametrize("word", ["합계", "평균", "계", "응답 합계"])
async def test_a_line_of_sums_is_no_answer(papers, changed, word):
    is_sum = word != "응답 합계"
    said = await papers.says(changed(lambda book: book["응답"].append([word, 4, 4.33])))
    assert ("합계나 평균을 적은 줄 1개는 넘겼습니다." in said) == is_sum
    assert ("새로 3건" in said) == is_sum


@pytest.mark.parametrize("written", ['"좋아요" 라고 했어요', '"좋아요" 라고 "했어요"'])
async def test_an_answer_may_begin_with_a_quotation_mark(papers, office, written):
    path = papers.folder / "papers.csv"
    answers = {**GOOD, "S18": written, "S16": "1"}
    path.write_text(f"{','.join(answers)}\n{','.join(map(str, answers.values()))}\n", encoding="utf-8")
    assert "새로 1건" in await papers.says(path)
    [sheet] = await office.sheets(papers.round_id)
    assert sheet.answers["S18"] == written.replace('"', "", 2)


WHY = "4. 직업교육을 받으려는 까닭은 무엇인가요? (2개까지)"


@pytest.fixture
def spread(forms):
    """An export with a column for each choice of a question, which stands over the first of them alone."""

    def make(*rows):
        book = Workbook()
        others = {header: value for header, value in NAVER.items() if header != WHY}
        book.active.append([*others, WHY, None, None])
        for choices in rows:
            book.active.append([*(others.values() if choices != CHOICES else [None] * len(others)), *choices])
        book.save(path := forms.folder / "form.xlsx")
        return path

    return make


CHOICES = ["취업", "창업", "그 밖"]


async def test_choices_that_have_a_column_each_are_answers_to_one_question(forms, office, spread):
    said = await forms.says(spread(CHOICES, ["취업", None, "그 밖: 요리"], [None, "창업", None]))
    assert "새로 2건" in said
    assert "보기의 이름을 적은 줄 1개는 넘겼습니다." in said
    chosen = [len(sheet.answers["N5"]) for sheet in await office.sheets(forms.round_id)]
    assert sorted(chosen) == [1, 2]


async def test_marks_in_columns_of_choices_are_asked_about(forms, spread):
    said = await forms.says(spread([None, 1, None], [None, "O", None]))
    assert said.count("고른 칸에 보기의 이름을 적어 주세요") == 2

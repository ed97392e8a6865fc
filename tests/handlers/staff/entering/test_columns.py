"""Columns of answer files: which question each is, what is told of them, and what is refused."""

import pytest
from openpyxl import load_workbook

from handlers.staff.entering.columns import Questions
from handlers.staff.files.rows import UnreadableFile
from storage.asking.survey import TEXT, Item, Wording
from tests.support.surveys.desk import GOOD, NAVER, TEXTS, export

pytestmark = pytest.mark.on_sqlite

SATISFACTION = [Item(name, TEXT, Wording(text)) for name, text in TEXTS.items() if name.startswith("S")]
NEEDS = [Item(name, TEXT, Wording(text)) for name, text in TEXTS.items() if name.startswith("N")]


def meant(items, *headers):
    return Questions(items).find(headers).questions


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("S1", "S1"),
        ("s1.", "S1"),
        ("[S2] 비율", "S2"),
        ("S12 자신감", "S12"),
        ("1. 교육 내용이 안내받은 것과 맞았다. (필수)", "S1"),
        ("Q3) 교재와재료가 알맞았다*", "S3"),
        ("교육내용이 안내와 맞았다", "S1"),
        ("강사의 만족도는? [강사는 전문성이 있었다.]", "S4"),
        ("강사는 전문적이었다", "S4"),
        ("필요한 뒷받침을 골라 주세요. (최대 3개 선택)", "S16"),
        ("18. 좋았던 점(주관식)", "S18"),
        ("좋았던 점", "S18"),
        ("고쳐야 할 점", "S19"),
    ],
)
def test_a_header_is_the_question_that_it_names_or_asks(header, name):
    assert meant(SATISFACTION, header) == {name: 0}


@pytest.mark.parametrize(
    "header", ["성함", "의견", "강사", "S21", "점수", "S", "강사는 시간을 잘 지켰다.", "2026년 만족도", ""]
)
def test_a_header_that_asks_something_else_is_no_question(header):
    assert meant(SATISFACTION, header) == {}


@pytest.mark.parametrize("item", [*SATISFACTION, *NEEDS], ids=lambda item: item.name)
def test_no_question_takes_the_column_of_another_where_its_own_is_missing(item):
    items = SATISFACTION if item in SATISFACTION else NEEDS
    assert meant([each for each in items if each is not item], item.text.ko) == {}


def test_the_likest_column_wins_and_the_other_is_told():
    places = Questions(SATISFACTION).find(["강사는 전문적이었다", "강사는 전문성이 있었다."])
    assert (places.questions, places.unknown) == ({"S4": 1}, [0])


def test_a_text_of_another_question_wins_over_a_wrong_name():
    places = Questions(SATISFACTION).find(["S1. 강사는 전문성이 있었다."])
    assert (places.questions, places.differing) == ({"S4": 0}, [0])


def test_another_forms_numbers_are_not_taken_for_names():
    items = [Item("1", TEXT, Wording("사는 곳")), Item("2", TEXT, Wording("나이대"))]
    assert meant(items, "1. 나이대", "2. 사는 곳", "3. 성별") == {"2": 0, "1": 1}
    assert meant(items, "1", "2.") == {"1": 0, "2": 1}


def test_all_questions_are_found_in_any_order():
    headers = [item.text.ko for item in reversed(NEEDS)]
    assert meant(NEEDS, *headers) == {item.name: len(NEEDS) - 1 - at for at, item in enumerate(NEEDS)}


async def test_what_was_read_otherwise_than_written_is_told(papers):
    row = {**GOOD, "교육내용이 안내와 맞았다": 5, "참여자": "a", "연락처": ""}
    del row["S1"], row["S18"]
    said = await papers.says(papers.saves("other.csv", row))
    assert "other.csv P열 ‘교육내용이 안내와 맞았다’ → S1로 읽었습니다. S1: ‘교육 내용이 안내받은 것과 맞았다.’" in said
    assert "읽지 않은 열입니다. R열 ‘연락처’\n" in said
    assert "열이 없어 답을 비워 둔 문항입니다. S17, S18, S19, S20" in said
    assert "참여자" not in said


async def test_a_column_that_says_the_same_is_not_worth_telling(forms):
    said = await forms.says(forms.saves("export.csv", *export({})))
    assert "나이대" not in said
    assert "→ N4로 읽었습니다" in said
    assert "응답일시" not in said


async def test_a_required_question_without_a_column_is_refused(papers):
    row = {name: value for name, value in GOOD.items() if name != "S3"}
    said = await papers.says(papers.saves("papers.csv", row))
    assert "papers.csv ‘S3. 교재와 재료가 알맞았다.’: 꼭 있어야 하는 열이 없습니다." in said
    assert "‘S3.’을 적어" in said


async def test_lines_above_the_header_are_not_read(papers, office):
    path = papers.types({})
    book = load_workbook(path)
    book.active.insert_rows(1, 2)
    book.active["A1"] = "2026년 만족도 조사 응답"
    book.save(path)
    assert "새로 1건" in await papers.says(path)


async def test_a_file_of_another_survey_is_refused(papers):
    with pytest.raises(UnreadableFile, match="다른 설문의 파일이 아닌지"):
        await papers.brings(papers.saves("other.csv", {"과정명": "꽃차", "정원": 15}))


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16"])
async def test_an_export_is_read_in_every_encoding(forms, encoding):
    assert "새로 1건" in await forms.says(forms.saves("export.csv", NAVER, encoding=encoding))


async def test_tabs_and_semicolons_separate_though_answers_hold_commas(forms):
    path = forms.saves("export.csv", NAVER)
    for delimiter in "\t;":
        lines = [delimiter.join(NAVER), delimiter.join(NAVER.values())]
        path.write_text("\n".join(lines), encoding="utf-8")
        assert "건입니다" in await forms.says(path)

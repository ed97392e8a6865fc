"""Cells of answer files: what they are read as, and what is told of those that can't be meant."""

from datetime import datetime

import pytest
from openpyxl import load_workbook

from handlers.staff.entering import cells
from handlers.staff.files.cells import Wrong
from storage.asking.survey import MULTI, NPS, NUMBER, SCALE, SINGLE, TEXT, Item, Wording
from tests.support.surveys.desk import export

pytestmark = pytest.mark.on_sqlite

POINTS = ("매우 그렇다", "그렇다", "보통이다", "그렇지 않다", "전혀 그렇지 않다")
HELP = ("채용정보", "이력서, 면접 도움", "현장실습(1~2주)", "그 밖")
JOBS = ("직장인", "자영업", "주부", "기타(적어 주세요)")


def item(kind, *labels, least=0, most=0, is_required=True):
    return Item("Q", kind, Wording("물음"), tuple(map(Wording, labels)), is_required, least, most)


SCALED = item(SCALE, *POINTS, least=1, most=5)
MANY, ONE = item(MULTI, *HELP, most=3), item(SINGLE, *JOBS)
SATISFIED = item(SCALE, "매우 만족", "만족", "보통", "불만족", "매우 불만족", least=1, most=5)
BEST = (
    "5. 매우만족",
    "매우 만족(5점)",
    "5점 (매우 만족)",
    "①매우 만족",
    "매우만족함",
    "아주 만족",
    "★★★★★",
    "5.0",
    "5/5",
)
SEX, AGREED = item(SINGLE, "여성", "남성", "답하지 않음"), item(SINGLE, "예", "아니요")
FIELDS = item(MULTI, "바리스타", "꽃꽂이", "목공", "기타", most=3)
TWO = ("바리스타|꽃꽂이", "바리스타·꽃꽂이", "바리스타；꽃꽂이", "1. 바리스타, 2. 꽃꽂이", "①②", "① 바리스타 ② 꽃꽂이")
LISTS = ("• 바리스타\n• 꽃꽂이", "1) 바리스타 2) 꽃꽂이", "['바리스타', '꽃꽂이']", '["바리스타","꽃꽂이"]')
READ = [
    *((SATISFIED, written, 5) for written in BEST),
    *((SATISFIED, written, 4) for written in ("★★★★☆", "⭐⭐⭐⭐", "만족함", "만족하였다", "2) 만족", "4=만족")),
    *((SATISFIED, written, 3) for written in ("보통이다", "보통임", "보통 (3)")),
    *((SCALED, written, 1) for written in ("전혀 아니다", "매우 그렇지 않다", "전혀 그렇지 않음")),
    *((SEX, written, "여성") for written in ("여자", "① 여성", "1.여성", "(1) 여성", "F", "Female")),
    *((AGREED, written, "아니요") for written in ("2. 아니오", "② 아니오", "FALSE")),
    *((FIELDS, written, ["바리스타", "꽃꽂이"]) for written in TWO + LISTS),
    *(
        (FIELDS, written, ["기타"])
        for written in ("기타 제과", "[기타] 제과", "기타의견: 제과", "그 외: 제과", "Other: 제과")
    ),
    (item(SINGLE, "30대", "40대"), "② 40대", "40대"),
    (item(NPS, most=10), "8.0", 8),
    *((each, "무응답", "") for each in (SATISFIED, SEX, FIELDS, item(TEXT, most=9))),
    *((SCALED, written, 5) for written in (5, 5.0, "5", "5점", " 5 ", "⑤", "매우그렇다", "매우")),
    (SCALED, "그렇지 않다", 2),
    (item(NPS, most=10), 0, 0),
    (item(NPS, most=10), "10점", 10),
    (item(NUMBER, least=1, most=99), "12명", 12),
    (ONE, "자영", "자영업"),
    (ONE, 3, "주부"),
    (ONE, "기타", "기타(적어 주세요)"),
    (ONE, "기타: 배우는 사람", "기타(적어 주세요)"),
    (ONE, "그 밖：배우는 사람", "기타(적어 주세요)"),
    (ONE, "기타(적어 주세요)", "기타(적어 주세요)"),
    (MANY, "채용정보, 이력서, 면접 도움", ["채용정보", "이력서, 면접 도움"]),
    (MANY, "이력서,면접도움;채용정보", ["채용정보", "이력서, 면접 도움"]),
    (MANY, "현장실습(1~2주)\n채용정보", ["채용정보", "현장실습(1~2주)"]),
    (MANY, "1,3", ["채용정보", "현장실습(1~2주)"]),
    (MANY, "1 2", ["채용정보", "이력서, 면접 도움"]),
    (MANY, 2, ["이력서, 면접 도움"]),
    (MANY, "채용, 그 밖: 요리, 제빵", ["채용정보", "그 밖"]),
    (MANY, "기타(요리, 제빵), 채용정보", ["채용정보", "그 밖"]),
    (item(TEXT, most=100), " 좋았어요\r\n또 ", "좋았어요\n또"),
    (item(TEXT, most=100), 7.0, "7"),
    *((each, written, "") for each in (SCALED, MANY, item(TEXT, most=9)) for written in (None, "", " ", "-")),
]
WRONG = [
    *((SATISFIED, written, "부터") for written in ("매우 만족(1점)", "2. 매우 만족", "☆☆☆☆☆", "★★★☆", "대체로 만족")),
    *((item(SINGLE, "4시간", "5시간"), written, "보기 가운데") for written in ("3-4시간", "1.5시간")),
    (item(NUMBER, least=1, most=99), "1,2", "숫자로"),
    (SCALED, 6, "5(매우 그렇다)부터 1(전혀 그렇지 않다)까지"),
    (SCALED, 4.5, "부터"),
    (SCALED, "그렇", "부터"),
    (SCALED, True, "부터"),
    (SCALED, datetime(2026, 1, 3), "날짜"),  # noqa: DTZ001
    (item(NPS, most=10), 11, "0부터 10까지 숫자로"),
    (ONE, "학생", "보기 가운데 하나를 적어 주세요: 직장인 / 자영업 / 주부"),
    (item(SINGLE, "네", "아니요"), "기타: 글쎄요", "보기 가운데"),
    (MANY, "1,2,3,4", "3개까지 고를 수 있습니다"),
    (MANY, "채용정보, 그 밖, 제빵", "쉼표로 나누어"),
    (MANY, 1.3, "쉼표로 나누어"),
    (item(TEXT, most=5), "여섯 글자를", "5자까지"),
    (item(TEXT, most=99), "연락은 010-0000-0001로", "지워 주세요"),
    (item(TEXT, most=99), "010ㅡ0000ㅡ2222 김시험", "지워 주세요"),
    (item(TEXT, most=99), "공일공 공공공공 이이이이", "지워 주세요"),
    (item(TEXT, most=99), "저는 000101-3000000 입니다", "지워 주세요"),
    (ONE, "기타: 000101-3000000", "지워 주세요"),
]


@pytest.mark.parametrize(("question", "written", "answer"), READ)
def test_a_cell_is_read_as_what_is_meant(question, written, answer):
    assert cells.reader(question)(written) == answer


@pytest.mark.parametrize(("question", "written", "told"), WRONG)
def test_a_cell_that_can_not_be_meant_is_told_with_what_to_write(question, written, told):
    with pytest.raises(Wrong) as wrong:
        cells.reader(question)(written)
    assert told in str(wrong.value)


async def test_every_wrong_cell_is_told_with_its_place(papers):
    said = await papers.says(papers.types({"S1": 7, "S2": "가"}, {}, {"S15": "모름", "S18": "010-0000-0001 로 연락"}))
    assert "고칠 곳이 4군데" in said
    assert "- 응답 2행 B열 ‘S1’: ‘7’ → 5(매우 그렇다)부터 1(전혀 그렇지 않다)까지" in said
    assert "- 응답 2행 C열 ‘S2’: ‘가’ → 5(매우 그렇다)부터 1(전혀 그렇지 않다)까지" in said
    assert "- 응답 4행 P열 ‘S15’: ‘모름’ → 보기 가운데 하나를 적어 주세요: 자격시험을 보겠다 /" in said
    assert "- 응답 4행 R열 ‘S18’: ‘***-****-**** 로 연락’ → 전화번호로 보이는" in said


async def test_nobodys_number_is_told_again(papers):
    said = await papers.says(
        papers.types({"S18": "000101-3000000"}, {"S18": "010 0000 0001"}, {"S15": "000101-3000000"})
    )
    assert "고칠 곳이 3군데" in said
    assert "0000" not in said


async def test_an_answer_to_what_is_not_asked_is_left_out_and_told_once(office, forms):
    helpful = "6. 그 교육이 도움이 되었나요?"
    said = await forms.says(forms.saves("export.csv", *export({helpful: "그렇다"}, {helpful: "모르겠음"})))
    assert said.count("조건에 따라 묻지 않는 문항의 답 2개는 넘겼습니다.") == 1
    assert [sheet for sheet in await office.sheets(forms.round_id) if "N7" in sheet.answers] == []


async def test_what_is_asked_after_an_earlier_answer_must_be_answered(forms):
    said = await forms.says(
        forms.saves("export.csv", *export({"Q5) 최근 1년 사이 직업교육을 받은 적이 있나요?": "있다(다른 곳)"}))
    )
    assert "고칠 곳이 1군데" in said
    assert "H열 ‘6. 그 교육이 도움이 되었나요?’: 빈칸" in said


async def test_a_wrong_answer_does_not_make_its_follow_up_wrong_too(forms):
    said = await forms.says(
        forms.saves("export.csv", *export({"Q5) 최근 1년 사이 직업교육을 받은 적이 있나요?": "글쎄"}))
    )
    assert "고칠 곳이 1군데" in said


async def test_empty_lines_and_numbered_empty_papers_are_no_answers(office, papers):
    path = papers.types({}, {})
    book = load_workbook(path)
    book.active.insert_rows(3)
    book.active.append([77])
    book.save(path)
    said = await papers.says(path)
    assert "새로 2건" in said
    assert "답이 하나도 없는 줄 1개는 넘겼습니다." in said

"""Beside the courses: calls that were asked for, talks with a counselor, postings, and words that found nothing."""

import io
from collections.abc import Mapping

from openpyxl import Workbook

from tests.walks.courses import confirms, moment, returns, uploads
from tests.walks.officers import Walker
from tests.walks.residents import Writer

WORD = "가죽공방"


def hours() -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in {
        "상담사": ["상담사번호 상담사명 장소 전화", "A 상담사-가 일자리센터-2층 02-000-0000"],
        "상담시간": ["상담사번호 상담요일 시작시간 종료시간", "A 화,목 10:00 12:00"],
    }.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row.split())
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


async def opens_hours(lead: Walker) -> None:
    await uploads(lead, "상담.xlsx", hours(), "counseling")
    assert lead.town.count("counselors") == 1


async def is_asked_for(lead: Walker, writers: Mapping[int, Writer]) -> None:
    """Somebody asks to be called, another books a talk, a third looks for what isn't there."""
    calls, talks, looks, *_ = list(writers.values())[20:]
    await calls.opens("/")
    await calls.says("전화해 주세요")
    await calls.goes_on(
        "이대로 부탁하기", ("전화 부탁", "전화 받기", "동의하고 계속", "오전", "건너뛰기"), calls.mobile
    )
    await talks.opens("/")
    await talks.says("상담 예약")
    liked = ("상담 예약", "예약하기", "동의하고 계속", "이력서·면접", "방문", "월 ", "오전 10시", talks.mobile)
    await talks.goes_on("이대로 예약하기", liked, talks.mobile)
    for _ in range(2):
        await looks.opens("/")
        await looks.says(WORD)
    assert lead.town.count("callbacks") == 1
    assert lead.town.count("appointments") == 1


async def calls(lead: Walker) -> None:
    with lead.job("전화 부탁 처리"):
        await lead.opens("/desk/calls")
        await lead.looks("calls")
        await lead.types("input[name=note]", "통화함")
        await lead.clicks("전화함", "button")
        await confirms(lead)
    await lead.looks("called")
    assert lead.town.rows("SELECT outcome FROM callbacks") == [("called",)]


async def adds_posting(lead: Walker) -> None:
    with lead.job("채용공고 등록"):
        await lead.opens("/desk/postings")
        await lead.looks("postings-empty")
        await lead.clicks("채용공고 등록", "link")
        told = {"title": "카페 바리스타 모집", "company": "예시카페", "region": "서울 중구", "close": "2027-03-31"}
        for label, value in zip(("공고명", "회사", "지역", "마감일"), told.values(), strict=True):
            lead.effort.clicks += 1
            lead.effort.signs += len(value)
            await lead.page.get_by_label(label).first.fill(value)
        await lead.looks("posting")
        await lead.clicks("등록", "button")
        await confirms(lead, "posting-preview")
    await lead.looks("postings")
    assert lead.town.count("postings") == 1


async def learns_word(lead: Walker) -> None:
    with lead.job("찾지 못한 말 → 검색어"):
        await lead.opens("/desk/words")
        await lead.looks("words")
        row = lead.page.locator("tr", has_text=WORD)
        await row.locator("select").first.select_option("K10")
        lead.effort.clicks += 2
        await row.get_by_role("button", name="이 강좌를 찾는 말").click()
        await confirms(lead, "word-preview")
    await lead.looks("words-after")
    assert lead.town.count(f"courses WHERE code = 'K10' AND keywords LIKE '%{WORD}%'") == 1


async def notes_talk(lead: Walker) -> None:
    day = str(lead.town.rows("SELECT starts_at FROM appointments")[0][0])[:10]
    await lead.opens(f"/desk/counseling?day={day}")
    await lead.looks("counseling-before")
    await returns(lead, moment(day, "15:00"))
    with lead.job("상담 결과 적기"):
        await lead.opens("/desk/counseling")
        await lead.looks("counseling")
        await lead.clicks("참석", "button")
        await confirms(lead)
    await lead.looks("counseling-after")
    assert lead.town.rows("SELECT state FROM appointments") == [("attended",)]
    await lead.opens("/desk/counseling/1")
    await lead.looks("appointment")


async def looks_back(lead: Walker) -> None:
    """The pages that the half-year leads to in the end."""
    for name, path in {
        "today": "", "undo": "undo", "review": "review", "sources": "sources", "share": "courses/K02/share",
        "history": "courses/K03/history", "roll": "courses/K03/roll", "person": "people/5", "completers":
        "messages/completers", "templates": "messages/templates", "counter": "counter", "instructors": "instructors",
        "new-course": "new-course", "questions": "surveys/만족도조사/questions",
    }.items():  # fmt: skip
        await lead.opens(f"/desk/{path}")
        await lead.looks(f"last-{name}")

"""Thirteen courses come in by a sheet, and some are edited, moved, copied and closed."""

import io
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from tests.support.domain import SEOUL
from tests.walks.officers import Walker, code
from tests.walks.town import a_password, link

BEGINS = datetime(2027, 1, 4, 10, 0, tzinfo=SEOUL)  # a Monday
HEADER = "과정번호 과정명 학기 장소 정원 접수시작 접수종료 시작일 종료일 요일 시작시간 종료시간 선정방법 준비물"
SEATS = 10
SHORT, LOTTERY, CHOSEN, CLOSED, HELD = "K01", "K12", "K13", "K11", "K05"
TITLES = (
    "바리스타 2급", "꽃차소믈리에", "정리수납컨설턴트 2급", "한식조리 기초", "제과제빵 입문", "홈패션 미싱",
    "스마트폰 강사 양성", "실버인지놀이 지도사", "반려동물 관리사", "도시농업 관리사", "캘리그라피 공예",
    "원예심리지도사 2급", "병원동행 매니저",
)  # fmt: skip
ENDS = {SHORT: "2027-02-16"}


def moment(day: str, clock: str = "10:00") -> datetime:
    return datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=SEOUL)


def sheet() -> bytes:
    """A course a hall; the last but one is drawn, the last is decided by officers."""
    book = Workbook()
    rows = book.active
    assert rows is not None
    rows.append(HEADER.split())
    for number, title in enumerate(TITLES, 1):
        course = f"K{number:02}"
        how = {LOTTERY: "추첨", CHOSEN: "심사"}.get(course, "선착순")
        starts = "2027-02-02" if course == LOTTERY else "2027-01-19"
        dates = ["2027-01-04 09:00", "2027-01-13 18:00", starts, ENDS.get(course, "2027-05-25")]
        rows.append(
            [course, title, "2027-H1", f"강의실 {number}", SEATS, *dates, "화", "10:00", "12:00", how, "앞치마"]
        )
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


async def begins(lead: Walker) -> None:
    """The first account by the command, then its owner by the link, then once more by password and code."""
    said = await lead.town.tells("officers", "--add", "kim", "--name", "김팀장")
    password = a_password()
    with lead.job("처음 시작하기"):
        await lead.opens(link(said))
        await lead.looks("begin")
        await lead.types("#password", password)
        await lead.types("#repeated", password)
        secret = await lead.page.locator(".secret code").inner_text()
        await lead.types("#code", code(secret, lead.town))
        await lead.clicks("시작하기")
        await lead.looks("recovery-codes")
        await lead.clicks("적어 두었습니다")
    await lead.looks("first-day")
    await lead.page.get_by_role("button", name="로그아웃", exact=True).click()
    lead.secret, lead.password = secret, password  # type: ignore[attr-defined]
    await signs_in(lead)
    assert "sign-in" not in lead.page.url, lead.page.url


async def signs_in(lead: Walker) -> None:
    """A code counts once, so the next one."""
    lead.town.passes(seconds=45)
    with lead.job("로그인"):
        await lead.opens("/desk/sign-in")
        await lead.looks("sign-in")
        await lead.types("#login", "kim")
        await lead.types("#password", lead.password)  # type: ignore[attr-defined]
        await lead.types("#code", code(lead.secret, lead.town))  # type: ignore[attr-defined]
        await lead.clicks("로그인")


async def returns(lead: Walker, when: datetime) -> None:
    """Later, at the first page: whoever was away for long signs in again."""
    lead.town.turns(when)
    await lead.opens("/desk/")
    if "sign-in" in lead.page.url:
        await signs_in(lead)


async def uploads(lead: Walker, name: str, data: bytes, shown: str) -> None:
    with lead.job(f"파일 올리기: {name}"):
        await lead.opens("/desk/import")
        await lead.looks(f"{shown}-import")
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        await lead.page.set_input_files("#file", {"name": name, "mimeType": kind, "buffer": data})
        await lead.clicks("무엇이 바뀌는지 보기")
        await lead.looks(f"{shown}-check")
        await lead.clicks("그대로 등록")
        await lead.looks(f"{shown}-imported")


async def of_a_team(lead: Walker, file: Path) -> None:
    """A sheet that a team has: what its officer meets is in the pictures and in what is printed."""
    await uploads(lead, file.name, file.read_bytes(), "team")
    print(await lead.page.locator("main").inner_text())
    await lead.opens("/desk/courses")
    await lead.looks("team-courses")
    for (course,) in lead.town.rows("SELECT code FROM courses ORDER BY id"):
        await lead.opens(f"/desk/courses/{course}")
    await lead.looks("team-course")


async def imports(lead: Walker) -> None:
    await uploads(lead, "2027-상반기.xlsx", sheet(), "courses")
    await lead.opens("/desk/courses")
    await lead.looks("courses")
    assert lead.town.count("courses") == len(TITLES)


async def confirms(lead: Walker, name: str = "") -> None:
    """What is previewed first is done once that is confirmed."""
    sure = lead.page.get_by_role("button", name="그대로 하기")
    if await sure.count():
        if name:
            await lead.looks(name)
        await lead.clicks("그대로 하기", "button")


def _id(code: str) -> str:
    return f"(SELECT id FROM courses WHERE code = '{code}')"


async def changes(lead: Walker) -> None:
    town = lead.town
    with lead.job("강좌 고치기"):
        await lead.opens("/desk/courses/K02/edit")
        await lead.looks("edit")
        await lead.types("#supplies", "앞치마, 머릿수건")
        await lead.clicks("저장", "button")
        await confirms(lead, "edit-preview")
    assert town.rows("SELECT supplies FROM courses WHERE code = 'K02'") == [("앞치마, 머릿수건",)]
    with lead.job("수업 옮기기"):
        await lead.opens("/desk/courses/K03/meetings")
        await lead.looks("meetings")
        await lead.types("[aria-label='2회차 날짜']", "2027-01-28")
        await lead.clicks("옮기기: 2회차", "button")
        await confirms(lead, "move-preview")
    with lead.job("수업 없애기"):
        await lead.opens("/desk/courses/K03/meetings")
        await lead.clicks("없애기: 3회차", "button")
        await confirms(lead, "drop-preview")
    await lead.looks("meetings-after")
    left = f"SELECT count(*), count(planned_at) FROM sessions WHERE course_id = {_id('K03')}"
    whole = f"SELECT count(*), count(planned_at) FROM sessions WHERE course_id = {_id('K04')}"
    assert town.rows(whole)[0] != town.rows(left)[0], town.rows(left)
    with lead.job("강좌 복사하기"):
        await lead.opens("/desk/courses/K04/copy")
        await lead.looks("copy")
        await lead.clicks("저장", "button")
        await lead.looks("copy-asked")
        if town.count("courses") == len(TITLES):
            await lead.clicks("저장", "button")
            await confirms(lead)
    assert town.count("courses") == len(TITLES) + 1, lead.page.url
    await lead.looks("copied")


async def closes(lead: Walker) -> None:
    with lead.job("폐강하기"):
        await lead.opens(f"/desk/courses/{CLOSED}")
        await lead.looks("course")
        await lead.clicks("폐강", "link")
        await lead.types("#reason", "강사 사정")
        await lead.looks("close")
        await lead.clicks("누구에게 알리는지")
        await confirms(lead, "close-preview")
    await lead.looks("closed")
    assert lead.town.rows("SELECT state FROM courses WHERE code = ?", CLOSED) == [("cancelled",)]

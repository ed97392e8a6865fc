"""What everybody may ask of what is kept of them, in each kind of chat: see, correct, withdraw, take along, erase."""

import json

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from bot.site.once import OneTime
from storage.people.finding import persons
from storage.tables import enrollments, inbox, residents
from tests.support.counseling.centre import books
from tests.support.people.family import daughter_at, holders

pytestmark = pytest.mark.on_sqlite

CHATS = ("web", "telegram", "kakao")
NOBODY = "아직 아무것도 적어 두지 않았어요"


@pytest.fixture(params=CHATS)
async def participant(request, school, visitor):
    """Has registered for a course in one of the chats."""
    found = visitor("r1", channel=request.param)
    await found.registers(await school.opens())
    return found


@pytest.fixture
async def once_pages(school, settings):
    """What one-time links open."""
    routes = OneTime(school.database, settings.to_organization(), lambda: school.now).routes()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(Starlette(routes=routes))) as client:
        yield client


async def erases(participant):
    await participant.says("내 정보 지워 주세요")
    await participant.presses("취소하고 모두 지우기")
    return await participant.presses("네, 모두 지워 주세요")


@pytest.mark.on_both
async def test_all_that_was_told_is_shown_with_why_and_until_when(participant):
    told = await participant.says("내 정보")
    assert all(said in told for said in ("홍길동", "1983년", "010-0000-0001", "청구동"))
    kept = await participant.presses("무엇을 언제까지")
    assert "강좌 신청과 수료: 수업과 수료를 확인하려고, 끝난 뒤 5년 둬요." in kept
    assert "일자리 상담" not in kept


async def test_a_name_that_changed_by_marriage_stands_on_the_receipt_and_the_seat_stays(school, participant):
    await participant.says("내 정보 고치기")
    await participant.presses("이름 고치기")
    await participant.says("김새롬")
    assert "이름: 김새롬" in await participant.presses("이대로 고치기")
    assert "바리스타 2급" in await participant.says("내 신청")
    assert await school.enrolled(1) == 1
    assert [row.name for row in await school.rows(select(residents.c.name))] == ["김새롬"]


@pytest.mark.on_both
async def test_what_was_agreed_to_is_read_again_and_withdrawn_in_one_tap(participant):
    await participant.goes_to("news/news/on")
    await participant.says("내 동의")
    assert "1) 목적: 새 강좌와 접수 일정 안내" in await participant.presses("새 강좌 소식")
    assert "동의를 거두었어요" in await participant.presses("동의 거두기")
    assert "새 강좌 소식: 받지 않아요" in await participant.says("소식")


async def test_who_withdraws_what_nothing_can_be_kept_without_is_led_to_erasing(participant):
    await participant.says("내 동의")
    assert "모두 지우게 돼요" in await participant.presses("수강신청")
    assert "이것이 모두 지워져요" in await participant.presses("모두 지우기")


async def test_all_of_it_is_taken_along_in_words(participant, once_pages):
    await participant.says("내 정보 받기")
    await participant.presses("프로그램용 파일")
    file = participant.screen.file
    content = file.content if file else (await posted(once_pages, link(participant))).content
    tables = {each["name"]: each["rows"] for each in json.loads(content)["tables"]}
    assert tables["residents"][0]["휴대전화"] == "010-0000-0001"
    assert (tables["enrollments"][0]["강좌"], tables["enrollments"][0]["상태"]) == ("바리스타 2급", "확정")
    assert tables["enrollments"][0]["신청한 때"] == "2026-11-23 10:00"
    assert tables["journal"][-1]["한 일"] == "파일로 받았어요"


async def test_a_link_to_the_file_is_good_once_for_a_day_and_previews_use_it_not_up(school, visitor, once_pages):
    participant = visitor("r1", channel="kakao")
    await participant.registers(await school.opens())
    await participant.goes_to("me/export/html")
    once, stale = link(participant), await another(participant)
    for _ in range(3):
        assert "홍길동" not in (await once_pages.get(once)).text
    assert "홍길동" in (await posted(once_pages, once)).text
    assert "홍길동" not in (await posted(once_pages, once)).text
    school.waits(hours=24)
    assert "홍길동" not in (await posted(once_pages, stale)).text


async def test_a_link_to_the_file_ends_with_the_person(school, visitor, once_pages):
    participant = visitor("r1", channel="kakao")
    await participant.registers(await school.opens())
    await participant.goes_to("me/export/html")
    mine = link(participant)
    await erases(participant)
    assert (await posted(once_pages, mine)).status_code == 404


async def another(participant):
    await participant.goes_to("me/export/html")
    return link(participant)


def link(participant):
    return next(button.url for button in participant.screen.all_buttons if "/once/export/" in button.url)


async def posted(once_pages, address):
    return await once_pages.post(address, follow_redirects=True)


@pytest.mark.on_both
async def test_everything_goes_at_once_and_the_chat_is_a_strangers(school, participant):
    told = await participant.says("내 정보 지워 주세요")
    assert "• ‘바리스타 2급’ 과정이 확정되어 있어요" in told
    assert "되돌릴 수 없어요" in await participant.presses("취소하고 모두 지우기")
    assert "다 지웠어요" in await participant.presses("네, 모두 지워 주세요")
    assert await school.enrolled(1) == 0
    assert NOBODY in await participant.says("내 정보")
    assert "신청하신 강좌가 없" in await participant.says("내 신청")


async def test_a_stranger_gets_nothing_of_anybody(participant, visitor):
    stranger = visitor("r2", channel=participant.channel)
    for path in ("me", "me/kept", "me/seers", "me/seen", "me/consents", "me/correct", "me/export", "me/erase"):
        assert NOBODY in await stranger.goes_to(path)
    for path in ("me/export/html", "me/consents/enrollment", "forms/correct/1"):
        assert "홍길동" not in await stranger.goes_to(path)
        assert stranger.screen.file is None
        assert not any(button.url for button in stranger.screen.all_buttons)


@pytest.mark.on_both
@pytest.mark.parametrize("channel", CHATS)
async def test_who_erases_a_mother_goes_on_in_the_same_chat(school, visitor, channel):
    daughter, course = daughter_at(visitor("r1", channel=channel)), await school.opens()
    await daughter.registers(course)
    await daughter.registers_mother(course)
    await daughter.goes_to("for/2/me/erase")
    await daughter.presses("취소하고 모두 지우기")
    assert "다 지웠어요" in await daughter.presses("네, 모두 지워 주세요")
    assert await holders(school, course) == ["홍길동"]
    said = await school.rows(select(inbox.c.address, inbox.c.settled_at))
    assert [(row.address, row.settled_at is None) for row in said] == [("r1", False)]
    assert "홍길동" in await daughter.goes_to("me")


@pytest.mark.on_both
async def test_a_seat_that_is_given_up_by_erasing_goes_on_to_the_line(school, visitor):
    course = await school.opens(capacity=1)
    first, second = visitor("r1"), visitor("r2")
    await first.registers(course)
    await second.registers(course, name="임꺽정", mobile="010-0000-0002")
    await erases(first)
    rows = await school.rows(select(enrollments.c.state).order_by(enrollments.c.id))
    assert [row.state for row in rows] == ["cancelled", "offered"]


async def test_a_talk_is_cancelled_too_and_is_told_before(centre, school, visitor):
    participant = visitor("r1")
    await books(participant)
    assert "일자리 상담이 예약되어 있어요" in await participant.says("탈퇴")
    await participant.presses("취소하고")
    await participant.presses("네")
    assert await centre.live() == []


@pytest.mark.on_both
async def test_a_number_that_is_corrected_is_proven_no_more(school, visitor):
    owner, course = visitor("r1"), await school.opens()
    await owner.proves(course)
    await owner.submits(course)
    await owner.goes_to("forms/correct/3")
    await owner.says("010-0000-0009")
    await owner.presses("이대로 고치기")
    assert not (await school.database.read(lambda tx: persons.find(tx, 1))).is_proven

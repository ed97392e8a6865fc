"""What the variables of each text stand for, in notices that the clock has made."""

from dataclasses import replace

import pytest

from handlers.dialogue.chat import Chat
from handlers.notices import templates
from handlers.notices.templates.texts import LONGEST, VARIABLES
from storage.notices import outbox
from storage.people import residents
from tests.support.clock.occasions import SCENES
from tests.support.domain import SETTINGS

pytestmark = pytest.mark.on_sqlite

BARISTA, FIRST = "강좌: 바리스타 2급", "첫 수업: 12월 8일(화) 오전 10시"
PLACE, SUPPLIES = "장소: 실습실 A", "준비물: 앞치마"
CLASS = [BARISTA, "회차: 1회", "일시: 12월 8일(화) 오전 10시", PLACE, SUPPLIES]
APPOINTMENT = ["상담사: 상담사 A", "방법: 방문", "장소: 일자리플러스센터 A실 (2층 승강기 옆)"]
BOOKED = "일시: 11월 26일(목) 오전 10시"
SURVEY = [BARISTA, "설문: 프로그램 만족도 조사", "문항: 20개"]

LINES = {
    "first_class": [BARISTA, "일시: 12월 8일(화) 오전 10시", PLACE, "오시는 길: 중구청 앞에서 걸어서 3분", SUPPLIES],
    "day_before": CLASS,
    "two_hours_before": CLASS,
    "offer": [BARISTA, FIRST, PLACE, "답하실 기한: 11월 24일(화) 오전 10시"],
    "offer_lapsing": [BARISTA, FIRST, PLACE, "답하실 기한: 11월 24일(화) 오전 10시"],
    "offer_lapsed": [BARISTA],
    "last_call": [BARISTA, FIRST, PLACE],
    "confirmed": [BARISTA, "결과: 선정", FIRST, PLACE],
    "waiting": [BARISTA, "대기 순번: 1번"],
    "applied": [BARISTA, "접수 마감: 11월 30일(월) 오전 10시"],
    "not_selected": [BARISTA],
    "removed": [BARISTA, "까닭: 중복 신청"],
    "last_absence": [BARISTA],
    "completion_lost": [BARISTA],
    "completed": [BARISTA, "안내: 축하드립니다"],
    "no_show_warning": [BARISTA],
    "teaching": ["강좌: 핸드드립", FIRST, PLACE],
    "changed": [BARISTA, "바뀐 것: 12월 15일(화) 오전 10시 → 12월 15일(화) 낮 12시"],
    "closed": [BARISTA, "까닭: 강사 사정"],
    "corrected_course": [BARISTA, "다음 수업: 12월 8일(화) 오전 10시"],
    "corrected_enrollment": [BARISTA, "거둔 안내: 신청 결과 안내", "지금은: 결과가 정해지면 다시 알려 드립니다"],
    "corrected_appointment": [BOOKED, *APPOINTMENT],
    "survey": [*SURVEY, "기한: 2027년 1월 8일(금)"],
    "survey_reminder": [*SURVEY, "기한: 1월 8일(금)"],
    "appointment_day_before": [BOOKED, *APPOINTMENT],
    "appointment_moved": ["일시: 12월 1일(화) 오전 11시 30분", *APPOINTMENT],
    "appointment_cancelled": [BOOKED, "까닭: 상담사 사정"],
}


@pytest.mark.parametrize("kind", templates.TEXTS)
async def test_every_text_is_filled_with_what_is_true_of_a_notice_of_its_kind(school, resident, clock, kind):
    await SCENES[kind](school, resident, clock)
    filled = {letter.filled for letter in clock.post.letters if letter.kind == kind}
    assert len(filled) == 1
    text = filled.pop()
    assert [part.splitlines() for part in text.split("\n\n")][2] == LINES[kind]
    assert text.startswith("[중구 평생학습팀] ")
    assert "#{" not in text


@pytest.mark.parametrize("kind", ["news", "followup_3", "announcement"])
async def test_a_kind_without_a_text_has_no_values(school, kind):
    assert await values(school, owed(school, kind, 1)) is None


@pytest.mark.parametrize("kind", templates.TEXTS)
async def test_what_is_gone_has_no_values(school, kind):
    assert await values(school, owed(school, kind, 404)) is None


async def test_values_are_in_korean_on_one_line_and_no_longer_than_they_may_be(school, resident):
    course = await school.opens(venue="실습실\n" + "가" * 300, title="🧑‍🍳" * 60, title_en="Barista")
    await resident(1).registers(course)
    await resident(1).says("English")
    (mine,) = await school.live(course)
    found = await values(school, owed(school, "confirmed", mine))
    assert found["장소"].startswith("실습실 가가")
    assert found["일시"] == "12월 8일(화) 오전 10시"
    assert all(len(value.encode("utf-16-le")) // 2 <= VARIABLES[name].most for name, value in found.items())
    assert set(found["강좌"].removesuffix("…")) == set("🧑‍🍳")
    assert found["강좌"].count("🍳") * 5 == len(found["강좌"].removesuffix("…").encode("utf-16-le")) // 2
    assert len(templates.fill(templates.TEXTS["confirmed"].text, found)) <= LONGEST


async def test_a_course_with_its_own_contact_is_asked_about_there(school, resident):
    course = await school.opens(contact="문화원 02-000-0001")
    await resident(1).registers(course)
    (mine,) = await school.live(course)
    found = await values(school, owed(school, "confirmed", mine))
    assert (found["문의"], found["전화"]) == ("문화원 02-000-0001", "02-000-0000")


def owed(school, kind, about):
    return outbox.Owed(1, "key", kind, outbox.SERVICE, 1, about, school.now, school.now, 0, None)


async def values(school, one):
    def work(tx):
        someone = residents.Resident(1, "ko", name="홍길동")
        with_ours = replace(someone, language="en", is_simple=True)
        chat = Chat(tx, with_ours, school.now, "alimtalk", "+821000000001", SETTINGS.to_organization())
        return templates.values(chat, one)

    return await school.database.read(work)

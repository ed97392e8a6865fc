"""Messages from the console: written, seen as every channel shows them, sent, paused and taken back."""

import pytest
from sqlalchemy import select

from storage.tables import announcements, outbox
from tests.support.notices.announcing import TEXT, complete, owed_to

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def half_reached(school, resident, visitor):
    """T1: one who can be written to, and one with a web chat alone."""
    course = await school.opens(code="T1")
    await resident(1).registers(course, name="홍길동")
    await visitor("w1").registers(course, name="성춘향", mobile="010-0000-0002")
    return course


async def looked_at(officer, **typed):
    """What the preview shows, from the page of the course on."""
    await officer.opens("/desk/courses/T1/message")
    return await officer.presses("미리 보기", text=TEXT, **typed)


async def test_a_course_is_written_to_in_four_presses_from_the_list_of_courses(counter, half_reached, school):
    officer = await counter.officer()
    await officer.opens("/desk/courses")
    await officer.follows("T1")
    assert "자리가 있는 분 2명" in await officer.follows("메시지 보내기")
    await officer.presses("미리 보기", text=TEXT)
    assert "2명께 메시지를 보내기로 했습니다" in await officer.presses("보내기")
    assert await owed_to(school) == [1, 2]


async def test_nothing_is_sent_by_looking_at_it(counter, half_reached, school):
    shown = await looked_at(await counter.officer())
    for word in ("아직 보내지 않았습니다", "텔레그램 1명", "비용은 0원", "끝납니다", "성춘향 1983 010-0000-0002"):
        assert word in shown
    assert await school.rows(select(announcements)) == []


async def test_each_channel_is_shown_as_it_would_be_read(counter, half_reached):
    officer = await counter.officer()
    await looked_at(officer, text_en="Bring an <apron>.")
    seen = {each.one("h2").text: each.text for each in officer.page.all("section", class_="bubble")}
    assert set(seen) == {"텔레그램", "카카오톡", "웹 채팅"}
    for text in seen.values():
        assert TEXT in text
        assert "이 알림 끄기" in text
    assert "Bring an <apron>." in officer.page.text


async def test_what_kakaotalk_hides_is_shown_apart(counter, half_reached):
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/message")
    assert "전체 보기" in await officer.presses("미리 보기", text="긴 글입니다. " * 80)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7 * 7 }} & \"'"])
async def test_what_is_written_is_never_markup(counter, half_reached, text):
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/message")
    await officer.presses("미리 보기", text=text)
    assert "<script>alert" not in officer.answer.text
    await officer.presses("보내기")
    await officer.opens("/desk/messages/1")
    assert text in officer.page.text
    assert "<script>alert" not in officer.answer.text


async def test_what_was_written_stays_where_it_is_declined_or_to_be_changed(counter, half_reached):
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/message")
    wrong = "강사 번호는 010-1234-5678이에요"
    assert "휴대전화 번호가 있어" in await officer.presses("미리 보기", text=wrong)
    assert officer.answer.status_code == 422
    assert officer.page.one("textarea", name="text").text.strip() == wrong
    await officer.presses("미리 보기", text=TEXT, text_en="Hello")
    await officer.presses("고치기")
    assert officer.page.one("textarea", name="text_en").text.strip() == "Hello"


async def test_a_template_is_filled_in_and_what_is_left_blank_is_asked_for(counter, half_reached):
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/message")
    await officer.presses("서식 넣기", template="휴강 안내")
    assert "쉬어요" in officer.page.one("textarea", name="text").text
    assert "채우지 않은 곳" in await officer.presses("미리 보기")


async def test_templates_of_ones_own_are_kept_changed_and_dropped(counter, half_reached):
    officer = await counter.officer()
    await officer.opens("/desk/messages/templates")
    assert "적어 두었습니다" in await officer.presses("적어 두기", name="주차", text="○○에 세워 주세요.")
    await officer.opens("/desk/messages/templates?edit=주차")
    assert officer.page.one("input", id="name").attributes["value"] == "주차"
    await officer.presses("적어 두기", text="○○○에 세워 주세요.")
    assert "기본 서식의 이름" in await officer.presses("적어 두기", name="휴강 안내", text="쉽니다.")
    await officer.opens("/desk/messages/templates")
    assert "‘주차’: 서식을 지웠습니다" in await officer.presses("지우기 주차")


async def test_the_same_a_second_time_is_asked_about(counter, half_reached, school):
    officer = await counter.officer()
    for _ in range(2):
        shown = await looked_at(officer)
        if "이미 했습니다" not in shown:
            await officer.presses("보내기")
    assert len(await school.rows(select(announcements))) == 1
    await officer.presses("한 번 더 하기")
    await officer.presses("보내기")
    assert len(await school.rows(select(announcements))) == 2


async def test_sending_twice_by_two_windows_sends_once(counter, half_reached, school):
    officer = await counter.officer()
    words = {"whom": "seats", "text": TEXT, "sure": "1"}
    await officer.sends("/desk/courses/T1/message", words)
    assert "이미 했습니다" in await officer.sends("/desk/courses/T1/message", words)
    assert len(await school.rows(select(announcements))) == 1


async def test_it_is_paused_goes_on_and_is_taken_back_from_its_page(counter, half_reached, school):
    officer = await counter.officer()
    await looked_at(officer)
    await officer.presses("보내기")
    await officer.follows("내일은 앞치마를")
    assert "멈췄습니다" in await officer.presses("멈추기")
    assert "지금: 멈춤" in officer.text
    assert "이어서 보내기로 했습니다" in await officer.presses("이어서 보내기")
    await officer.presses("되돌리기")
    assert "아직 아무에게도 알리지 않았습니다" in officer.text
    assert await school.rows(select(outbox).where(outbox.c.kind == "announcement")) == []


async def test_who_was_not_reached_is_listed_with_the_number_and_written_to_again(counter, half_reached, school, clock):
    officer = await counter.officer()
    await looked_at(officer)
    await officer.presses("보내기")
    await clock.passes(hours=1)
    officer = await counter.officer()  # signed in anew
    shown = await officer.opens("/desk/messages/1")
    assert "닿지 못함: 1명" in shown
    assert "010-0000-0002" in shown
    assert "닿지 못한 1명께 다시" in await officer.presses("닿지 못한 분께만")
    assert "보내기로 했습니다" in await officer.presses("그대로 하기")


async def test_completers_who_agreed_are_written_to(counter, half_reached, school, resident):
    await resident(1).goes_to("news/news/on")
    await complete(school, half_reached)
    officer = await counter.officer()
    await officer.opens("/desk/messages")
    await officer.follows("수료한 분들께")
    shown = await officer.presses("미리 보기", place="실습실", term="2026-H2", text="바리스타 1급을 열어요.")
    assert "강좌 소식에 동의하지 않은 분 1명은 뺐습니다" in shown
    await officer.presses("보내기")
    assert await owed_to(school, "announcement_news") == [1]
    assert "2026년 하반기 ‘실습실’ 과정을 수료한 분" in officer.text


async def test_a_message_that_there_is_not_is_told(counter, half_reached):
    officer = await counter.officer()
    assert "이런 번호의 메시지가 없습니다" in await officer.opens("/desk/messages/99")
    assert "이런 번호는 없습니다" in await officer.opens("/desk/messages/x")

"""A registration that Telegram hands over to our own page: what is typed there never passes through Telegram."""

import asyncio
import json
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from handlers.dialogue import texts
from storage.people import consents as kept_consents
from storage.people.forgetting import erasing
from storage.tables import appointments, consents, drafts, enrollments, inbox, one_time_links, residents
from tests.support.domain import MONDAY, PERSON
from tests.support.web.own_pages import DOOR, ON_PAGE, link_in

pytestmark = [pytest.mark.on_sqlite, pytest.mark.parametrize("settings", [ON_PAGE], ids=["on a page"])]

MINUTE = timedelta(minutes=1)


@pytest.fixture
def handed_over(school, visitor):
    """A course, somebody in Telegram who wants to register for it, and the link that they are given."""

    async def hand_over(**differing):
        course, somebody = await school.opens(**differing), visitor("700", channel="telegram")
        await somebody.goes_to(f"forms/enroll/{course}")
        return course, somebody, link_in(somebody.screen)

    return hand_over


async def owed(school):
    """Replies that are on their way to the chat."""
    return [row.reply for row in await school.rows(select(inbox).where(inbox.c.due_at.is_not(None)))]


async def test_a_registration_is_filled_in_on_the_page_and_its_receipt_comes_in_the_chat(school, holder, handed_over):
    course, _, path = await handed_over()
    assert "홍길동" in await holder.fills_in(path)
    assert "자리가 정해졌어요" in await holder.presses("이대로 신청하기")
    assert holder.page.one("a", href=DOOR).label == "대화로 돌아가기"
    assert await school.enrolled(course) == 1
    (receipt,) = await owed(school)
    assert "자리가 정해졌어요" in receipt["text"]
    assert [each.channel for each in await school.rows(select(enrollments))] == ["telegram"]


async def test_nothing_personal_is_in_anything_that_goes_to_telegram(school, holder, handed_over, visitor):
    course, somebody, path = await handed_over()
    await holder.fills_in(path)
    await holder.presses("이대로 신청하기")
    shown = [await somebody.goes_to(each) for each in ("mine", "mine/1", f"courses/{course}", f"forms/enroll/{course}")]
    said = json.dumps([*shown, *await owed(school)], ensure_ascii=False)
    assert [each for each in (PERSON["name"], "0000-0001", "1983", PERSON["dong"]) if each in said] == []


async def test_who_comes_again_sees_what_is_known_of_them_on_the_page_alone(school, holder, handed_over, visitor):
    _, somebody, path = await handed_over()
    await holder.fills_in(path)
    await holder.presses("이대로 신청하기")
    other = await school.opens(title="꽃차소믈리에", start_time=time(14), end_time=time(17), term_limit=0)
    assert "홍길동" not in await somebody.goes_to(f"forms/enroll/{other}")
    assert "홍길동" in await holder.begins(link_in(somebody.screen))
    assert "자리가 정해졌어요" in await holder.presses("이대로 신청하기")


@pytest.mark.on_both
async def test_nobody_is_asked_about_servers_abroad_for_what_is_told_on_the_page(school, holder, handed_over):
    _, _, path = await handed_over()
    assert "개인정보를 모읍니다" in await holder.begins(path)
    await holder.presses("동의하고 계속")
    agreed = await school.rows(select(consents.c.purpose, consents.c.given, consents.c.channel))
    assert [tuple(each) for each in agreed] == [("enrollment", True, "page")]


async def test_who_does_not_agree_can_read_it_again(holder, handed_over):
    _, _, path = await handed_over()
    await holder.begins(path)
    assert "저장하지 않았어요" in await holder.presses("동의하지 않음")
    assert "개인정보를 모읍니다" in await holder.presses("다시 읽어 보기")


async def test_an_answer_that_cannot_be_taken_is_told_beside_it(holder, handed_over):
    _, _, path = await handed_over()
    await holder.begins(path)
    await holder.presses("동의하고 계속")
    await holder.presses("청구동")
    await holder.types("홍길동")
    assert "1983" in await holder.types("아주 옛날")
    assert holder.page.one("input", name="text").attributes["value"] == "아주 옛날"
    assert "휴대전화 번호를 적어 주세요" in await holder.types("1955")
    assert "이름" not in await holder.presses("뒤로")


@pytest.mark.on_both
async def test_a_registration_number_is_refused_and_not_kept(school, holder, handed_over):
    _, _, path = await handed_over()
    await holder.begins(path)
    await holder.presses("동의하고 계속")
    await holder.presses("청구동")
    assert "주민등록번호" in await holder.types("홍길동 830101-1234567")
    (draft,) = await school.rows(select(drafts.c.log))
    assert "name" not in dict(draft.log)


async def test_a_link_opens_once_and_who_opened_it_goes_on_where_it_stood(pages, holder, handed_over):
    _, _, path = await handed_over()
    await holder.begins(path)
    await holder.presses("동의하고 계속")
    another = pages.holder()
    assert "이미 열어 보신 링크예요" in await another.opens(path)
    assert "이어서 적기" not in another.text
    assert "시간이 지났어요" in await another.opens("/page")
    assert "이어서 적기" in await holder.opens(path)
    assert "어느 동에 사세요" in await holder.opens("/page")


async def test_who_has_filled_in_everything_is_told_so_on_coming_back(school, holder, handed_over):
    course, _, path = await handed_over()
    await holder.fills_in(path)
    await holder.presses("이대로 신청하기")
    assert "이미 다 적으셨어요" in await holder.opens("/page")
    assert PERSON["name"] not in holder.answer.text
    assert (len(await owed(school)), await school.enrolled(course)) == (1, 1)


@pytest.mark.on_both
async def test_of_ten_who_submit_at_once_one_takes_the_seat_and_one_receipt_leaves(school, holder, handed_over):
    course, _, path = await handed_over()
    await holder.fills_in(path)
    fields = {"form": f"enroll/{course}", "path": f"forms/enroll/{course}/submit"}
    answers = await asyncio.gather(*(holder.http.post("/page", data=fields) for _ in range(10)))
    assert sum("자리가 정해졌어요" in answer.text for answer in answers) == 1
    assert sum("이미 다 적으셨어요" in answer.text for answer in answers) == 9
    assert (len(await owed(school)), await school.enrolled(course)) == (1, 1)


async def test_a_stale_link_says_so_and_the_chat_gives_a_new_one_that_goes_on(school, holder, handed_over):
    _, somebody, path = await handed_over()
    await holder.begins(path)
    await holder.presses("동의하고 계속")
    school.now = MONDAY + 31 * MINUTE
    assert "적으시던 것은 남아 있어요" in await holder.opens("/page")
    await somebody.presses("새 링크 받기")
    school.now += 11 * MINUTE
    assert "이제 열 수 없는 링크예요" in await holder.opens(link_in(somebody.screen))
    await somebody.presses("새 링크 받기")
    assert "어느 동에 사세요" in await holder.begins(link_in(somebody.screen))


@pytest.mark.parametrize(
    "typed",
    [
        "홍길동",
        "홍길동 830101-1234567",
        "홍길동 1983",
        "010-0000-0001",
        "홍길동 1983 010-0000-0001입니다",
        "공일공 0000 0001",
    ],
)
async def test_what_is_typed_in_the_chat_instead_is_not_kept(school, handed_over, typed):
    _, somebody, path = await handed_over()
    assert "저장하지 않았어요" in await somebody.says(typed)
    assert link_in(somebody.screen) != path
    assert await school.rows(select(drafts)) == []
    assert [row.name for row in await school.rows(select(residents.c.name))] == [None]
    bodies = [row.body for row in await school.rows(select(inbox.c.body))]
    assert [said for said in (typed, "홍길동") if said in json.dumps(bodies, ensure_ascii=False)] == []


async def test_a_number_that_is_told_anywhere_in_the_chat_is_not_kept(school, visitor):
    somebody = visitor("700", channel="telegram")
    assert "저장하지 않았어요" in await somebody.says("제 번호는 010-0000-0001이에요 연락 주세요")
    assert "저장하지 않았어요" in await somebody.shares("010-0000-0001")
    kept = [*await school.rows(select(inbox.c.body)), *await school.rows(select(residents))]
    assert "0001" not in f"{kept}"


@pytest.mark.on_both
async def test_a_contact_that_is_shared_in_place_of_the_page_proves_and_leaves_nothing(school, handed_over):
    _, somebody, _ = await handed_over()
    assert "저장하지 않았어요" in await somebody.shares("010-0000-0001")
    kept = [*await school.rows(select(inbox.c.body)), *await school.rows(select(residents))]
    assert "0001" not in f"{kept}"


@pytest.mark.on_both
async def test_what_is_typed_when_the_course_has_closed_is_not_kept_either(school, holder, handed_over):
    course, somebody, path = await handed_over()
    version = texts.say("ko", "consent.abroad.version")  # from before the setting was turned on
    agreed = (1, "abroad", True, version, "", "telegram", school.now)
    await school.database.write(lambda tx: kept_consents.record(tx, *agreed))
    await holder.begins(path)
    await holder.presses("동의하고 계속")
    await holder.presses("청구동")
    await school.changes(course, state="cancelled")
    await somebody.says("홍길동 1983")
    kept = [*await school.rows(select(inbox.c.body)), *await school.rows(select(residents))]
    assert "홍길동" not in f"{kept}"


async def test_a_question_is_answered_meanwhile_and_commands_go_where_they_lead(handed_over):
    _, somebody, _ = await handed_over()
    assert "실습실 A" in await somebody.says("어디서 하나요?")
    assert link_in(somebody.screen)
    assert "저장하지" not in await somebody.says("도움말")


async def test_in_the_web_chat_all_is_asked_as_before(school, visitor):
    course = await school.opens()
    assert "자리가 정해졌어요" in await visitor("w").registers(course)


async def test_a_course_that_has_filled_up_meanwhile_is_told_on_the_page_and_in_the_chat(school, holder, handed_over):
    course, _, path = await handed_over(capacity=1, waitlist_capacity=0)
    await holder.fills_in(path)
    await school.changes(course, state="cancelled")
    assert "강좌" in await holder.presses("이대로 신청하기")
    assert "대화에도 보내 드렸어요" in holder.text
    assert len(await owed(school)) == 1


async def test_a_path_that_leads_out_of_the_form_does_nothing(school, holder, handed_over):
    course, _, path = await handed_over()
    other = await school.opens(title="꽃차")
    await holder.begins(path)
    for away in (f"forms/enroll/{other}", "mine/1/cancel/yes", f"forms/enroll/{course}/leave/yes", "news/news/on"):
        assert "개인정보를 모읍니다" in await holder.posts({"path": away})
    assert len(await school.rows(select(drafts))) == 1
    assert await school.rows(select(consents)) == []


@pytest.mark.parametrize("cookie", ["", "x" * 32, "../../etc", "%00", "' OR 1=1"])
async def test_a_cookie_that_is_made_up_opens_nothing(holder, handed_over, cookie):
    _, _, path = await handed_over()
    await holder.begins(path)
    holder.http.cookies.clear()
    holder.http.cookies.set("page", cookie)
    assert "시간이 지났어요" in await holder.opens("/page")
    answer = await holder.http.post("/page", data={"form": "enroll/1", "path": "forms/enroll/1/submit"})
    assert (answer.status_code, "시간이 지났어요" in answer.text) == (410, True)


async def test_a_page_of_another_site_answers_nothing(holder, handed_over):
    _, _, path = await handed_over()
    await holder.begins(path)
    said = {"path": "forms/enroll/1/answer/enrollment/yes"}
    assert "보내지 못했어요" in await holder.posts(said, {"Origin": "https://evil.example"})
    assert "개인정보를 모읍니다" in await holder.opens("/page")


async def test_an_answer_to_a_question_of_before_is_not_taken_for_the_next(school, holder, handed_over):
    course, _, path = await handed_over()
    await holder.begins(path)
    await holder.presses("동의하고 계속")
    await holder.presses("청구동")
    said = {"form": f"enroll/{course}", "question": "name"}
    for text in ("홍길동", "1983"):
        await holder.http.post("/page", data={**said, "text": text})
    assert "태어난 해를 적어 주세요" in await holder.opens("/page")


async def test_a_talk_is_booked_on_the_page_too(school, centre, visitor, holder):
    somebody = visitor("700", channel="telegram")
    await somebody.goes_to("forms/counsel/0")
    await holder.begins(link_in(somebody.screen))
    await holder.presses("동의하고 계속")
    await holder.types("홍길동")
    await holder.types("010-0000-0001")
    await holder.presses("구직")
    while not holder.page.one("main").label.startswith("적어 주신 내용이에요"):
        label = next(each.label for each in holder.page.one("form").all("button", class_="choice"))
        await holder.presses(label)
    assert "예약" in await holder.presses("이대로 예약하기")
    assert (len(await school.rows(select(appointments))), len(await owed(school))) == (1, 1)
    assert "홍길동" not in json.dumps(await owed(school), ensure_ascii=False)


async def test_the_links_of_whoever_is_erased_open_nothing(school, holder, handed_over):
    _, somebody, path = await handed_over()
    await holder.begins(path)
    await somebody.presses("새 링크 받기")
    await school.database.write(lambda tx: erasing.erase(tx, 1, school.now))
    assert await school.rows(select(one_time_links)) == []
    assert "시간이 지났어요" in await holder.opens("/page")
    assert "이제 열 수 없는 링크예요" in await holder.opens(link_in(somebody.screen))

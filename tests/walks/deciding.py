"""What is decided of a course, and what is written to it: seen first, done, taken back, and done by keys alone."""

from datetime import datetime

from tests.support.domain import SEOUL
from tests.walks.courses import CHOSEN, LOTTERY, SEATS, confirms, moment, returns
from tests.walks.officers import Walker

PUBLIC_VALUE = "3 12 19 27 33 41 7"
OF = "enrollments JOIN courses ON courses.id = course_id WHERE code = ? AND enrollments.state = ?"


async def chooses(lead: Walker) -> None:
    await returns(lead, moment("2027-01-14"))
    await lead.looks("day-after-closing")
    with lead.job("심사 선발"):
        await lead.opens(f"/desk/courses/{CHOSEN}/decide")
        await lead.looks("decide")
        await lead.clicks("뽑으면 어떻게", "button")
        await confirms(lead, "decide-preview")
    await lead.looks("decided")
    assert lead.town.count(OF, CHOSEN, "confirmed") == SEATS
    with lead.job("심사 선발 되돌리기"):
        await lead.clicks("되돌리기", "button")
        await confirms(lead, "decide-undo")
    assert lead.town.count(OF, CHOSEN, "confirmed") == 0


async def chooses_by_keys(lead: Walker) -> None:
    with lead.job("심사 선발 (키만)"):
        await lead.opens(f"/desk/courses/{CHOSEN}/decide")
        await lead.tabs("뽑으면 어떻게")
        await lead.keys("Enter")
        await lead.reads_on("아직 하지 않았습니다")
        await lead.tabs("그대로 하기")
        await lead.keys("Enter")
        await lead.page.locator(".done").wait_for()
    assert lead.town.count(OF, CHOSEN, "confirmed") == SEATS
    assert lead.effort.clicks == 0


async def draws(lead: Walker) -> None:
    with lead.job("추첨: 목록 확정"):
        await lead.opens(f"/desk/courses/{LOTTERY}/draw")
        if await lead.page.get_by_role("button", name="목록을 지금 확정하기").count():
            await lead.looks("draw")
            await lead.clicks("목록을 지금 확정하기", "button")
            await confirms(lead, "draw-fix")
    await lead.looks("draw-fixed")
    of = "SELECT public_at FROM draws JOIN courses ON courses.id = course_id WHERE code = ?"
    at = datetime.fromisoformat(f"{lead.town.rows(of, LOTTERY)[0][0]}+00:00").astimezone(SEOUL)
    await returns(lead, at.replace(hour=10) if at.hour < 10 else moment(f"{at:%Y-%m-%d}", "21:30"))
    with lead.job("추첨"):
        await lead.opens(f"/desk/courses/{LOTTERY}/draw")
        await lead.types("#value", PUBLIC_VALUE)
        await lead.looks("draw-value")
        await lead.clicks("추첨하면 어떻게", "button")
        await confirms(lead, "draw-preview")
    await lead.looks("drawn")
    assert lead.town.count(OF, LOTTERY, "confirmed") == SEATS


async def writes(lead: Walker) -> None:
    await returns(lead, moment("2027-01-18", "10:00"))
    with lead.job("과정에 메시지"):
        await lead.opens("/desk/courses/K02")
        await lead.clicks("메시지 보내기", "link")
        await lead.looks("message")
        await lead.types("#text", "첫 수업에는 앞치마를 가져와 주세요.")
        await lead.clicks("미리 보기", "button")
        await lead.looks("message-preview")
        await lead.clicks("보내기", "button")
    await lead.looks("message-sent")
    assert lead.town.count("announcements") == 1
    with lead.job("메시지 되돌리기"):
        await lead.clicks("되돌리기", "button")
        await confirms(lead)
    await lead.looks("message-taken-back")
    assert lead.town.count("outbox WHERE kind = 'announcement' AND outcome IS NULL") == 0


async def writes_by_keys(lead: Walker) -> None:
    with lead.job("과정에 메시지 (키만)"):
        await lead.opens("/desk/courses/K02/message")
        await lead.writes("첫 수업은 강의실 2에서 10시에 시작합니다.")
        await lead.tabs("미리 보기")
        await lead.keys("Enter")
        await lead.page.get_by_role("button", name="보내기", exact=True).wait_for()
        await lead.tabs("보내기")
        await lead.keys("Enter")
        await lead.page.locator(".done").wait_for()
    assert lead.effort.clicks == 0
    assert lead.town.count("announcements") == 1  # what was taken back has left no trace
    lead.town.passes(minutes=11)
    await lead.town.sees(lambda: lead.town.count("outbox WHERE kind = 'announcement'"), "the message is on its way")
    await lead.opens("/desk/messages")
    await lead.looks("messages")
    await lead.page.locator("main a", has_text="첫 수업은").first.click()
    await lead.looks("message-progress")

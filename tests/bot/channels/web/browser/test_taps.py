"""Fingers that tap twice mean it once: what was shown a moment ago isn't pressed."""

import asyncio

import pytest
from sqlalchemy import select

from storage.tables import enrollments
from tests.support.web.browsers import IN_BROWSER, PHONE, Arriving, Resident
from tests.support.web.site import Site

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]


SPACE = """(([first, second]) => second.top - first.bottom)(
    [...document.querySelectorAll(".turn:last-child .choice")].map(each => each.getBoundingClientRect()))"""


# Comes down on a button as soon as it is there.
FINGER = """label => new Promise(done => new MutationObserver((_, watch) => {
    const button = [...document.querySelectorAll("button")].find(each => each.textContent.includes(label));
    if (!button) return;
    watch.disconnect();
    setTimeout(() => {
        button.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
        button.click();
        done(true);
    });
}).observe(document.body, { childList: true, subtree: true }))"""


async def seats(site: Site) -> list[str]:
    return await site.database.read(lambda tx: list(tx.execute(select(enrollments.c.state)).scalars()))


async def taps_twice(resident: Resident, label: str, gap: int, then: str) -> None:
    """The second tap is on the button that the first one brought, wherever it lies."""
    await resident.presses(label)
    await resident.page.wait_for_timeout(gap)
    await resident.button(then).dispatch_event("pointerdown")
    await resident.button(then).evaluate("each => each.click()")
    await resident.page.wait_for_timeout(300)


async def registers(resident: Resident) -> None:
    await resident.fills_in()
    await resident.presses("이대로 신청하기")
    await resident.presses("내 신청 보기")


@pytest.mark.parametrize("gap", [0, 250, 500])
async def test_two_taps_on_cancelling_never_give_a_seat_away(arrives: Arriving, shown_site: Site, gap: int) -> None:
    resident = await arrives()
    await registers(resident)
    await resident.reads()
    await taps_twice(resident, "신청 취소하기", gap, "네, 취소할게요")
    assert await seats(shown_site) == ["confirmed"]
    assert "취소했어요" in await resident.presses("네, 취소할게요")


async def test_enter_pressed_twice_answers_one_question(arrives: Arriving) -> None:
    resident = await arrives()
    await resident.says("바리스타")
    await resident.reads()
    await resident.button("신청하기").focus()
    await resident.replied(resident.page.keyboard.press("Enter"))
    turns = len(await resident.turns())
    await resident.button("동의하고 계속").focus()
    await resident.page.keyboard.press("Enter")
    await resident.page.wait_for_timeout(300)
    assert len(await resident.turns()) == turns


async def test_what_was_pushed_under_the_finger_is_not_pressed(arrives: Arriving) -> None:
    first = await arrives()
    await first.says("강좌")
    second = await first.tab()
    await first.reads()
    pressing = asyncio.create_task(first.page.evaluate(FINGER, "신청하기"))
    await second.says("바리스타")
    assert await asyncio.wait_for(pressing, 15)
    await first.page.wait_for_timeout(300)
    assert len(await first.turns()) == 3


async def test_giving_up_a_seat_stands_apart(arrives: Arriving) -> None:
    resident = await arrives(PHONE)
    await registers(resident)
    await resident.presses("신청 취소하기")
    assert await resident.page.evaluate(SPACE) >= 24

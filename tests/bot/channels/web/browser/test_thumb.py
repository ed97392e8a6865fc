"""One thumb at a small screen: what it needs is in sight, and the right keyboard comes."""

import pytest

from tests.support.web.browsers import IN_BROWSER, Arriving

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]
SMALL = {"width": 390, "height": 780}
IN_SIGHT = """button => {
    const box = button.getBoundingClientRect();
    const middle = box.left + box.width / 2;
    return [box.top + 4, box.bottom - 4].every(at => button.contains(document.elementFromPoint(middle, at)));
}"""

TORN = """all => all.filter(each => {
    const words = document.createRange();
    words.selectNodeContents(each);
    return words.getClientRects().length > 1;
}).length"""


async def test_the_first_screen_of_a_course_is_in_sight_whole_with_its_button(arrives: Arriving) -> None:
    resident = await arrives(SMALL)
    await resident.says("바리스타")
    last = resident.page.locator(".turn:last-child .card dl > div").last
    assert "남음" in await last.inner_text()
    assert await last.evaluate(IN_SIGHT)
    assert await resident.button("신청하기").evaluate(IN_SIGHT)


async def test_below_all_the_rest_of_a_course_its_button_stays_in_sight(arrives: Arriving) -> None:
    resident = await arrives(SMALL)
    await resident.says("바리스타")
    await resident.presses("자세히")
    button = resident.button("신청하기")
    assert await button.evaluate(IN_SIGHT)
    await resident.page.mouse.wheel(0, 150)
    assert await button.evaluate(IN_SIGHT)


async def test_a_summary_is_sent_without_scrolling(arrives: Arriving) -> None:
    resident = await arrives({"width": 360, "height": 640})
    await resident.fills_in()
    assert await resident.button("이대로 신청하기").evaluate(IN_SIGHT)


async def test_a_question_brings_its_keyboard_with_and_without_scripts(arrives: Arriving) -> None:
    resident = await arrives(SMALL)
    await resident.says("바리스타")
    await resident.presses("신청하기")
    await resident.presses("동의하고 계속")
    brought = [await keyboard(resident)]
    for answer in ("청구동", "홍길동", "1983"):
        await resident.says(answer)
        brought.append(await keyboard(resident))
        await resident.page.reload()
        assert await keyboard(resident) == brought[-1]
        assert await torn_numbers(resident) == 0
    assert brought == [("text", "off"), ("text", "name"), ("numeric", "bday-year"), ("tel", "tel")]


async def keyboard(resident) -> tuple[str, str]:
    field = resident.page.locator("#say")
    return await field.get_attribute("inputmode"), await field.get_attribute("autocomplete")


async def torn_numbers(resident) -> int:
    """Telephone numbers that go on in the next line."""
    shown = resident.page.locator('.phone, main [href^="tel:"]')
    return await shown.evaluate_all(TORN)


async def test_beside_what_is_sent_by_a_button_there_is_nothing_else_to_send(arrives: Arriving) -> None:
    resident = await arrives(SMALL)
    await resident.fills_in()
    send = resident.page.locator(".composer .send")
    assert "이대로 신청하기" in await resident.newest()
    assert not await send.is_visible()
    await resident.page.get_by_role("textbox").fill("잠깐만요")
    assert await send.is_visible()


async def test_numbers_in_what_is_said_can_be_tapped(arrives: Arriving) -> None:
    resident = await arrives(SMALL)
    await resident.says("문의")
    assert await resident.page.locator('.turn:last-child a[href^="tel:"]').count() >= 1
    assert await resident.small_targets(44) == []

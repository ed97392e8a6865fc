"""Telling a friend in a browser: by its own menu where it has one, else copied, else read and typed."""

import pytest

from tests.support.web.browsers import IN_BROWSER, Arriving, Resident

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]
SMALL = {"width": 390, "height": 780}
# A menu that this browser doesn't have; what it is given stands on the page's own window.
MENU = "navigator.share = given => { window.given = given; return Promise.resolve(); }"


async def shares(resident: Resident) -> str:
    await resident.says("바리스타")
    await resident.presses("자세히")
    return await resident.presses("친구에게 알리기")


async def sends(resident: Resident) -> None:
    await resident.reads()
    await resident.button("친구에게 보내기").click()


async def test_the_address_is_copied_where_there_is_no_menu(arrives: Arriving) -> None:
    resident = await arrives(SMALL, permissions=["clipboard-read", "clipboard-write"])
    await shares(resident)
    await sends(resident)
    await resident.page.get_by_role("button", name="복사했어요").wait_for()
    copied = await resident.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("바리스타 2급\n")
    assert "-from-friend" in copied
    assert await resident.violations() == []


async def test_the_menu_of_the_phone_is_opened_where_there_is_one(arrives: Arriving) -> None:
    resident = await arrives(SMALL)
    await resident.page.add_init_script(MENU)
    await resident.page.reload()
    await shares(resident)
    await resident.is_photographed("share")
    await sends(resident)
    given = await resident.page.evaluate("window.given")
    assert given["url"].endswith("-from-friend")
    assert "바리스타 2급" in given["text"]


async def test_a_tap_too_soon_opens_no_menu(arrives: Arriving) -> None:
    resident = await arrives(SMALL)
    await resident.page.add_init_script(MENU)
    await resident.page.reload()
    await shares(resident)
    await resident.button("친구에게 보내기").click()
    assert await resident.page.evaluate("window.given ?? null") is None


async def test_without_scripts_the_address_is_there_to_read(arrives: Arriving) -> None:
    resident = await arrives(SMALL, java_script_enabled=False)
    for label in ("강좌 찾기", "바리스타 2급", "자세히", "친구에게 알리기"):
        await resident.page.get_by_role("button", name=label).last.click()
    assert "-from-friend" in await resident.page.locator(".turn").last.inner_text()
    assert not await resident.page.get_by_role("button", name="친구에게 보내기").first.is_visible()


async def test_who_opens_the_address_is_shown_the_course(arrives: Arriving) -> None:
    resident = await arrives(SMALL, path="/?start=c1-from-friend")
    assert "바리스타 2급" in await resident.newest()

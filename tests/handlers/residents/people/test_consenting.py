"""What people agree to, and what follows when they don't."""

import pytest
from sqlalchemy import select

from storage.tables import consents, residents


async def test_consent_is_kept_with_its_text_and_channel_before_anything_is_asked(school, visitor):
    resident = visitor("r1", "telegram")
    await resident.goes_to(f"forms/enroll/{await school.opens()}")
    await resident.presses("텔레그램으로 계속")
    await resident.presses("동의하고 계속")
    rows = await school.rows(select(consents.c.purpose, consents.c.given, consents.c.channel, consents.c.text_hash))
    assert [(row.purpose, row.given, row.channel) for row in rows] == [
        ("abroad", True, "telegram"),
        ("enrollment", True, "telegram"),
    ]
    assert all(len(row.text_hash) == 64 for row in rows)


@pytest.mark.parametrize("no", ["동의하지 않음", "아니요", "2"])
async def test_who_declines_is_asked_nothing_and_shown_the_other_ways(school, visitor, no):
    resident = visitor()
    await resident.goes_to(f"forms/enroll/{await school.opens()}")
    assert "02-000-0000" in await resident.says(no)
    assert [row.name for row in await school.rows(select(residents.c.name))] == [None]


@pytest.mark.parametrize("form", ["enroll/1", "counsel/0"])
@pytest.mark.parametrize(("channel", "purposes"), [("web", 1), ("telegram", 2)])
async def test_who_declines_by_a_slip_is_one_press_away_from_the_question(
    school, centre, visitor, channel, purposes, form
):
    await school.opens()
    resident = visitor("1", channel)
    asked = await resident.goes_to(f"forms/{form}")
    for _ in range(purposes):
        agree, decline = resident.screen.buttons
        assert (agree.stands_apart, decline.stands_apart) == (False, True)
        await resident.presses(decline.label)
        assert await resident.presses("다시 읽어 보기") == asked
        asked = await resident.presses(agree.label)


async def test_news_that_were_agreed_to_by_a_slip_are_stopped_by_one_press(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens())
    await resident.presses("새 강좌 소식 받기")
    assert resident.screen.buttons[1].stands_apart
    await resident.presses("동의하고 소식 받기")
    assert "보내지 않아요" in await resident.presses("잘못 눌렀어요")


async def test_news_is_off_until_somebody_turns_it_on(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens())
    assert "새 강좌 소식: 받지 않아요" in await resident.says("소식")
    await resident.presses("새 강좌 소식")
    await resident.presses("동의하고 소식 받기")
    told = await resident.says("소식")
    assert "새 강좌 소식: 받고 있어요" in told
    assert "채용 소식: 받지 않아요" in told

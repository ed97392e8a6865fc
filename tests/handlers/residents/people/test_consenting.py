"""What people agree to, and what follows when they don't."""

from datetime import time

import pytest
from sqlalchemy import select

from bot.settings import Settings
from handlers.dialogue import texts
from handlers.residents.people.consents import OLDER
from storage.people.consents import LASTING
from storage.tables import consents, residents

pytestmark = pytest.mark.on_sqlite


@pytest.mark.on_both
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


@pytest.fixture
def agreed(school, visitor):
    """Somebody who agreed to a text of this version, and begins to register for another course."""

    async def asked_again(version):
        await visitor().registers(await school.opens())
        of_enrollment = consents.update().where(consents.c.purpose == "enrollment")
        await school.database.write(lambda tx: tx.execute(of_enrollment.values(version=version)))
        return "개인정보를 모읍니다" in await visitor().goes_to(
            f"forms/enroll/{await school.opens(term='next', start_time=time(18), end_time=time(20))}"
        )

    return asked_again


@pytest.mark.on_both
async def test_what_was_promised_stands_with_the_decision(school, visitor):
    await visitor().registers(await school.opens())
    (row,) = await school.rows(select(consents.c.version))
    assert row.version.split()[1:] == ["applications_kept=1년", "attended_kept=5년"]


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("version", "asked"),
    [
        ("2026-12", False),  # nothing was promised: today's text promises an end
        ("2027-01 applications_kept=1년 attended_kept=5년", False),
        ("2027-01 applications_kept=24개월 attended_kept=10년", False),  # a longer time: it is kept by today's
        ("2027-01 applications_kept=1년 attended_kept=3년", True),
        ("2026-11", True),  # another text
    ],
)
async def test_only_who_was_promised_less_time_or_another_text_is_asked_again(agreed, version, asked):
    assert await agreed(version) is asked


@pytest.mark.parametrize("purpose", LASTING)
def test_what_audiences_are_found_by_is_one_version_without_a_period(purpose):
    assert purpose not in OLDER
    assert not texts.fields("ko", f"consent.{purpose}.text") & {*Settings().to_organization().promised}

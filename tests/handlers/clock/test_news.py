"""News: of what one chose, one message a day at most, and none from the word on that stops them."""

from datetime import timedelta

import pytest

from tests.support.clock.scenes import at, decides
from tests.support.domain import SEOUL

pytestmark = pytest.mark.on_sqlite


async def reads_news(resident, *topics):
    await resident.says("소식 받기")
    await resident.presses("새 강좌 소식")
    await resident.presses("동의하고")
    if topics:
        await resident.says("관심 분야")
    for topic in topics:
        await resident.presses(topic)


@pytest.mark.parametrize(
    ("topics", "told"),
    [((), ["강좌 가", "강좌 나"]), (("저녁·주말",), ["강좌 나"]), (("생활",), ["강좌 나"]), (("낮", "생활"), [])],
)
async def test_news_are_of_what_one_chose_and_of_all_when_one_chose_nothing(school, resident, clock, topics, told):
    soon = {"apply_start": at("11-26 09:00"), "apply_end": at("12-03 18:00")}
    await school.opens(title="강좌 가", **soon)
    await school.opens(title="강좌 나", category="생활", daypart="evening", **soon)
    await reads_news(resident(1), *topics)
    await reads_news(resident(2), "식음료")
    letters = await clock.until(at("11-24 08:30"))
    mine = [card.title for letter in letters if letter.address == "1" for card in letter.reply.cards]
    assert mine == told


@pytest.mark.on_sqlite
async def test_news_come_in_one_message_a_day_at_most(school, resident, clock):
    for hour in (9, 10, 11):
        await school.opens(apply_start=at(f"11-26 {hour:02}:00"), apply_end=at("12-03 18:00"))
    await reads_news(resident(1))
    letters = await clock.until(at("11-28 12:00"), timedelta(minutes=30))
    assert [letter.at.astimezone(SEOUL).isoformat()[5:16] for letter in letters] == ["11-23T10:00", "11-26T08:30"]
    assert len(letters[1].reply.cards) == 3


@pytest.mark.on_both
async def test_a_completer_hears_of_related_courses_whatever_she_chose(school, resident, clock):
    done = await school.opens(category="생활")
    await resident(1).registers(done)
    await decides(school, (await school.live(done))[0], "completed", ended_at=school.now)
    await school.opens(title="정리수납 고급", category="생활", apply_start=at("11-27 09:00"))
    await school.opens(title="꽃꽂이", category="원예", apply_start=at("11-27 09:00"))
    await reads_news(resident(1), "저녁·주말")
    letters = await clock.until(at("11-24 09:00"))
    assert [card.title for letter in letters for card in letter.reply.cards] == ["정리수납 고급"]


@pytest.mark.on_sqlite
async def test_who_did_not_agree_gets_no_news(school, resident, clock):
    await school.opens(apply_start=at("11-26 09:00"))
    await resident(1).says("안녕하세요")
    assert await clock.until(at("11-27 12:00"), timedelta(hours=2)) == []


@pytest.mark.on_sqlite
@pytest.mark.parametrize("words", ["수신거부", "그만", "그만 받기", "stop"])
async def test_a_word_stops_news_at_once_also_what_is_queued(school, resident, clock, words):
    await school.opens(apply_start=at("11-26 09:00"))
    await reads_news(resident(1))
    school.now = at("11-26 08:30")
    await clock.plans()
    assert "보내려던 것도 멈췄어요" in await resident(1).says(words)
    assert await clock.until(at("12-01 12:00"), timedelta(hours=2)) == []

"""The digest: what a completer is offered, what they get and when, and how it ends."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import update

from handlers.clock.wanted.jobs import choose
from handlers.dialogue.chat import Chat
from handlers.postings.matching import Wish
from storage.people import consents
from storage.people.residents import Resident
from storage.tables import postings
from tests.support.clock.scenes import at, decides
from tests.support.domain import SETTINGS
from tests.support.surveys.poll import attend

pytestmark = pytest.mark.on_sqlite

WISH = Wish(frozenset({"식음료"}), (), "11140")


@pytest.fixture
def digests(clock):
    """The digests that went out."""
    return lambda: [letter for letter in clock.post.letters if "새 일자리가" in letter.text]


async def completes(school, resident, number=1, **differing):
    course = await school.opens(**differing)
    await attend(school, resident(number), course)
    school.now = at("12-30 09:00")
    await decides(school, (await school.live(course))[0], "completed", ended_at=school.now)
    return course


async def subscribes(school, resident, number=1, rhythm="daily", field="식음료"):
    someone = resident(number)
    await someone.goes_to("news/jobs/on")
    await someone.goes_to("jobs/digest")
    await someone.presses(field)
    await someone.goes_to(f"jobs/digest/{rhythm}")
    return someone


async def test_a_completer_is_offered_jobs_of_her_course_and_agrees_apart(school, resident, clock):
    await completes(school, resident)
    (letter,) = [each for each in await clock.ticks() if "수료하셨어요" in each.text]
    someone = resident(1)
    path = next(button.path for button in letter.reply.buttons if button.label == "관련 일자리 받기")
    assert "채용" in await someone.goes_to(path)
    await someone.goes_to("news/jobs/on")
    assert "식음료 분야의 새 일자리를 모아 매주 월요일 아침 알려 드려요" in await someone.goes_to("jobs/digest")


async def test_new_ones_of_her_field_come_once_with_their_reasons(school, resident, market, clock, digests):
    await completes(school, resident)
    await subscribes(school, resident)
    await market.offers(
        {},
        {"title": "정리수납 직원", "occupation": "", "description": ""},
        {"region": "부산 중구", "title": "부산 카페"},
    )
    await clock.until(at("12-31 09:00"))
    await clock.passes(timedelta(hours=2), days=3)
    (letter,) = digests()
    assert "‘바리스타 2급’과 맞아요 · 바리스타 2급 자격증을 적은 공고예요 · 가까워요" in letter.text
    assert ("정리수납" in letter.text, letter.text.index("바리스타 모집") < letter.text.index("부산 카페")) == (
        False,
        True,
    )
    assert "그만 받기" in letter.labels


async def test_at_most_five_the_best_first_and_nothing_that_closed_or_was_dismissed(
    school, resident, market, clock, digests
):
    someone = await subscribes(school, resident)
    await market.offers(
        *({"title": f"카페 {number}호점", "region": "서울 강남구"} for number in range(8)),
        {"title": "닫힌 카페", "close_on": market.in_days(-1)},
        {"title": "싫은 카페"},
    )
    await someone.goes_to("jobs/10/dismiss")
    await market.offers({"title": "중구 카페"})
    await clock.passes(timedelta(hours=2), days=1)
    (letter,) = digests()
    titles = [card.title for card in letter.reply.cards]
    assert (titles[0], len(titles)) == ("중구 카페", 5)
    assert not {"닫힌 카페", "싫은 카페"} & set(titles)


async def test_nothing_new_is_nothing_told(school, resident, market, clock, digests):
    await market.offers()
    school.waits(days=9)
    await subscribes(school, resident)
    await clock.passes(timedelta(hours=2), days=8)
    assert digests() == []


async def test_weekly_is_on_mondays(school, resident, market, clock, digests):
    await subscribes(school, resident, rhythm="weekly")
    for _ in range(9):
        await market.offers()
        await clock.passes(timedelta(hours=2), days=1)
    assert [f"{letter.at:%a %m-%d}" for letter in digests()] == ["Mon 11-30"]


async def test_one_tap_ends_it_though_it_was_planned(school, resident, market, clock, digests):
    someone = await subscribes(school, resident)
    await market.offers()
    school.now = at("11-24 08:30")
    await clock.plans()
    await someone.goes_to("news/stop")
    await clock.passes(timedelta(hours=2), days=2)
    assert digests() == []


async def test_who_withdrew_her_consent_or_wants_it_weekly_gets_nothing_though_it_was_planned(
    school, resident, market, clock, digests
):
    for number in (1, 2, 3):
        await subscribes(school, resident, number)
    await market.offers()
    school.now = at("11-24 08:30")
    await clock.plans()
    withdraws = partial(consents.record, resident_id=1, purpose="jobs", given=False, version="1", text_hash="")
    await school.database.write(partial(withdraws, channel="telegram", now=school.now))
    await resident(2).goes_to("jobs/digest/weekly")
    await clock.ticks()
    assert [letter.address for letter in digests()] == ["3"]


@pytest.mark.on_both
@pytest.mark.parametrize(
    "changed",
    [{"close_on": date(2026, 11, 22), "until_filled": False}, {"hidden_at": at("11-23 12:00")}, {"duplicate_of": 1}],
)
async def test_what_changes_after_others_were_told_of_it_is_seen(school, market, changed):
    await market.offers({"title": "첫 카페"}, {"title": "다른 카페"})

    def chosen(tx):
        chat = Chat(tx, Resident(1, "ko"), school.now, "telegram", "1", SETTINGS.to_organization())
        return {each.id for each in choose(chat, WISH, school.now - timedelta(days=1), school.now + timedelta(days=1))}

    assert await school.database.read(chosen) == {1, 2}
    await school.database.write(lambda tx: tx.execute(update(postings).where(postings.c.id == 2).values(changed)))
    assert await school.database.read(chosen) == {1}


async def test_of_two_courses_of_a_field_the_one_completed_last_is_named(school, resident, market, clock, digests):
    first = await school.opens(title="카페 창업")
    await attend(school, resident(1), first)
    await completes(school, resident)
    school.now += timedelta(days=1)
    await decides(school, (await school.live(first))[0], "completed", ended_at=school.now)
    await subscribes(school, resident)
    await market.offers()
    await clock.passes(timedelta(hours=2), days=2)
    (letter,) = digests()
    assert "‘카페 창업’과 맞아요" in letter.text


async def test_without_consent_or_field_nothing_comes(school, resident, market, clock, digests):
    assert "동의해 주세요" in await resident(1).goes_to("jobs/digest/1/on")
    await resident(2).goes_to("news/jobs/on")
    await market.offers()
    await clock.passes(timedelta(hours=2), days=8)
    assert digests() == []


async def test_news_of_courses_are_not_narrowed_by_fields_of_jobs(school, resident, market, clock):
    someone = await subscribes(school, resident, field="화훼")
    await someone.goes_to("news/news/on")
    await school.opens(apply_start=school.now + timedelta(days=1))
    letters = await clock.passes(timedelta(hours=2), days=2)
    assert any("바리스타 2급" in letter.text for letter in letters)

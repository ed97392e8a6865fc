"""From a finished course to work: a completer in Telegram, over the double of its Bot API, and one in the web chat."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.seating import enrollments
from storage.tables import courses
from tests.support.clock.scenes import at
from tests.support.clock.term import term
from tests.support.counseling.centre import Centre

pytestmark = pytest.mark.filterwarnings("ignore:Please use 'Bot")


async def finishes(school, market, visitor_id):
    """Somebody completes a course, and jobs come up in its field and in others, near and far."""
    course = await school.opens()
    await school.database.write(lambda tx: enrollments.add(tx, course, visitor_id, "confirmed", "web", school.now))
    school.now = at("12-31 10:00")
    (mine,) = await school.live(course)
    await school.database.write(lambda tx: enrollments.decide(tx, [mine], "completed", school.now, ended_at=school.now))
    await market.offers(
        {},
        {"region": "부산 중구", "title": "부산 카페"},
        {"title": "정리수납 직원", "occupation": "", "description": ""},
    )


@pytest.mark.on_sqlite
async def test_a_completer_hears_of_jobs_keeps_one_and_books_a_appointment_in_telegram(school, settings, market):
    await Centre(school).opens()
    async with term(school, settings, "12-29 14:00") as town:
        (person,) = await town.knows("하나")
        await finishes(school, market, 1)
        await town.ticks()
        await person.taps("관련 일자리 받기")
        await person.taps("동의하고 채용 소식 받기")
        await monday(town, school)
        digest = town.pushes[-1].text
        assert "새 일자리가 올라왔어요" in digest
        assert "‘바리스타 2급’과 맞아요" in digest
        assert ("정리수납" in digest, digest.index("카페 바리스타") < digest.index("부산 카페")) == (False, True)
        await person.taps("1. 카페 바리스타 모집")
        assert "저장했어요" in (await person.taps("저장하기")).text
        await books_a_appointment(person)
        school.now = school.now.replace(hour=17, minute=59)
        await town.ticks()
        school.now += timedelta(minutes=1)
        await town.ticks()
        assert town.pushes[-1].text.startswith("내일 오전 10시에 일자리 상담이 있어요.")


def monday_morning(now):
    """The next Monday at half past eight."""
    return (now + timedelta(days=(7 - now.weekday()) % 7)).replace(hour=8, minute=30)


async def monday(town, school):
    school.now = monday_morning(school.now) - timedelta(minutes=1)
    await town.ticks()
    school.now += timedelta(minutes=1)
    await town.ticks()


async def books_a_appointment(person):
    shown = await person.asks("상담")
    for label in ("상담 예약하기", "동의하고 계속", "구직", "방문"):
        shown = await person.taps(next(each for each in shown.labels if each.startswith(label)))
    shown = await person.taps(next(each for each in shown.labels if "(화)" in each))
    await person.taps("오전 10시")
    assert "예약했어요" in (await person.taps("이대로 예약하기")).text


async def test_in_the_web_chat_the_digest_comes_first_thing_when_she_is_back(school, market, visitor, clock):
    someone = visitor()
    await someone.goes_to("jobs/digest/1/off")
    await finishes(school, market, 1)
    course = (await school.rows(select(courses.c.id)))[0].id
    await someone.goes_to(f"jobs/after/{course}")
    assert "먼저 말을 걸 수 없어서" in await someone.presses("동의하고 채용 소식 받기")
    school.now = monday_morning(school.now)
    await clock.ticks()
    told = await someone.says("안녕하세요")
    assert "‘바리스타 2급’과 맞아요" in told
    assert "새 일자리" not in await someone.says("안녕하세요")

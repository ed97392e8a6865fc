"""Each time that a consent or an answer names is what the nights do: there on the last day, and gone the day after."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import or_, select, update

import handlers.residents  # noqa: F401
from bot.settings import Settings
from bot.ticks.forgetting import Forgetting
from handlers.dialogue import texts
from storage.completion import qualifications as acquired
from storage.completion.qualifications import Qualification
from storage.counseling import callbacks as callbacks_kept
from storage.people import residents as residents_kept
from storage.people.forgetting.overdue import profile
from storage.people.forgetting.periods import Period
from storage.tables import awaited_courses, callbacks, course_wishes, enrollments, residents
from tests.support.counseling.centre import Centre, at, books
from tests.support.domain import COURSE, SEOUL

PERIODS = {"callbacks": "20일", "attended": "2년", "applications": "6개월", "counseling": "13개월", "wishes": "100일"}


# Not what texts would say if they named the usual ones in figures.
OTHER = Settings(telegram={"token": "123456:test"}, retention=PERIODS).to_organization()


@pytest.fixture
def until(school):
    """The night of this day passes."""

    async def pass_(day):
        now = datetime.combine(day, time(4), SEOUL)
        await Forgetting(school.database, OTHER, lambda: now).carry_out()

    return pass_


def is_named(tx):
    told = [residents.c[name].is_not(None) for name in profile()]
    return tx.execute(select(residents.c.id).where(or_(*told))).first() is not None


def has_rows(table):
    return lambda tx: tx.execute(select(table)).first() is not None


async def has_a_seat(school, visitor, state="completed"):
    await visitor().registers(await school.opens())
    ended = {"state": state, "ended_at": school.now}
    await school.database.write(lambda tx: tx.execute(update(enrollments).values(ended)))
    return COURSE["end_date"], is_named


async def has_a_qualification(school, visitor):
    last_day, _ = await has_a_seat(school, visitor)
    told = Qualification(0, 1, "바리스타", "2급", "제1호", last_day, school.now)
    await school.database.write(lambda tx: acquired.save(tx, told))
    return last_day, lambda tx: any(each.license_number for each in acquired.of_enrollments(tx, [1]))


async def has_no_seat(school, visitor):
    return await has_a_seat(school, visitor, "not_selected")


async def has_talked(school, visitor):
    await Centre(school).opens()
    await books(visitor())
    return at("11-24 10:00").date(), is_named


async def wishes(school, visitor):
    await visitor().says("피아노")
    await visitor().goes_to("wish/1/yes")
    return school.now.date(), has_rows(course_wishes)


async def waits(school, visitor):
    await visitor().goes_to(f"courses/{await school.opens(state='suspended')}/await")
    return school.now.date(), has_rows(awaited_courses)


async def was_called(school, visitor):
    def asked_and_called(tx):
        someone = residents_kept.welcome(tx, "web", "r1", "ko", school.now)
        callbacks_kept.ask(tx, someone.id, "+821000000001", "any", "", "web", school.now)
        callbacks_kept.end(tx, [callbacks_kept.open_of(tx, someone.id).id], school.now)

    await school.database.write(asked_and_called)
    return school.now.date(), has_rows(callbacks)


SCENES = {
    ("consent.callback.text", "callbacks_kept"): was_called,
    ("consent.enrollment.text", "attended_kept"): has_a_seat,
    ("consent.qualification.text", "attended_kept"): has_a_qualification,
    ("consent.enrollment.text", "applications_kept"): has_no_seat,
    ("consent.counseling.text", "counseling_kept"): has_talked,
    ("consent.wished.text", "wishes_kept"): wishes,
    ("consent.awaited.text", "wishes_kept"): waits,
    ("awaited.noted", "wishes_kept"): waits,
    ("awaited.noted_here", "wishes_kept"): waits,
}
NAMED = Settings().to_organization().promised


def test_every_time_that_a_text_names_is_tried_here():
    keys = texts.catalogue("ko")
    assert {(key, name) for key in keys for name in texts.fields("ko", key) & {*NAMED}} == {*SCENES}


@pytest.mark.parametrize(("key", "name"), SCENES)
async def test_what_is_kept_is_there_on_the_last_day_and_gone_the_day_after(school, visitor, until, key, name):
    since, is_there = await SCENES[key, name](school, visitor)
    last = Period.of(PERIODS[name.removesuffix("_kept")]).after(since)
    await until(last)
    assert await school.database.read(is_there)
    await until(last + timedelta(days=1))
    assert not await school.database.read(is_there)

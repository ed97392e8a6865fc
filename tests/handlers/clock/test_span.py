"""A span that is asked at once gives what its looks would have found one by one."""

from datetime import timedelta

import pytest

from bot import demo
from bot.settings import Settings
from handlers.clock import notices
from handlers.clock.span import Span
from storage.audit import journal
from storage.audit.journal import Officer
from storage.notices import planning
from storage.seating import enrollments, turns
from storage.tables import courses as course_table
from storage.teaching import courses, sessions
from tests.support.clock.scenes import at
from tests.support.domain import SEOUL

STEP = timedelta(minutes=30)
ORGANIZATION = Settings().to_organization()


@pytest.mark.parametrize(
    ("moment", "look"),
    [("11-23 10:00", "11-23 10:07"), ("11-23 10:07", "11-23 10:07"), ("11-23 10:08", "11-23 10:37")],
)
def test_something_is_found_by_the_first_look_at_its_time_or_after(moment, look):
    span = Span(at("11-23 09:37"), at("11-24 09:37"), STEP)
    assert span.look_at(at(moment)) == at(look)
    assert Span(span.since, span.until).look_at(at(moment)) == span.until


def test_what_is_so_for_days_is_found_once_by_the_first_look_of_its_first_day():
    span = Span(at("11-23 22:10"), at("11-26 00:00"), STEP)
    weekdays = {23: ["Mon"], 24: ["Mon", "Tue"], 25: ["Tue", "Wed"], 26: ["Thu"]}
    found = list(span.first_seen(SEOUL, lambda day: weekdays[day.day]))
    looks = [at("11-23 22:40"), at("11-24 00:10"), at("11-25 00:10"), at("11-26 00:00")]
    assert found == list(zip(looks, ["Mon", "Tue", "Wed", "Thu"], strict=True))
    assert list(Span(span.since, span.until).first_seen(SEOUL, lambda day: weekdays[day.day])) == [(span.until, "Thu")]


async def test_a_rehearsal_finds_what_looks_would_have_found_one_by_one(school):
    since, until = at("11-23 10:07"), at("11-26 10:07")
    await school.database.write(lambda tx: eventful(tx, since))
    at_once = await school.database.read(lambda tx: foreseen(tx, [Span(since, until, STEP)]))
    steps = [Span(since + number * STEP, since + (number + 1) * STEP) for number in range(3 * 48)]
    one_by_one = await school.database.read(lambda tx: foreseen(tx, steps))
    assert at_once == one_by_one
    kinds = {key.split("/")[0] for key in at_once}
    assert kinds >= {"day_before", "offer", "offer_lapsing", "confirmed", "last_call", "changed", "closed"}


def eventful(tx, now):
    """The demo, and days on which officers close a course, move classes, and decide on who applied."""
    demo.fill(tx, now, ORGANIZATION)
    coming = [
        row.id for row in tx.execute(course_table.select().order_by(course_table.c.start_date, course_table.c.id))
    ]
    found = [each for each in courses.with_ids(tx, coming) if each.start_date > now.date()]
    courses.cancel(tx, found[0].id, "")
    closing = now + timedelta(minutes=25)  # told after a grace, which no look would have cut short
    journal.add(tx, Officer("담당자", "test"), "close-course", {}, closing, subjects=[(journal.COURSE, found[0].id)])
    for hours, course in enumerate(found[1:5], 20):
        for session in sessions.of_courses(tx, [course.id])[:2]:
            times = session.starts_at + timedelta(days=1), session.ends_at + timedelta(days=1)
            sessions.move(tx, session, times, now + timedelta(hours=hours))
    for minutes, course in enumerate(courses.with_ids(tx, coming), 11):
        line = turns.next_in_line(tx, course.id, 4, now)
        later = now + timedelta(minutes=minutes * 13)
        enrollments.decide(
            tx, [each.id for each in line[:2]], "offered", later, offer_until=later + timedelta(hours=20)
        )
        enrollments.decide(tx, [each.id for each in line[2:3]], "confirmed", later)
    is_coming = course_table.c.id.in_([course.id for course in found[5:]])
    tx.execute(course_table.update().where(is_coming).values(capacity=course_table.c.capacity + 9, last_call_days=60))


def foreseen(tx, spans):
    """What is to go out by its key, with the time at which it was found to be due first."""
    due = {}
    for span in spans:
        for planned in (each for batch in notices.due(tx, ORGANIZATION, span) for each in batch):
            for each in planning.foresee(tx, planned, ("telegram",)):
                due.setdefault(each.key, each.due_at)
    return due

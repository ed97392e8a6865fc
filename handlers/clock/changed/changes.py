"""Notices about changes: of classes, of what else one has to know of a course, and courses that were closed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from handlers.calendar.hours import DAY, local
from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Button, Reply
from handlers.notices import what_changed
from handlers.residents.courses.card import list_card
from storage.database import Transaction
from storage.notices import audiences, history
from storage.notices.outbox import Owed
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import changes, courses, sessions
from storage.teaching.changes import PLACE, TIMES
from storage.teaching.course import Course

SIMILAR = 3  # open courses that are offered in place of one that was closed


@dataclass(frozen=True)
class _Noted:
    """Something that was changed: `times` are those of which it speaks, of the course's classes where it is of all."""

    course_id: int
    key: str
    changed_at: datetime
    times: Sequence[datetime]


def _changed(tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    """What was changed in a course is told together, as far as one look finds it."""
    together: dict[tuple[int, datetime], list[_Noted]] = {}
    for each in sorted(_noted(tx, span), key=lambda each: each.changed_at):
        together.setdefault((each.course_id, span.look_at(each.changed_at)), []).append(each)
    for (course_id, look), fresh in together.items():
        times = [at for each in fresh for at in each.times]
        today = look.astimezone(organization.timezone).date()
        is_urgent = any(at > look and at.astimezone(organization.timezone).date() == today for at in times)
        last = fresh[-1]  # ids of what was undone are given out again
        key = f"{course_id}@{last.key}-{last.changed_at:%Y%m%dT%H%M%S}"
        yield Occasion(key, course_id, look, max(times), audiences.holding(course_id), is_urgent)


def _noted(tx: Transaction, span: Span) -> Iterator[_Noted]:
    for change in changes.between(tx, span.since, span.until):
        meetings = sessions.of_courses(tx, [change.course_id])
        if meetings:
            # Fees and what to bring along may wait for the morning; where and when may not.
            now_matters = any(field in (*TIMES, *PLACE) for field in change.before)
            times = [each.starts_at for each in meetings] if now_matters else []
            yield _Noted(change.course_id, f"c{change.id}", change.changed_at, [*times, meetings[-1].ends_at])
    for each in sessions.changed_between(tx, span.since, span.until):
        times = [at for at in (each.old_starts_at, each.new_starts_at) if at]
        yield _Noted(each.course_id, f"{each.id}", each.changed_at, times)


def _word_changed(chat: Chat, owed: Owed) -> Reply | None:
    course = courses.find(chat.tx, owed.about, chat.language)
    mine = enrollments.live(chat.tx, owed.about, [chat.resident.id])
    if course is None or not course.takes_place or mine is None:
        return None
    told_at = history.last_sent(chat.tx, chat.resident.id, owed.kind, course.id) or mine.applied_at
    times, others = what_changed.lines(chat, course.id, told_at)
    if not times and not others:
        return None
    has_begun = chat.today >= course.start_date
    advice = chat.text("notices.changed_can_call" if has_begun else "notices.changed_can_cancel")
    return chat.reply(
        "notices.changed" if times else "notices.changed_otherwise",
        *_next_steps(chat, mine, has_begun),
        title=course.title,
        lines="\n".join([*times, *others]),
        advice=advice,
    )


def _next_steps(chat: Chat, mine: Enrollment, has_begun: bool) -> Iterator[Button]:
    yield chat.button("my_enrollment", f"mine/{mine.id}")
    if mine.state == "confirmed":
        yield chat.button("calendar", f"mine/{mine.id}/calendar")
    if not has_begun:
        yield chat.button("cancel", f"mine/{mine.id}/cancel")


def _closed(tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    for look, course in span.first_seen(organization.timezone, lambda today: _closed_courses(tx, today)):
        ends_at = local(course.end_date + DAY, time(0), organization.timezone)
        is_urgent = _meets_on(tx, organization, course, look.astimezone(organization.timezone).date())
        yield Occasion(str(course.id), course.id, look, ends_at, audiences.involved(course.id), is_urgent)


def _closed_courses(tx: Transaction, today: date) -> list[Course]:
    return [course for course, _reason in courses.cancelled(tx, today)]


def _meets_on(tx: Transaction, organization: Organization, course: Course, day: date) -> bool:
    meetings = sessions.of_courses(tx, [course.id])
    return any(meeting.starts_at.astimezone(organization.timezone).date() == day for meeting in meetings)


def _word_closed(chat: Chat, owed: Owed) -> Reply | None:
    found = next(
        ((course, why) for course, why in courses.cancelled(chat.tx, chat.today) if course.id == owed.about), None
    )
    mine = enrollments.live(chat.tx, owed.about, [chat.resident.id])
    if found is None or mine is None:
        return None
    course, reason = found
    why = chat.text("notices.closed_because", reason=reason) if reason else ""
    reply = chat.reply("notices.closed", chat.button("other_courses", "courses"), title=course.title, why=why)
    return _with_similar(chat, reply, course)


def _with_similar(chat: Chat, reply: Reply, course: Course) -> Reply:
    similar = courses.open_now(chat.tx, chat.now, 0, 50).courses
    if not similar:
        return reply
    alike = sorted(similar, key=lambda other: other.category != course.category)[:SIMILAR]
    cards = tuple(list_card(chat, other) for other in alike)
    return replace(reply, text=f"{reply.text}\n{chat.text('notices.closed_similar')}", cards=cards)


notices.add("changed", _changed, _word_changed)
notices.add("closed", _closed, _word_closed)

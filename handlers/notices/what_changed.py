"""What has changed of a course for somebody in it: from what they believe to what is so now, one line a change."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from handlers.dialogue.chat import Chat
from handlers.language.days import dates
from storage.teaching import changes as course_changes
from storage.teaching import courses, sessions
from storage.teaching.changes import TIMES
from storage.teaching.course import Course
from storage.teaching.sessions import Change, Session

SHIFTING = ("start_date", "weekdays", "every_weeks", "start_time")  # with one of them all of a course is another
MOST_DAYS = 30
_NAMES = {
    "title": "title",
    "venue": "venue",
    "directions": "directions",
    "parking": "parking",
    "access": "access",
    "material_fee": "material",
    "textbook_fee": "textbook",
    "exam_fee": "exam",
    "payment": "payment",
    "supplies": "supplies",
    "completion_rule": "completion",
}


def lines(chat: Chat, course_id: int, since: datetime) -> tuple[list[str], list[str]]:
    """What has changed of its times, and of all else, since a moment; nothing once its last class is over."""
    now = courses.get(chat.tx, course_id)
    was = course_changes.as_it_was(chat.tx, now, since)
    coming = [each for each in sessions.of_courses(chat.tx, [course_id]) if each.ends_at > chat.now]
    fields = course_changes.told_fields(was, now) if coming else ()
    noted = sessions.changes(chat.tx, course_id, since)
    is_shifted = any(field in SHIFTING for field in fields)
    times = list(_shifted(chat, was, now, coming) if is_shifted else _single(chat, noted))
    if not is_shifted and "end_time" in fields:
        times += _hours(chat, was, now)
    return times, [_field(chat, field, was, now) for field in fields if field not in TIMES]


def _shifted(chat: Chat, was: Course, now: Course, coming: Sequence[Session]) -> Iterator[str]:
    """The new first day, and all the days in their order."""
    if (was.start_date, was.end_date) != (now.start_date, now.end_date):
        spans = [dates.span(each.start_date, each.end_date, chat.language, today=chat.today) for each in (was, now)]
        yield _line(chat, "dates", *spans)
    yield from _hours(chat, was, now)
    days = [chat.day(each.starts_at.astimezone(chat.organization.timezone).date()) for each in coming]
    key = "first_class" if coming[0].number == 1 else "next_class"
    yield _line(chat, key, "", chat.moment(coming[0].starts_at))
    listed = ", ".join([*days[:MOST_DAYS], *(["…"] if len(days) > MOST_DAYS else [])])
    yield chat.text("notices.changed_days", days=listed, count=len(days))


def _hours(chat: Chat, was: Course, now: Course) -> Iterator[str]:
    old, new = (_timetable(chat, each) for each in (was, now))
    if old != new:
        yield _line(chat, "timetable", old, new)


def _timetable(chat: Chat, course: Course) -> str:
    days = dates.weekdays(course.weekdays, chat.language)
    times = dates.hours(course.start_time, course.end_time, chat.language)
    rhythm = "weekly" if course.every_weeks == 1 else "every_other_week"
    return chat.text(f"courses.{rhythm}", days=days, times=times)


def _single(chat: Chat, changes: Sequence[Change]) -> Iterator[str]:
    """Each class that is still to come, from where it was to where it is, in the order in which they were."""
    told: list[tuple[datetime, str]] = []
    for session_id, found in groupby(sorted(changes, key=lambda each: each.session_id), lambda each: each.session_id):
        session = sessions.find(chat.tx, session_id)
        old, new = next(found).old_starts_at, session.starts_at if session else None
        times = [at for at in (old, new) if at]
        if old != new and times and max(times) > chat.now:
            told.append((min(times), _moved(chat, old, new)))
    return (line for _, line in sorted(told))


def _moved(chat: Chat, old: datetime | None, new: datetime | None) -> str:
    key = "notices.moved" if old and new else "notices.added" if new else "notices.dropped"
    said = {"old": old and chat.moment(old), "new": new and chat.moment(new)}
    return chat.text(key, **{name: value for name, value in said.items() if value})


def _field(chat: Chat, field: str, was: Course, now: Course) -> str:
    old, new = getattr(was, field), getattr(now.in_(chat.language), field)
    if isinstance(new, int):
        return _line(chat, _NAMES[field], dates.money(old, chat.language), dates.money(new, chat.language))
    return _line(chat, _NAMES[field], old if chat.language == "ko" else "", new)


def _line(chat: Chat, name: str, old: str, new: str) -> str:
    """Without the old value where there is none in the resident's language."""
    said = {"what": chat.text(f"facts.{name}"), "new": _inline(new) or chat.text("notices.changed_nothing")}
    return (
        chat.text("notices.changed_from", old=_inline(old), **said) if old else chat.text("notices.changed_to", **said)
    )


def _inline(text: str) -> str:
    return " ".join(text.split())

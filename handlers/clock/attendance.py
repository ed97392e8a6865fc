"""The warning that one more absence costs completion, and word of it once it is lost: each once for an enrollment."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from handlers.attendance import counting
from handlers.attendance.counting import Tally
from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from storage.attendance import entries, warned
from storage.database import Transaction
from storage.notices import audiences
from storage.notices.outbox import Owed
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses, sessions

WORTH_TELLING = timedelta(days=5)
LAST, LOST = "last_absence", "completion_lost"


def _is_last(tally: Tally) -> bool:
    return tally.lost > 0 and tally.may_miss == 0 and tally.unmarked > 0


def _is_lost(tally: Tally) -> bool:
    return tally.lost > 0 and tally.may_miss < 0


COMES_TO: Mapping[str, Callable[[Tally], bool]] = {LAST: _is_last, LOST: _is_lost}


def _occasions(kind: str, tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    """Each entry makes it another occasion, so that it is told of the last one, and of none that was a slip."""
    grace = timedelta(minutes=organization.hours.grace_minutes)
    changed = warned.changed_between(tx, span.since, span.until)
    known = warned.told(tx, kind, changed) if changed else set()
    for enrollment_id, at in sorted(changed.items()):
        if enrollment_id not in known and _holds(tx, organization, kind, enrollments.find(tx, enrollment_id)):
            yield _occasion(enrollment_id, warned.newest(tx, enrollment_id), span.look_at(at), at + grace)


def _occasion(enrollment_id: int, entry_id: int, look: datetime, due_at: datetime) -> Occasion:
    whom = audiences.enrolled(enrollment_id, "confirmed")
    return Occasion(str(entry_id), enrollment_id, max(look, due_at), due_at + WORTH_TELLING, whom)


def _holds(tx: Transaction, organization: Organization, kind: str, mine: Enrollment | None) -> bool:
    """Whether it is so now, for somebody who still comes."""
    if mine is None or mine.state != "confirmed" or mine.ended_at or mine.is_unchecked:
        return False
    course = courses.get(tx, mine.course_id)
    if not course.takes_place:
        return False
    found, meetings = entries.of_enrollments(tx, [mine.id]), sessions.of_courses(tx, [course.id])
    return COMES_TO[kind](counting.tally(organization.attendance.of_course(course), mine, meetings, found))


def _word(kind: str, chat: Chat, owed: Owed) -> Reply | None:
    """Nothing where it isn't so any more: who was marked by a slip hears nothing of it."""
    mine = enrollments.find(chat.tx, owed.about)
    if mine is None or not _holds(chat.tx, chat.organization, kind, mine):
        return None
    if warned.is_left_to_another(chat.tx, owed):
        return None
    title = courses.get(chat.tx, mine.course_id, chat.language).title
    seen = chat.button("attendance", f"mine/{mine.id}/attendance")
    return chat.reply(f"notices.{kind}", seen, chat.button("contact", "contact"), title=title)


for _kind in COMES_TO:
    notices.add(_kind, partial(_occasions, _kind), partial(_word, _kind))

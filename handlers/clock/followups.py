"""Follow-up questions: whether completers are working, three and six months later."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from handlers.residents.work.followups import choices
from storage.completion import followups
from storage.completion.followups import STAGES
from storage.database import Transaction
from storage.notices import audiences
from storage.notices.outbox import Owed
from storage.people import residents
from storage.people.finding import persons
from storage.seating import enrollments
from storage.teaching import courses

APART = timedelta(days=30)  # who completed several courses is asked about one of them
WORTH_ASKING = timedelta(days=14)


@dataclass(frozen=True)
class Due:
    """Somebody who is to be asked about a course that they completed."""

    stage: int
    enrollment_id: int
    resident_id: int


def due(tx: Transaction, organization: Organization, since: datetime, now: datetime) -> list[Due]:
    """Completions that are so many months old since a moment, or since now."""
    found = []
    for stage in STAGES:
        first, last = (_months_before(organization, each, stage) for each in (since, now))
        completed = followups.due(tx, stage, first, last, now - APART)
        found += [Due(stage, each.enrollment_id, each.resident_id) for each in completed]
    return found


def ask(tx: Transaction, due_: Due, now: datetime) -> None:
    """Unless the same person was asked meanwhile, in whichever chat is proven theirs."""
    people = persons.lock_same(tx, residents.by_id(tx, due_.resident_id))
    if not followups.was_asked(tx, due_.stage, people, now - APART):
        followups.ask(tx, due_.enrollment_id, due_.stage, now)


def _months_before(organization: Organization, moment: datetime, months: int) -> datetime:
    """The same day of an earlier month, or its last one."""
    there = moment.astimezone(organization.timezone)
    year, month = divmod(there.year * 12 + there.month - 1 - months, 12)
    return there.replace(year=year, month=month + 1, day=min(there.day, calendar.monthrange(year, month + 1)[1]))


def _occasions(stage: int, tx: Transaction, _: Organization, span: Span) -> Iterator[Occasion]:
    for each in followups.asked(tx, stage, span.since, span.until):
        whom = audiences.enrolled(each.enrollment_id, "completed")
        yield Occasion("asked", each.enrollment_id, each.asked_at, each.asked_at + WORTH_ASKING, whom)


def _word(stage: int, chat: Chat, owed: Owed) -> Reply | None:
    mine = enrollments.find(chat.tx, owed.about)
    asked = followups.find(chat.tx, owed.about, stage)
    course = courses.find(chat.tx, mine.course_id, chat.language) if mine else None
    if mine is None or course is None or asked is None or asked.answer or mine.state != "completed":
        return None
    return chat.reply("notices.followup", *choices(chat, mine.id, stage), title=course.title, months=stage)


for _stage in STAGES:
    notices.add(f"followup_{_stage}", partial(_occasions, _stage), partial(_word, _stage))

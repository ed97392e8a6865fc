"""The notice to a candidate who became the instructor of a course."""

from collections.abc import Iterator
from datetime import timedelta

from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from storage.completion import instructors
from storage.database import Transaction
from storage.notices import audiences
from storage.notices.outbox import Owed
from storage.teaching import courses

WORTH_TELLING = timedelta(days=7)


def _assigned(tx: Transaction, _: Organization, span: Span) -> Iterator[Occasion]:
    for each in instructors.assigned(tx, span.since, span.until):
        assert each.assigned_at
        look, whom = span.look_at(each.assigned_at), audiences.enrolled(each.enrollment_id, "completed")
        yield Occasion(f"{each.assigned_at:%Y%m%dT%H%M%S}", each.enrollment_id, look, look + WORTH_TELLING, whom)


def _word(chat: Chat, owed: Owed) -> Reply | None:
    found = instructors.find(chat.tx, owed.about)
    course = courses.find(chat.tx, found.teaches, chat.language) if found and found.teaches else None
    if course is None or not course.takes_place:
        return None
    return chat.reply("notices.teaching", chat.button("contact", "contact"), title=course.title)


notices.add("teaching", _assigned, _word)

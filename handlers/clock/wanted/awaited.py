"""A notice for who asked to be told: a course, or another one of its title, can be registered for now."""

from collections.abc import Iterator

from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from handlers.residents.courses.card import list_card
from storage.database import Transaction
from storage.notices import audiences
from storage.notices.outbox import Owed
from storage.seating import enrollments
from storage.teaching import awaited, courses


def _opened(tx: Transaction, _: Organization, span: Span) -> Iterator[Occasion]:
    for each in awaited.openings(tx, span.until):
        look = span.look_at(max(each.opened_at, span.since))
        yield Occasion("once", each.course_id, look, each.closes_at, audiences.awaiting(each.awaited_id))


def _word(chat: Chat, owed: Owed) -> Reply | None:
    course = courses.find(chat.tx, owed.about)
    if course is None or course.status(chat.now, chat.today) not in ("open", "waitlist"):
        return None
    if enrollments.live(chat.tx, course.id, [chat.resident.id]) or not awaited.waits(chat.tx, chat.resident.id, course):
        return None
    see = chat.button("course", f"courses/{course.id}")
    return chat.reply("notices.awaited", see, cards=[list_card(chat, course)], title=course.in_(chat.language).title)


notices.add(awaited.KIND, _opened, _word)

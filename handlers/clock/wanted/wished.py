"""A notice for who looked for a course in vain: one like it can be registered for now."""

from collections.abc import Iterator

from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from handlers.residents.courses import catalogue
from handlers.residents.courses.card import list_card
from storage.database import Transaction
from storage.notices import audiences
from storage.notices.outbox import Owed
from storage.seating import enrollments
from storage.teaching import courses, wishes


def _opened(tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    wished = wishes.words(tx)
    if not wished:
        return
    alike = catalogue.of(tx, span.until.astimezone(organization.timezone).date()).alike
    for each in wishes.openings(tx, frozenset().union(*map(alike, wished)), span.until):
        look = span.look_at(max(each.opened_at, span.since))
        meant = {words for words in wished if each.course_id in alike(words)}
        for words in sorted({one.words for one in wishes.untold(tx, each.course_id, meant)}):
            whom = audiences.wishing(words, each.course_id)
            yield Occasion(f"{each.course_id}", each.course_id, look, each.closes_at, whom)


def _word(chat: Chat, owed: Owed) -> Reply | None:
    course = courses.find(chat.tx, owed.about)
    if course is None or course.status(chat.now, chat.today) not in ("open", "waitlist"):
        return None
    words = _wished(chat, course.id)
    if words is None or enrollments.live(chat.tx, course.id, [chat.resident.id]):
        return None
    links = [chat.button("my_wishes", "wishes")]
    see = chat.button("course", f"courses/{course.id}")
    return chat.reply("notices.wished", see, cards=[list_card(chat, course)], links=links, words=words)


def _wished(chat: Chat, course_id: int) -> str | None:
    """In which words they wished for such a course, if they still do."""
    theirs = [each.words for each in wishes.of_resident(chat.tx, chat.resident.id)]
    alike = catalogue.of(chat.tx, chat.today).alike
    return next((words for words in theirs if course_id in alike(words)), None)


notices.add(wishes.KIND, _opened, _word)

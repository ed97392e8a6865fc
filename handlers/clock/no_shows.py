"""A word to who had a seat and never came, where the course warns of it and an officer has confirmed completion."""

from collections.abc import Iterator

from handlers.attendance import no_shows
from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.results import WORTH_TELLING
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from storage.database import Transaction
from storage.notices import audiences, history
from storage.notices.outbox import Owed
from storage.seating import enrollments
from storage.teaching import courses

KIND = "no_show_warning"


def _decided(tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    found = enrollments.decided(tx, "not_completed", span.since, span.until)
    about = {each.id: each for each in courses.with_ids(tx, list({each.course_id for each in found}))}
    rules, warned = organization.attendance, set[int]()
    for course in about.values():
        warned |= {each.enrollment_id for each in no_shows.warned(tx, rules, course, span.until)}
    for each in (each for each in found if each.id in warned):
        assert each.decided_at
        look, whom = span.look_at(each.decided_at), audiences.enrolled(each.id, "not_completed")
        yield Occasion(f"{each.decided_at:%Y%m%dT%H%M%S}", each.id, look, look + WORTH_TELLING, whom)


def _word(chat: Chat, owed: Owed) -> Reply | None:
    """Once, and not to those whom an officer lets pass meanwhile."""
    mine = enrollments.find(chat.tx, owed.about)
    course = courses.find(chat.tx, mine.course_id, chat.language) if mine else None
    if mine is None or course is None or mine.state != "not_completed":
        return None
    warned = no_shows.warned(chat.tx, chat.organization.attendance, course, chat.now)
    if mine.id not in {each.enrollment_id for each in warned} or history.last_told(chat.tx, KIND, [mine.id]):
        return None
    return chat.reply("notices.no_show_warning", chat.button("contact", "contact"), title=course.title)


notices.add(KIND, _decided, _word)

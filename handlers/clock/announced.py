"""What officers wrote to the people of a course, or to many who completed one; sending it owes it."""

from collections.abc import Iterator

from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from handlers.language.letters.widths import within
from handlers.notices.kinds import ANNOUNCED, ANNOUNCED_NEWS
from storage.database import Transaction
from storage.notices import announcements
from storage.notices.announcements import Announcement
from storage.notices.outbox import Owed
from storage.seating import enrollments
from storage.teaching import courses

REPEATED = 100  # of a text that was a mistake


def _owed_already(_tx: Transaction, _organization: Organization, _span: Span) -> Iterator[Occasion]:
    yield from ()


def _word(chat: Chat, owed: Owed) -> Reply | None:
    """Nothing to whom it doesn't concern any more, nor once it was taken back."""
    found = announcements.find(chat.tx, owed.about)
    if found is None or found.taken_back_at:
        return None
    if found.course_id and not announcements.is_concerned(chat.tx, found, chat.resident.id):
        return None
    return said(chat, found)


def said(chat: Chat, written: Announcement) -> Reply:
    """As it is read in a chat; where there is no English text, who reads English is told that it's Korean."""
    is_english = chat.language == "en" and bool(written.text_en)
    text = written.text_en if is_english else written.text
    tongue = "" if is_english or chat.language == "ko" else chat.text("notices.announced_in_korean")
    if not written.course_id:
        return chat.reply("notices.announced_by_us", chat.button("courses", "courses"), text=text, tongue=tongue)
    course = courses.find(chat.tx, written.course_id, chat.language)
    assert course is not None
    mine = enrollments.live(chat.tx, course.id, [chat.resident.id])
    buttons = [chat.button("my_enrollment", f"mine/{mine.id}")] if mine else []
    return chat.reply("notices.announced_of_course", *buttons, title=course.title, text=text, tongue=tongue)


def _word_correction(chat: Chat, owed: Owed) -> Reply | None:
    """Nothing to whom it was on its way then and never got."""
    found = announcements.find(chat.tx, owed.about)
    if found is None or not announcements.may_be_told(chat.tx, found.id, chat.resident.id):
        return None
    text = (found.text_en if chat.language == "en" else "") or found.text
    return chat.reply("notices.corrected_announcement", text=within(" ".join(text.split()), REPEATED))


notices.add(ANNOUNCED, _owed_already, _word)
notices.add(ANNOUNCED_NEWS, _owed_already, _word)
notices.add("corrected_announcement", _owed_already, _word_correction)

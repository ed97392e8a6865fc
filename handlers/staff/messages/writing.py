"""The text of a message: what may not stand in it, and how it is read in a chat."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.clock import announced, notices
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from handlers.language import phones
from handlers.language.letters.widths import units
from handlers.notices.kinds import ANNOUNCED, ANNOUNCED_NEWS, KINDS
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.files.cells import Wrong, passage
from storage.database import Transaction
from storage.notices.announcements import Announcement, Whom
from storage.people.residents import Resident

MOST = 1_000  # letters of one bubble of KakaoTalk, and of a notice of theirs that is paid for
FOLDED = 500  # after so many KakaoTalk hides the rest until it is asked for
BLANK = "○"  # stands in templates for what is to be filled in


@dataclass(frozen=True)
class Draft:
    """What is to be sent; without a `course_id` to who completed courses."""

    text: str
    text_en: str = ""
    course_id: int | None = None
    whom: Whom = "completed"
    place: str = ""
    term: str = ""

    @property
    def kind(self) -> str:
        return kind_of(self.course_id)

    def as_written(self, desk: Desk, due_at: datetime) -> Announcement:
        return Announcement(0, **vars(self), people=0, cost=0, written_by="", written_at=desk.now, due_at=due_at)


def kind_of(course_id: int | None) -> str:
    return ANNOUNCED if course_id else ANNOUNCED_NEWS


def read(text: str, of: str = "글") -> str:
    """As it is sent. Raises Declined where it is a number of somebody's, or something is left to fill in."""
    if (length := units(text)) > MOST:
        raise too_long(length)
    try:
        written = passage(text)
    except Wrong as error:
        raise Declined(f"{of}: {error}") from error
    if phones.contains_mobile(written):
        raise Declined(f"{of}: 휴대전화 번호가 있어 보내지 않습니다. 받는 모든 분께 보이니 대표번호를 적어 주세요.")
    if BLANK in written:
        raise Declined(f"{of}: 채우지 않은 곳(○)이 있습니다. 내용을 적어 주세요.")
    return written


def shown(tx: Transaction, desk: Desk, draft: Draft, language: str = "ko") -> Reply:
    """The whole notice, as somebody reads it who is in the course."""
    chat = Chat(tx, Resident(0, language), desk.now, "", "", desk.organization)
    said = announced.said(chat, draft.as_written(desk, desk.now))
    if draft.course_id:
        said = replace(said, buttons=(chat.button("my_enrollment", "mine"),))
    return notices.explained(chat, KINDS[draft.kind], said)


def check_length(tx: Transaction, desk: Desk, draft: Draft) -> int:
    """How long the longest of them is, with all that stands around the text."""
    if not draft.text:
        raise Declined("보낼 글을 적어 주세요.")
    longest = max(units(shown(tx, desk, draft, language).text) for language in ("ko", "en"))
    if longest > MOST:
        raise too_long(longest)
    return longest


def too_long(length: int) -> Declined:
    return Declined(
        f"글이 길어 카카오톡 말풍선 하나에 들어가지 않습니다. 앞뒤 안내를 더해 {MOST:,}자까지인데 {length:,}자입니다. "
        f"{length - MOST:,}자 넘게 줄여 주세요."
    )

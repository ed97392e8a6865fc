"""Whether somebody is told without their coming by: in their chat or at their number, and what they agree to for it."""

from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import ALIMTALK as AT_NUMBER
from handlers.dialogue.reply import Button
from handlers.language import phones
from handlers.notices.kinds import KINDS, Kind
from handlers.residents.people import consents
from storage.notices.outbox import NEWS
from storage.people import reaching, residents
from storage.people.consents import ALIMTALK, KAKAO_NEWS
from storage.people.reaching import Carried

OPENING = (ALIMTALK, KAKAO_NEWS)  # consents that open a way, and ask for nothing to be told


def may_agree(chat: Chat, purpose: str) -> bool:
    """Whether a yes to this consent would open a way here."""
    if purpose == KAKAO_NEWS:
        return chat.traits.speaks_first and chat.traits.advertises_news
    return purpose == ALIMTALK and chat.organization.tells_at_numbers and bool(_mobile(chat))


def is_told(chat: Chat, *kinds: str) -> bool:
    """Whether notices of all these kinds reach the person whom the chat is about wherever they are."""
    return all(_comes_here(chat, KINDS[kind]) or is_told_at_number(chat, kind) for kind in kinds)


def _comes_here(chat: Chat, kind: Kind) -> bool:
    """News comes as advertising in some chats, to those who agreed to that too."""
    needs_more = kind.rank == NEWS and chat.traits.advertises_news
    return chat.traits.speaks_first and not (needs_more and not consents.holds(chat, KAKAO_NEWS))


def is_told_at_number(chat: Chat, *kinds: str) -> bool:
    """Without anybody's doing: what officers send in a file isn't promised."""
    if AT_NUMBER not in chat.organization.ways:
        return False
    return all(
        reaching.ways_to(chat.tx, [chat.resident.id], [AT_NUMBER], Carried(kind, KINDS[kind].rank == NEWS))
        for kind in kinds
    )


def offers(chat: Chat) -> list[Button]:
    """The way to the consent by which somebody is told at their number whom we can't write to otherwise."""
    if not may_agree(chat, ALIMTALK) or consents.holds(chat, ALIMTALK):
        return []
    is_reached = reaching.ways_to(chat.tx, [chat.resident.id], chat.organization.ways)
    return [] if is_reached else [chat.button("offer_alimtalk", f"news/{ALIMTALK}")]


def number(chat: Chat) -> str:
    """Enough of their number for them to know it."""
    return phones.hint(_mobile(chat))


def _mobile(chat: Chat) -> str:
    """As it is by now: the form whose receipt this is may just have been told it."""
    person = chat.resident.id
    return residents.by_id(chat.tx, person).mobile or "" if person else ""

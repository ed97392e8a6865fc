"""Notices about chats that were made one person's, or are not any more; each is told in that chat alone."""

from collections.abc import Iterator

from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from handlers.notices.kinds import PARTED, UNITED
from storage.database import Transaction
from storage.notices.outbox import Owed


def _owed_already(_tx: Transaction, _organization: Organization, _span: Span) -> Iterator[Occasion]:
    """Whoever joins or parts them owes it."""
    yield from ()


def _word(chat: Chat, owed: Owed) -> Reply | None:
    return chat.reply(f"notices.{owed.kind}", chat.button("mine", "mine"))


for _kind in (UNITED, PARTED):
    notices.add(_kind, _owed_already, _word)

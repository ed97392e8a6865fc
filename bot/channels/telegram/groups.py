"""Groups: nothing of them is stored or acted on; who addresses us there is shown the way to the private chat."""

import logging
import re
from typing import Any, NamedTuple

from telegram.error import TelegramError

from bot.channels.telegram.client import Delivery
from bot.http.limits import Rates
from handlers.dialogue import texts
from handlers.dialogue.organization import Organization

log = logging.getLogger(__name__)

ORIGIN = "from-group"
_KINDS = ("group", "supergroup")
_COMMAND = re.compile(r"/\w+@(\w+)")


class Place(NamedTuple):
    """A group, and the topic in it."""

    chat: int
    topic: int | None


class Groups:
    """Shows the way at most once for what was said, and not often in one group."""

    def __init__(self, delivery: Delivery, organization: Organization, rates: Rates | None = None) -> None:
        self._delivery = delivery
        self._organization = organization
        self._rates = rates or Rates(per_minute=1, burst=2)

    async def show_the_way(self, place: Place, username: str) -> None:
        """`username` is ours."""
        if self._rates.take(str(place.chat)):
            return
        say, language = texts.say, self._organization.language
        link = f"https://t.me/{username}?start={ORIGIN}"
        try:
            await self._delivery.point(*place, say(language, "other.group"), say(language, "labels.private_chat"), link)
        except TelegramError as error:
            log.info("a group was not answered error=%s", type(error).__name__)


def addressed(update: Any, username: str) -> Place | None:
    """Where somebody spoke to us or added us in a group; a broken update, or as long as we have no name, to nobody."""
    if not username:
        return None
    try:
        return _added(update["my_chat_member"]) if "my_chat_member" in update else _spoken(update["message"], username)
    except (KeyError, TypeError, AttributeError):
        return None


def _added(change: dict[str, Any]) -> Place | None:
    before, now = change["old_chat_member"]["status"], change["new_chat_member"]["status"]
    is_new = before in ("left", "kicked") and now in ("member", "administrator")
    return Place(change["chat"]["id"], None) if is_new and change["chat"]["type"] in _KINDS else None


def _spoken(message: dict[str, Any], username: str) -> Place | None:
    if message["chat"]["type"] not in _KINDS or message["from"]["is_bot"]:
        return None
    if not is_for(username, message.get("text") or message.get("caption") or ""):
        return None
    return Place(message["chat"]["id"], message.get("message_thread_id") if message.get("is_topic_message") else None)


def is_for(username: str, text: str) -> bool:
    """A command for us, or a mention of us; a command for another bot is not."""
    command = _COMMAND.match(text)
    if command:
        return command[1].lower() == username.lower()
    return re.search(rf"(?<!\w)@{re.escape(username)}(?!\w)", text, re.ASCII | re.IGNORECASE) is not None

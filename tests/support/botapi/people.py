"""People who write to the bot: they say things, press labels and read what they are shown."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

from tests.support.botapi import contents
from tests.support.botapi.chats import Chat, Message

if TYPE_CHECKING:
    from tests.support.botapi.server import BotApi


PATIENCE = 60.0  # seconds: a busy machine takes long to show what it will show
READS = 0.8  # seconds that people take to read before they press
APART = 1.25  # seconds between two presses of theirs, as they may come a little closer together


class Person:
    def __init__(self, api: "BotApi", user_id: int, name: str, language: str, bot: bool) -> None:
        self.api = api
        self.id = user_id
        self.name = name
        self.language = language
        self.chat = api.chats.chat(user_id, name=name)
        self.user = {"id": user_id, "is_bot": bot, "first_name": name, "language_code": language}
        self._last_said = "nothing"
        self._shown_before = 0
        self._toasts_before = 0
        self._tapped_at = 0.0

    @property
    def messages(self) -> list[Message]:
        """Every message of the bot in this chat, oldest first, as it stands now."""
        return list(self.chat.messages.values())

    @property
    def screen(self) -> Message:
        """The newest message of the bot."""
        if not self.chat.messages:
            raise AssertionError(f"{self.name} has no message from the bot")
        return next(reversed(self.chat.messages.values()))

    @property
    def toast(self) -> str | None:
        """What the newest answer to a tap flashed."""
        return self.chat.toasts[-1] if self.chat.toasts else None

    async def says(self, words: str, group: Chat | None = None) -> int:
        return await self.sends(group=group, **contents.text(words))

    async def sends(self, *, group: Chat | None = None, **content: Any) -> int:
        """Send a message with this content, e.g. `**contents.sticker()`; the update's id is returned."""
        chat = group or self.chat
        message = self._message(chat) | content
        chat.incoming[message["message_id"]] = message
        update_id = self.api.updates.push("message", message)
        if chat.private and "message" in self.api.updates.allowed and not self.user["is_bot"]:
            self.api.ledger.owe(update_id, chat, message["message_id"])
        self._mark(content.get("text") or ", ".join(content))
        return update_id

    async def edits(self, words: str) -> int:
        """Change the last own message; Telegram tells the bot by edited_message."""
        message = next(reversed(self.chat.incoming.values()))
        message = message | contents.text(words) | {"edit_date": int(time.time())}
        self._mark(f"(edited) {words}")
        return self.api.updates.push("edited_message", message)

    async def presses(self, label: str, *, after: float | None = None) -> int:
        """Press the inline button with this visible label on the newest message that has it, once it was read.

        `after`: so many seconds after it was shown at the soonest.
        """
        for message in reversed(self.messages):
            if label in message.labels:
                soonest = (
                    max(message.shown_at + READS, self._tapped_at + APART)
                    if after is None
                    else message.shown_at + after
                )
                await asyncio.sleep(max(0.0, soonest - time.monotonic()))
                return await self._tap(message, message.button(label))
        raise LookupError(
            f"no message shows a button «{label}»; the newest shows {self.messages[-1:] and self.screen.labels}"
        )

    async def presses_old(self, message: Message, label: str) -> int:
        """Press a button of that message, even one that an edit has taken away since."""
        await asyncio.sleep(max(0.0, max(message.shown_at + READS, self._tapped_at + APART) - time.monotonic()))
        return await self._tap(message, message.button(label, even_old=True))

    async def answer(self, patience: float = PATIENCE, quiet: float = 0.1) -> list[Message]:
        """What the bot showed since the last thing said, once nothing is owed or it has been quiet for so long.

        A tap that was answered by a flashed text alone gives an empty list; see `toast`.
        """
        deadline = time.monotonic() + patience
        while not self._shown():
            await self._stir(deadline - time.monotonic())
        if self.api.settled:
            await self.api.settled()
        else:
            while await self._stirred_within(quiet):
                continue
        return list({message.message_id: message for message in self.chat.shown[self._shown_before :]}.values())

    async def asks(self, words: str, patience: float = PATIENCE) -> Message:
        """Say it and read the screen that comes."""
        await self.says(words)
        await self.answer(patience)
        return self.screen

    async def taps(self, label: str, patience: float = PATIENCE) -> Message:
        """Press it and read the message that comes or changes; who is told that it was too soon presses again."""
        await self.presses(label)
        shown = await self.answer(patience)
        if not shown and len(self.chat.toasts) > self._toasts_before:
            await self.presses(label)
            shown = await self.answer(patience)
        return shown[-1] if shown else self.screen

    def blocks(self, *, silently: bool = False) -> None:
        self._become(blocked=True, status="kicked", silently=silently)

    def unblocks(self, *, silently: bool = False) -> None:
        self._become(blocked=False, status="member", silently=silently)

    def deactivates(self) -> None:
        self.chat.deactivated = True

    def sends_unparseable(self) -> int:
        """A message whose chat lacks its type: Telegram libraries can't parse it."""
        message = self._message(self.chat) | contents.text("읽을 수 없는 메시지")
        del message["chat"]["type"]
        return self.api.push_raw({"message": message})

    async def _tap(self, message: Message, button: dict[str, Any]) -> int:
        if "callback_data" not in button:
            raise LookupError(f"pressing «{button['text']}» tells the bot nothing: {button}")
        self._tapped_at = time.monotonic()
        callback_id = str(self.api.updates.last_id * 1000 + 1)
        self.api.taps[callback_id] = (time.monotonic(), message.chat)
        tap = {
            "id": callback_id,
            "from": self.user,
            "chat_instance": str(-message.chat.id),
            "message": message.as_json(self.api.me),
            "data": button["callback_data"],
        }
        update_id = self.api.updates.push("callback_query", tap)
        if "callback_query" in self.api.updates.allowed:
            self.api.ledger.owe(update_id, message.chat, message.message_id, callback_id)
        self._mark(f"[{button['text']}]")
        return update_id

    def _message(self, chat: Chat) -> dict[str, Any]:
        chat.known = True
        number = self.api.chats.new_message_id()
        return {"message_id": number, "from": self.user, "chat": chat.as_json(), "date": int(time.time())}

    def _mark(self, said: str) -> None:
        self._last_said = said
        self._shown_before = len(self.chat.shown)
        self._toasts_before = len(self.chat.toasts)

    def _shown(self) -> bool:
        return len(self.chat.shown) > self._shown_before or len(self.chat.toasts) > self._toasts_before

    async def _stir(self, seconds: float) -> None:
        if not await self._stirred_within(seconds):
            raise AssertionError(f"{self.name} got no answer to «{self._last_said}»; {self._recent_calls()}")

    async def _stirred_within(self, seconds: float) -> bool:
        self.chat.stirred.clear()
        try:
            await asyncio.wait_for(self.chat.stirred.wait(), max(seconds, 0.0))
        except TimeoutError:
            return False
        return True

    def _recent_calls(self) -> str:
        calls = [f"{call.method} {call.code}" for call in self.api.calls() if call.method != "getUpdates"]
        return f"the last calls were {calls[-5:]}" if calls else "the bot called nothing"

    def _become(self, *, blocked: bool, status: str, silently: bool) -> None:
        old = "kicked" if self.chat.blocked else "member"
        self.chat.blocked = blocked
        if silently:
            return
        change = {"chat": self.chat.as_json(), "from": self.user, "date": int(time.time())}
        for name, state in (("old_chat_member", old), ("new_chat_member", status)):
            until = {"until_date": 0} if state == "kicked" else {}
            change[name] = {"user": self.api.me, "status": state} | until
        self.api.updates.push("my_chat_member", change)

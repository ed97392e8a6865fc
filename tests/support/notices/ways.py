"""Ways that tell later what became of a notice, without a network; and residents whom they reach."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.messages.delivery import Pushed, Way
from bot.messages.pace import Pace
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from storage.database import Transaction
from storage.notices.outbox import Owed
from storage.people import consents, residents
from storage.ways import templates
from storage.ways.templates import Approved


class Carrier:
    """Takes all that it is handed, or raises what was planned for an address."""

    def __init__(self, name: str, price: int = 1650) -> None:
        self.name = name
        self.taken: list[tuple[str, int]] = []  # address, number of the dispatch
        self.failing: dict[str, list[Exception]] = {}
        self.can_carry = True
        self.way = Way(self, Pace(10_000, second=0.0), price, tells_later=True)

    def dress(self, chat: Chat, owed: Owed, reply: Reply, dispatch: int) -> tuple[Reply, int] | None:
        return (reply, dispatch) if self.can_carry else None

    async def push(self, address: str, said: Any, attempt: int) -> Pushed:
        if self.failing.get(address):
            raise self.failing[address].pop(0)
        _, dispatch = said
        self.taken.append((address, dispatch))
        return Pushed(f"m{dispatch}", f"b{dispatch}")

    @property
    def dispatches(self) -> list[int]:
        return [dispatch for _, dispatch in self.taken]


def numbered(tx: Transaction, resident_id: int, now: datetime, mobile: str = "") -> str:
    """They told their number and agreed to be told there."""
    resident, mobile = residents.by_id(tx, resident_id), mobile or f"+82100000{resident_id:04}"
    residents.describe(tx, resident, mobile=mobile)
    consents.record(tx, resident_id, consents.ALIMTALK, True, "1", "", "web", now)
    return mobile


def approves(tx: Transaction, way: str, kinds: Sequence[str], now: datetime) -> None:
    """The sender approves a text for each of these kinds."""
    found = [Approved(way, kind, f"T-{kind}", kind, "#{이름}", "approved", True, None, now) for kind in kinds]
    templates.keep(tx, found)

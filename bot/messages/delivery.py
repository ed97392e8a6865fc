"""What can go wrong on the way out, and what a channel is that delivers.

DeliveryError
├── Later            it certainly wasn't delivered; it may be tried again after a while
├── Undeliverable    it will never be delivered
│   └── Gone         nor will anything else that goes to this address
└── Unknown          it may have been delivered
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.messages.incoming import Incoming
from bot.messages.pace import Pace
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from storage import reasons
from storage.notices.outbox import Owed
from storage.reasons import Reason


def backoff(attempt: int) -> float:
    """Seconds before the next attempt (counted from 1): doubling from half a second to 30."""
    return min(0.5 * 2.0 ** (attempt - 1), 30.0)


class DeliveryError(Exception):
    """Its text is the reason as it is stored; `detail` is what the channel says."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reasons.write(reason, detail))


class Later(DeliveryError):
    """It couldn't leave; try again after `delay`."""

    def __init__(self, delay: timedelta, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.delay = delay


class Undeliverable(DeliveryError):
    """It will never leave."""


class Gone(Undeliverable):
    """Nothing can be sent to this address any more."""

    def __init__(self) -> None:
        super().__init__(Reason.UNREACHABLE)


class Unknown(DeliveryError):
    """It may have arrived."""


class Deliverer(Protocol):
    """A channel's way out for replies.

    `deliver` tells whether the reply is known to have arrived (else it waits to be fetched), and raises Later, Gone or
    Undeliverable; anything else is a bug.
    """

    async def deliver(self, message: Incoming, reply: Reply) -> bool: ...


@dataclass(frozen=True)
class Pushed:
    """What a way answers: the id of the message. Of what has a `batch` it is told later what became of it."""

    message: str
    batch: str = ""


class Pusher(Protocol):
    """A way out for notices.

    `dress` makes of a notice what leaves by this way, or None where it can't carry it: it only reads. `dispatch` is the
    number of what is begun where the way tells later what became of it, else 0. `push` sends that, or raises any
    DeliveryError.
    """

    def dress(self, chat: Chat, owed: Owed, reply: Reply, dispatch: int) -> Any | None: ...

    async def push(self, address: str, said: Any, attempt: int) -> Pushed: ...


@dataclass(frozen=True)
class Way:
    """How notices leave by one way, and how fast.

    Where it `tells_later`, what left is written down as a dispatch, with its `price` in hundredths of a won.
    `rests_until` is told whether it is news, and the time: the way carries it again from then on.
    """

    pusher: Pusher
    pace: Pace
    price: int = 0
    tells_later: bool = False
    rests_until: Callable[[bool, datetime], datetime | None] = lambda _is_news, _now: None

"""What can go wrong on the way out, and what a channel is that delivers.

DeliveryError
├── Later            it certainly wasn't delivered; it may be tried again after a while
├── Undeliverable    it will never be delivered
│   └── Gone         nor will anything else that goes to this address
└── Unknown          it may have been delivered
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.messages.answering import Incoming
from bot.messages.pace import Pace
from handlers.dialogue.reply import Reply
from storage import reasons
from storage.reasons import Reason


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


class Pusher(Protocol):
    """A channel's way out for notices. `push` returns the id of the message, or raises any DeliveryError."""

    async def push(self, address: str, reply: Reply, attempt: int) -> str: ...


@dataclass(frozen=True)
class Way:
    """How notices leave by a channel that can speak first, and how fast."""

    pusher: Pusher
    pace: Pace

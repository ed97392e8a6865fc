"""What came in, as every channel hands it on."""

from dataclasses import dataclass
from typing import Any

from handlers.dialogue.conversation import Said


@dataclass(frozen=True)
class Incoming:
    """What somebody said, under its channel's own key; `body` is what the channel can read it from again.

    Registration numbers are masked in `said` and `body` by the channel, before anything is stored.
    """

    channel: str
    key: str
    address: str
    said: Said
    body: Any
    language: str = ""  # the first guess for somebody whom we don't know yet
    source: str = ""  # the network that it comes from; never stored

    @property
    def row(self) -> tuple[str, str, str, Any]:
        return self.channel, self.key, self.address, self.body

"""A watch that stands still while somebody presses, and goes on while they read."""

from bot.traits import UNREAD
from tests.support.kakao.talker import Client, Talker


class Watch:
    def __init__(self) -> None:
        self._seconds = 0.0

    def read(self) -> float:
        return self._seconds

    def goes_on(self, seconds: float) -> None:
        self._seconds += seconds


class Reader(Talker):
    """Takes the time to read, by this watch."""

    def __init__(self, client: Client, watch: Watch, name: str) -> None:
        super().__init__(client, name)
        self._watch = watch

    async def reads(self) -> None:
        self._watch.goes_on(2 * UNREAD)

"""The services that the settings turn on."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.settings import Settings
from bot.ways.sender import Sender
from storage.database import Database


def senders(settings: Settings, database: Database, now: Callable[[], datetime]) -> Sequence[Sender]:  # noqa: ARG001
    return []

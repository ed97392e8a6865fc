"""The services that the settings turn on."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.settings import Settings
from bot.ways.event.service import EventApi
from bot.ways.sender import Sender
from bot.ways.solapi.service import Solapi
from storage.database import Database


def senders(settings: Settings, database: Database, now: Callable[[], datetime]) -> Sequence[Sender]:
    found: list[Sender] = []
    if settings.kakao and settings.kakao.event:
        found.append(EventApi(settings, database, now))
    if settings.alimtalk:
        found.append(Solapi(settings.alimtalk, database, now))
    return found

"""Logs: one line an event, key=value, without tokens and registration numbers."""

import logging
import sys
from typing import Any

from handlers.language.hidden_numbers import mask_resident_numbers
from storage.engine import ailments

NOISY = ("httpx", "httpcore", "aiohttp", "aiosqlite", "alembic", "uvicorn", "telegram", "mcp")


class OneLine(logging.Formatter):
    """Tracebacks too stay on their line; what must not be read is masked.

    What the database ails from is told in a word each time: it isn't in the code that it is mended.
    """

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("time=%(asctime)s level=%(levelname)s from=%(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        self._secrets = secrets

    def formatException(self, ei: Any) -> str:  # noqa: N802 - as the base class calls it
        ailment = ailments.of(ei[1])
        return f"database: {ailment}" if ailment else super().formatException(ei)

    def format(self, record: logging.LogRecord) -> str:
        line = mask_resident_numbers(super().format(record)).replace("\\", "\\\\").replace("\n", "\\n")
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return line


def configure(*secrets: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine(tuple(secret for secret in secrets if secret)))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in NOISY:  # their INFO lines hold URLs with the bot's token
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # that a tick takes long is told by its heartbeat

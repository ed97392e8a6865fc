"""The real program with a clock that a file turns: `python -m tests.walks.travelling run --config …`.

`BAEUMTOK_WALK_CLOCK` names the file, which holds by how many seconds its clock is ahead of the machine's. The service
is to take that for the time, and with `BAEUMTOK_WALK_JUMPS` for a clock that jumps.
"""

import os
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from bot import __main__, app, desk
from bot.console.pages.courses import uploads
from bot.ticks import wall

VARIABLE, TICK = "BAEUMTOK_WALK_CLOCK", "BAEUMTOK_WALK_TICK"  # the file, and seconds between two looks
JUMPS = "BAEUMTOK_WALK_JUMPS"

_read: dict[Path, str] = {}


def ahead(file: Path) -> timedelta:
    with suppress(OSError):  # a clock needs no descriptor
        _read[file] = file.read_text()
    return timedelta(seconds=float(_read[file]))


class Travelled(datetime):
    """Whose now is where the walk has come to."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + ahead(Path(os.environ[VARIABLE]))


def main() -> None:
    file = Path(os.environ[VARIABLE])
    for module in (desk, uploads, wall):
        module.datetime = Travelled  # type: ignore[attr-defined]
    if JUMPS not in os.environ:  # the seconds go with the clock, so that nobody doubts it
        app.Wall = lambda: wall.Wall(seconds=lambda: wall.passed() + ahead(file).total_seconds())  # type: ignore
    app.TICK = timedelta(seconds=float(os.environ.get(TICK, "1")))
    raise SystemExit(__main__.main())


if __name__ == "__main__":
    main()

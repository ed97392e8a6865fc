"""The real program with a clock that a file turns: `python -m tests.walks.travelling run --config …`.

`BAEUMTOK_WALK_CLOCK` names the file, which holds by how many seconds its clock is ahead of the machine's.
"""

import os
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from bot import __main__, app, desk
from bot.console.pages.courses import uploads
from bot.ticks import wall

VARIABLE, TICK = "BAEUMTOK_WALK_CLOCK", "BAEUMTOK_WALK_TICK"  # the file, and seconds between two looks


def ahead(file: Path) -> timedelta:
    return timedelta(seconds=float(file.read_text()))


class Travelled(datetime):
    """Whose now is where the walk has come to."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + ahead(Path(os.environ[VARIABLE]))


def main() -> None:
    file = Path(os.environ[VARIABLE])
    for module in (desk, uploads, wall):
        module.datetime = Travelled  # type: ignore[attr-defined]
    # The seconds go with the clock, so that nobody doubts it; what is due is looked for at once.
    app.Wall = lambda: wall.Wall(seconds=lambda: wall.passed() + ahead(file).total_seconds())  # type: ignore
    app.TICK = timedelta(seconds=float(os.environ.get(TICK, "1")))
    raise SystemExit(__main__.main())


if __name__ == "__main__":
    main()

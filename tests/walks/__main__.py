"""`python -m tests.walks`: the half-year in Chromium, its pictures in var/walk, and what each job took."""

import argparse
import asyncio
import os
from pathlib import Path

from tests.walks import half_year


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.walks", description=__doc__)
    given = os.environ.get("BAEUMTOK_WALK_SHEET")
    parser.add_argument("--sheet", type=Path, default=given, help="a team's own sheet of courses, instead")
    parser.add_argument("--begins", default="", metavar="YYYY-MM-DD", help="the day on which it begins")
    parser.add_argument("--pictures", type=Path, default=Path("var/walk"))
    asked = parser.parse_args()
    return asyncio.run(half_year.walk(asked.pictures, asked.sheet and Path(asked.sheet), asked.begins))


raise SystemExit(main())

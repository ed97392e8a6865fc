"""`python -m tests.pictures`: the demo's team in Chromium, page by page, as docs/officers.md shows them."""

import argparse
import asyncio
from pathlib import Path

from tests.pictures import album

GUIDE = Path(__file__).parents[2] / "docs" / "officers"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("--into", type=Path, default=GUIDE)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    asked = parser.parse_args()
    return asyncio.run(album.draw(asked.into, asked.only))


raise SystemExit(main())

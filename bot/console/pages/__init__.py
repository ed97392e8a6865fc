"""The console's pages: one module or room an area. `AREAS` is the table of contents."""

from bot.console.pages import (
    calls,
    courses,
    home,
    messages,
    officers,
    people,
    promotion,
    review,
    seats,
)

AREAS = (
    home,
    calls,
    courses,
    messages,
    officers,
    people,
    promotion,
    review,
    seats,
)
PAGES = tuple(page for area in AREAS for page in area.PAGES)

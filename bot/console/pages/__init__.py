"""The console's pages: one module or room an area. `AREAS` is the table of contents."""

from bot.console.pages import (
    applicants,
    calls,
    courses,
    deciding,
    home,
    messages,
    officers,
    people,
    promotion,
    review,
    seats,
)

AREAS = (
    applicants,
    home,
    calls,
    courses,
    deciding,
    messages,
    officers,
    people,
    promotion,
    review,
    seats,
)
PAGES = tuple(page for area in AREAS for page in area.PAGES)

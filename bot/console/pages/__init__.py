"""The console's pages: one module or room an area. `AREAS` is the table of contents."""

from bot.console.pages import (
    applicants,
    calls,
    certificates,
    counseling,
    courses,
    deciding,
    home,
    messages,
    officers,
    own,
    people,
    postings,
    promotion,
    qualifications,
    review,
    seats,
    surveys,
    words,
)

AREAS = (
    applicants,
    home,
    calls,
    certificates,
    counseling,
    courses,
    deciding,
    messages,
    officers,
    people,
    postings,
    promotion,
    qualifications,
    review,
    seats,
    surveys,
    words,
    own,
)
PAGES = tuple(page for area in AREAS for page in area.PAGES)

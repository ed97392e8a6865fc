"""People: found, each on one page, and all that is done for them."""

from bot.console.pages.people import merging, person, rights, search

PAGES = (*search.PAGES, *merging.PAGES, *person.PAGES, *rights.PAGES)

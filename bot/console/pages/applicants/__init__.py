"""A course's people: the roster, one application, deciding, and registering who calls or comes."""

from bot.console.pages.applicants import counter, deciding, one, register, roster

PAGES = (*register.PAGES, *roster.PAGES, *deciding.PAGES, *one.PAGES, *counter.PAGES)

"""The console's pages: one module or room an area. `PAGES` is the table of contents."""

from bot.console.pages import courses, home, officers, people, review

PAGES = (*home.PAGES, *courses.PAGES, *people.PAGES, *officers.PAGES, *review.PAGES)

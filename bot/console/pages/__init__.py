"""The console's pages: one module or room an area. `PAGES` is the table of contents."""

from bot.console.pages import courses, home, messages, officers, people

PAGES = (*home.PAGES, *courses.PAGES, *people.PAGES, *messages.PAGES, *officers.PAGES)

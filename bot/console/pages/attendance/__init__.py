"""Attendance: the grid of a course, the screen in its room, paper, and the page that works without a network."""

from bot.console.pages.attendance import offline

PAGES = (*offline.PAGES,)

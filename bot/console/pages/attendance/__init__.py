"""Attendance: the grid of a course, the screen in its room, paper, sheets, and the page for rooms without network."""

from bot.console.pages.attendance import grid, offline, paper, screen, sheets, unsure

PAGES = (*grid.PAGES, *offline.PAGES, *paper.PAGES, *screen.PAGES, *sheets.PAGES, *unsure.PAGES)

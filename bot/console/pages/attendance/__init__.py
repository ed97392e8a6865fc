"""Attendance: the grid of a course, one class of it, and paper."""

from bot.console.pages.attendance import grid, paper

PAGES = (*grid.PAGES, *paper.PAGES)

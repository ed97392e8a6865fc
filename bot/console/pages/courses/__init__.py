"""Courses: the table of them, one of them, its form, its classes, and files that hold many."""

from bot.console.pages.courses import forms, meetings, showing, uploads

PAGES = (*showing.PAGES, *forms.PAGES, *meetings.PAGES, *uploads.PAGES)

"""Surveys: making, editing, opening, typing papers in, and results."""

from bot.console.pages.surveys import editing, listing, papers, results

PAGES = (*listing.PAGES, *editing.PAGES, *papers.PAGES, *results.PAGES)

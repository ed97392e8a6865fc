"""The year: its figures, what is entered of it, its quarters and card, its report, and what was in demand."""

from bot.console.pages.year import demand, drilling, overview, papers, quarters, report, rows

PAGES = (*overview.PAGES, *drilling.PAGES, *rows.PAGES, *quarters.PAGES, *papers.PAGES, *report.PAGES, *demand.PAGES)

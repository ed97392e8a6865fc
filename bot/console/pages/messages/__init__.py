"""Messages to a course or to completers: written, seen as each channel shows them, sent, and watched."""

from bot.console.pages.messages import approved, costs, templates, watching, writing

PAGES = (*writing.PAGES, *templates.PAGES, *approved.PAGES, *costs.PAGES, *watching.PAGES)

"""The policy card as files: one layout, set as a workbook, a file of 한글, PDF, and data."""

from collections.abc import Callable
from pathlib import Path

from bot.documents.papers import hangul, pages
from bot.documents.papers.columns import Shared
from bot.documents.papers.paper import Heading
from bot.documents.policy_card import data, template
from bot.documents.policy_card.layout import lay_out
from handlers.staff.year.cards.card import Card


def write(card: Card, suffix: str, form: Path | None = None) -> bytes:
    """A file of this kind; `form` is the district's own template, which a .hwpx is filled into.

    Raises KeyError where there is no such kind, and FormError where the template can't be filled.
    """
    if suffix == ".hwpx" and form is not None:
        return template.fill(form, card)
    return WRITERS[suffix](card)


def _book(card: Card) -> bytes:
    from bot.documents.papers import workbook

    paper = lay_out(card)
    book = workbook.Book()
    book.add("이행카드", (Heading(paper.title, 1), *paper.blocks), Shared())
    return book.to_bytes()


WRITERS: dict[str, Callable[[Card], bytes]] = {
    ".xlsx": _book,
    ".hwpx": lambda card: hangul.write(lay_out(card)),
    ".pdf": lambda card: pages.write(lay_out(card)),
    ".json": data.as_json,
    ".csv": data.as_csv,
}
SUFFIXES = tuple(WRITERS)

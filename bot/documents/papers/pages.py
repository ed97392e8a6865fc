"""A paper as PDF: tagged, so that who can't see it is read its headings, rows and columns."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.documents import typesetting
from bot.documents.papers.paper import Bars, Block, Grid, Heading, Lines, Paper, figure

TEMPLATE = Path(__file__).with_name("paper.typ")
MOST_ROWS, MOST_LETTERS = 9, 1200  # of a table that is kept on one page
NAMES = {Heading: "heading", Lines: "lines", Grid: "grid", Bars: "bars"}


def write(paper: Paper) -> bytes:
    blocks = [_given(each) for each in paper.blocks]
    return typesetting.set_in(TEMPLATE, {"title": paper.title, "foot": paper.foot, "blocks": blocks})


def _given(block: Block) -> dict[str, Any]:
    given = {"kind": NAMES[type(block)], **asdict(block)}
    if isinstance(block, Grid):
        letters = sum(len(cell.text) for row in block.rows for cell in row)
        given["is_whole"] = len(block.rows) <= MOST_ROWS and letters <= MOST_LETTERS
    if isinstance(block, Bars):
        most = max((value for _, value in block.bars), default=0)
        given["bars"] = [
            [name, f"{figure(value)}{block.unit}", value / most if most > 0 else 0] for name, value in block.bars
        ]
    return given

"""Which columns of a sheet the columns of a grid are."""

from collections.abc import Iterable
from itertools import accumulate

from bot.documents.papers.paper import Bars, Block, Grid

CHARTED = 2  # columns that a chart is drawn from
FREE = (10, 10, 10, 10, 10, 10)


class Shared:
    """Many narrow columns, of which a grid takes as many as its widths need: the sheet looks as the paper does."""

    widths = (3.9,) * 24

    def edges(self, grid: Grid) -> list[int]:
        """Where its columns begin, from 0, and where the last one ends."""
        return [0, *(round(len(self.widths) * each / sum(grid.widths)) for each in accumulate(grid.widths))]


class Columns:
    """A column each: a sheet that can be sorted and reckoned with."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        grids = [each.widths for each in blocks if isinstance(each, Grid)]
        grids += [(16, 12) for each in blocks if isinstance(each, Bars)]
        most = max(map(len, (*grids, FREE)))
        self.widths = tuple(
            max(widths[place] for widths in (*grids, FREE) if place < len(widths)) for place in range(most)
        )

    def edges(self, grid: Grid) -> list[int]:
        return [*range(len(grid.widths) + 1)]

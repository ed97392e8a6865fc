"""A paper as it is laid out: headings, lines and grids of cells, which each kind of file sets in its own way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Place = tuple[int, int]  # row and column within a grid, from 0
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Cell:
    """`text` is what is printed; a workbook takes `number` instead, or reckons it from other places of its grid.

    `sum_of` adds up; `percent_of` is the part and the whole. `shown_as` is the format of the number.
    """

    text: str = ""
    number: float | None = None
    shown_as: str = ""
    sum_of: tuple[Place, ...] = ()
    percent_of: tuple[Place, Place] | None = None
    across: int = 1
    down: int = 1
    is_head: bool = False
    align: Align = "left"


@dataclass(frozen=True)
class Grid:
    """Rows hold no cells for places that one of above or to the left reaches over.

    `widths` are in shares of the paper's width; the first `head` rows are said again on each page.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    head: int = 0
    title: str = ""

    def places(self) -> Iterator[tuple[Place, Cell]]:
        taken: set[Place] = set()
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                yield (row, column), cell
                taken |= {(row + down, column + right) for down in range(cell.down) for right in range(cell.across)}


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True)
class Lines:
    """One below the other; `mark` stands before each."""

    lines: tuple[str, ...]
    mark: str = ""
    is_small: bool = False


@dataclass(frozen=True)
class Bars:
    """A drawing of values, with the words that say the same."""

    title: str
    bars: tuple[tuple[str, float], ...]
    unit: str
    words: str


Block = Heading | Lines | Grid | Bars


@dataclass(frozen=True)
class Paper:
    """`foot` is what is printed small below each page."""

    title: str
    blocks: tuple[Block, ...]
    foot: str = ""


def figure(value: float) -> str:
    """With a decimal where it has any."""
    return f"{value:,.1f}".removesuffix(".0")


def head(text: str, across: int = 1, down: int = 1) -> Cell:
    return Cell(text, across=across, down=down, is_head=True, align="center")


def said(text: str, across: int = 1, down: int = 1, align: Align = "left") -> Cell:
    return Cell(text, across=across, down=down, align=align)

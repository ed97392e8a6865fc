"""Numbers as the card prints them: money in 백만원, and "-" for none."""

from bot.documents.papers.paper import Align, Cell, Place
from handlers.staff.year.counted.money import MILLION, millions

NONE = "-"
WHOLE, SHARES, COUNT = f'#,##0;-#,##0;"{NONE}"', f'#,##0.0##;-#,##0.0##;"{NONE}"', "#,##0"
RATE = '0"%"'


def in_millions(won: int) -> str:
    return millions(won) if won else NONE


def money(won: int, sum_of: tuple[Place, ...] = ()) -> Cell:
    number, shown_as = (won / MILLION, SHARES) if won % MILLION else (won // MILLION, WHOLE)
    return Cell(in_millions(won), number, shown_as, sum_of=sum_of, align="right")


def count(number: int | None, sum_of: tuple[Place, ...] = (), align: Align = "right") -> Cell:
    """Nothing where it isn't known yet."""
    text = "" if number is None else f"{number:,}"
    return Cell(text, number, COUNT, sum_of=sum_of, align=align)


def counted(number: int) -> Cell:
    """Of what may not have been: "-" for none."""
    return Cell(f"{number:,}" if number else NONE, number, WHOLE, align="right")


def rate(percent: int | None, part: Place, whole: Place, down: int = 1) -> Cell:
    if percent is None:
        return Cell(NONE, down=down, align="right")
    return Cell(f"{percent:,}%", percent, RATE, percent_of=(part, whole), down=down, align="right")

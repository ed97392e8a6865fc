"""Tables in a terminal, where a Hangul syllable is two columns wide."""

from collections.abc import Sequence

from wcwidth import ljust, rjust

from handlers.language.letters.widths import width


def table(rows: Sequence[Sequence[str]], indent: int = 2) -> list[str]:
    """Lines with columns under each other; the first is ranged left, all others right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [" " * indent + "  ".join(_cells(row, widths)).rstrip() for row in rows]


def _cells(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [ljust(row[0], widths[0]), *(rjust(cell, wide) for cell, wide in zip(row[1:], widths[1:], strict=True))]

"""Tables in a terminal, where a Hangul syllable is two columns wide."""

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text if not unicodedata.combining(sign)
    )


def table(rows: Sequence[Sequence[str]], indent: int = 2) -> list[str]:
    """Lines with columns under each other; the first is ranged left, all others right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [" " * indent + "  ".join(_cells(row, widths)).rstrip() for row in rows]


def _cells(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, *others = zip(row, widths, strict=True)
    return [first[0] + _gap(*first), *(_gap(*each) + each[0] for each in others)]


def _gap(text: str, wanted: int) -> str:
    return " " * (wanted - width(text))


def wrapped(text: str, wide: int) -> list[str]:
    """Lines no wider than this, broken between words where there are any."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, wide):
            joined = f"{lines[-1]} {piece}".lstrip()
            if width(joined) <= wide:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, wide: int) -> list[str]:
    pieces = [""]
    for sign in word:
        if width(pieces[-1] + sign) > wide:
            pieces.append("")
        pieces[-1] += sign
    return pieces

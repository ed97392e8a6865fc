"""A sheet as it is seen: its lines and cells in their places, and what is to be told of how they were read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.staff.files.rows import Value, is_blank

Line = list[Value]


@dataclass(frozen=True)
class Merged:
    """Cells one below the other that are one; rows and columns are counted from 1."""

    cells: str
    first: int
    last: int
    column: int
    shown: str


@dataclass(frozen=True)
class Grid:
    """The lines of a sheet; one that was left out is empty."""

    lines: Sequence[Line] = ()
    remarks: tuple[str, ...] = ()
    merged: tuple[Merged, ...] = ()

    def merged_below(self, top: int) -> Iterator[str]:
        """What to tell of merged cells below the header, whose row is `top`."""
        below = [f"{each.cells} ‘{each.shown}’" for each in self.merged if each.first > top]
        if below:
            yield f"합친 칸의 값은 그 칸이 걸친 줄 모두의 값으로 읽었습니다: {', '.join(below)}"


def written(line: Line) -> list[Value]:
    """The cells of a line that aren't empty."""
    return [value for value in line if not is_blank(value)]

"""A sheet as it is seen: its lines and cells in their places, and what is to be told of how they were read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.staff.files.rows import Value, is_blank

Line = list[Value]


@dataclass(frozen=True)
class Merged:
    """Cells that are one; rows and columns are counted from 1."""

    cells: str
    first: int
    last: int
    columns: int
    shown: str


@dataclass(frozen=True)
class Grid:
    """The lines of a sheet; one that was left out is empty."""

    lines: Sequence[Line] = ()
    remarks: tuple[str, ...] = ()
    merged: tuple[Merged, ...] = ()

    def merged_below(self, top: int) -> Iterator[str]:
        """What to tell of merged cells below the header, whose row is `top`."""
        below = [each for each in self.merged if each.first > top]
        if high := [f"{each.cells} ‘{each.shown}’" for each in below if each.last > each.first]:
            yield f"합친 칸의 값은 그 칸이 걸친 줄 모두의 값으로 읽었습니다: {', '.join(high)}"
        if wide := [f"{each.cells} ‘{each.shown}’" for each in below if each.columns > 1 and self._is_full(each.first)]:
            yield f"옆으로 합친 칸의 값은 첫 열의 값으로만 읽었습니다: {', '.join(wide)}"

    def _is_full(self, row: int) -> bool:
        """Whether it is more than a note that goes over several columns."""
        return row <= len(self.lines) and len(written(self.lines[row - 1])) > 2


def written(line: Line) -> list[Value]:
    """The cells of a line that aren't empty."""
    return [value for value in line if not is_blank(value)]

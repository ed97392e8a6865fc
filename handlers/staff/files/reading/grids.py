"""A sheet as it is seen: its lines and cells in their places, and what is to be told of how they were read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.staff.files.rows import Value, is_blank

Line = list[Value]
MOST_NAMED = 10


@dataclass(frozen=True)
class Remark:
    """What an officer should know of how a sheet was read; `cells` are places with what stands there."""

    what: str
    cells: Sequence[tuple[str, str]] = ()

    def __str__(self) -> str:
        return self._line([f"{place} ‘{value}’" for place, value in self.cells])

    def without_values(self) -> str:
        """Where people's answers stand in the cells."""
        return self._line([place for place, _ in self.cells])

    def _line(self, named: Sequence[str]) -> str:
        more = f" 외 {len(named) - MOST_NAMED}곳" if len(named) > MOST_NAMED else ""
        return f"{self.what}{': ' if named else ''}{', '.join(named[:MOST_NAMED])}{more}"


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
    remarks: tuple[Remark, ...] = ()
    merged: tuple[Merged, ...] = ()

    def remarks_below(self, top: int) -> Iterator[Remark]:
        """All that is to be told of it, and of merged cells below the header, whose row is `top`."""
        yield from self.remarks
        below = [each for each in self.merged if each.first > top]
        if high := [(each.cells, each.shown) for each in below if each.last > each.first]:
            yield Remark("병합한 셀의 값은 그 셀이 걸친 모든 행의 값으로 읽었습니다", high)
        if wide := [(each.cells, each.shown) for each in below if each.columns > 1 and self._is_full(each.first)]:
            yield Remark("옆으로 병합한 셀의 값은 첫 열의 값으로만 읽었습니다", wide)

    def _is_full(self, row: int) -> bool:
        """Whether it is more than a note that goes over several columns."""
        return row <= len(self.lines) and len(written(self.lines[row - 1])) > 2


def written(line: Line) -> list[Value]:
    """The cells of a line that aren't empty."""
    return [value for value in line if not is_blank(value)]

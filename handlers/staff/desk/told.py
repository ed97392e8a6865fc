"""What an officer is told: a value that commands write as lines, pages as HTML and reports as files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.staff.desk.costs import won


@dataclass(frozen=True)
class Step:
    """What one may want to do next: `why` in a few words ("폐강하려면"), and the action by its name with its arguments.

    Arguments are named as the action's own; a value is text, a number, a list of them, or True for what is just said.
    """

    why: str
    action: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """`columns` may be empty where the rows explain themselves; `left_out` is how many rows more there are.

    `steps` belong to the rows in their order, or are none; so do `details`, of which each is rows below a row.
    """

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...] = ()
    title: str = ""
    steps: tuple[Step, ...] = ()
    details: tuple[tuple[tuple[str, ...], ...], ...] = ()
    left_out: int = 0

    def first(self, most: int) -> "Table":
        cut = {name: getattr(self, name)[:most] for name in ("rows", "steps", "details")}
        return replace(self, **cut, left_out=self.left_out + max(len(self.rows) - most, 0))


@dataclass(frozen=True)
class Listing:
    """Sentences of one kind, one below the other; `left_out` is how many more there are."""

    items: tuple[str, ...]
    title: str = ""
    left_out: int = 0

    def first(self, most: int) -> "Listing":
        return replace(self, items=self.items[:most], left_out=self.left_out + max(len(self.items) - most, 0))


@dataclass(frozen=True)
class Reach:
    """Whom an act tells by itself: how many people, by which channel, and how many can't be reached by any."""

    people: int
    by_channel: Mapping[str, int]  # channel by officers' name for it
    unreachable: int
    minutes: int = 0  # until they are told
    costs: Mapping[str, int] = field(default_factory=dict)  # in hundredths of a won, by channel, of those that cost

    def lines(self) -> list[str]:
        if not self.people:
            return ["알릴 분이 없습니다."]
        if self.unreachable >= self.people:
            lines = [f"알릴 분 {self.people}명 모두 알림을 보낼 수 없어 따로 연락해야 합니다."]
            undoing = f"{self.minutes}분 안에 되돌리면 아무에게도 알리지 않습니다."
            return [*lines, undoing] if self.minutes else lines
        ways = ", ".join(f"{channel} {count}명" for channel, count in self.by_channel.items())
        told = self.people - self.unreachable
        whom = f"알릴 분 {self.people}명 가운데 {told}명" if self.unreachable else f"{told}명"
        lines = [f"{whom}에게 저절로 알립니다{f' ({ways})' if ways else ''}."]
        if self.costs:
            lines.append(self._cost())
        if self.minutes:
            lines.append(f"{self.minutes}분 뒤에 알립니다. 그 전에 되돌리면 아무에게도 알리지 않습니다.")
        if self.unreachable:
            lines.append(f"나머지 {self.unreachable}명은 알림을 보낼 수 없어 따로 연락해야 합니다.")
        return lines

    @property
    def cost(self) -> int:
        """In hundredths of a won."""
        return sum(self.costs.values())

    def _cost(self) -> str:
        each = ", ".join(f"{channel} {won(cost)}" for channel, cost in self.costs.items())
        return f"알림 비용은 약 {won(self.cost)}입니다{f' ({each})' if len(self.costs) > 1 else ''}."


NOBODY = Reach(0, {}, 0)
"""Of an act that is shown before it is done, though it tells nobody."""


@dataclass(frozen=True)
class Told:
    """Read from the top down: what was done or is shown, facts, tables, notes, whom it tells, and next steps."""

    title: str = ""
    facts: tuple[str, ...] = ()
    tables: tuple[Table | Listing, ...] = ()
    notes: tuple[str, ...] = ()
    reach: Reach | None = None
    steps: tuple[Step, ...] = ()
    is_good: bool = True  # False: looked at and found wanting, such as a draw that comes out otherwise
    is_urgent: bool = False  # it concerns today's classes: people are told at once

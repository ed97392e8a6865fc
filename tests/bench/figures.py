"""What a bench measured, beside its goal: one line of the table, kept as JSON so that two runs can be compared."""

import json
import os
import platform
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Literal
from unicodedata import east_asian_width

NAME, VALUE, SPREAD, GOAL = 62, 12, 19, 14


Size = Literal["quick", "usual", "long"]


@dataclass(frozen=True)
class Figure:
    """`values` has one for each round; a goal is a least or a most, and `further` what is wanted after it."""

    name: str
    values: tuple[float, ...]
    unit: str = "x"
    at_least: float | None = None
    at_most: float | None = None
    further: float | None = None
    remark: str = ""

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def goal(self) -> str:
        if self.at_least is None and self.at_most is None:
            return ""
        sign, first = (">=", self.at_least) if self.at_least is not None else ("<", self.at_most)
        return f"{sign} {first:g}" + (f", then {self.further:g}" if self.further else "")

    @property
    def verdict(self) -> str:
        if not self.goal:
            return ""
        if not self._holds(self.at_least, self.at_most):
            return "NOT MET"
        if self.further is None:
            return "met"
        is_further = self._holds(*((self.further, None) if self.at_least is not None else (None, self.further)))
        return "met, both" if is_further else "met, the first"

    def _holds(self, least: float | None, most: float | None) -> bool:
        return (least is None or self.median >= least) and (most is None or self.median < most)


def ratio(name: str, ours: Sequence[float], theirs: Sequence[float], **goal: float) -> Figure:
    """Round by round, since what else the machine does is shared by a round."""
    return Figure(name, tuple(mine / other for mine, other in zip(ours, theirs, strict=True)), **goal)  # type: ignore[arg-type]


def machine() -> str:
    """What else it does shows in its load, and in the processor time of something that is always the same."""
    began = time.process_time()
    sum(number for number in range(2_000_000))
    took = 1000 * (time.process_time() - began)
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the beginning, "
        f"two million additions in {took:.0f} ms"
    )


def show(part: str, figures: Iterable[Figure]) -> None:
    print(f"{_wide(part.upper(), NAME)}{'median':>{VALUE}}  {'lowest - highest':<{SPREAD}}{'goal':<{GOAL}}", flush=True)
    for each in figures:
        spread = f"{_number(min(each.values))} - {_number(max(each.values))}" if len(each.values) > 1 else ""
        line = f"  {_wide(each.name, NAME - 2)}{f'{_number(each.median)} {each.unit}':>{VALUE}}  {spread:<{SPREAD}}"
        print(f"{line}{each.goal:<{GOAL}}{each.verdict} {each.remark}".rstrip(), flush=True)


def write(path: Path, machine: str, parts: dict[str, Sequence[Figure]]) -> None:
    kept = {part: [asdict(each) for each in figures] for part, figures in parts.items()}
    path.write_text(json.dumps({"machine": machine, "parts": kept}, ensure_ascii=False, indent=1), encoding="utf-8")


def read(path: Path) -> tuple[str, dict[str, list[Figure]]]:
    kept = json.loads(path.read_text(encoding="utf-8"))
    parts = {
        part: [Figure(**{**each, "values": tuple(each["values"])}) for each in figures]
        for part, figures in kept["parts"].items()
    }
    return kept["machine"], parts


def compare(before: Path, after: Path) -> None:
    """Two runs side by side; what only one of them has is told, too."""
    (there, old), (here, new) = read(before), read(after)
    print(f"before: {there}\nafter:  {here}\n")
    for part in {**old, **new}:
        print(f"{_wide(part.upper(), NAME)}{'before':>{VALUE}}{'after':>{VALUE}}{'change':>9}  {'goal':<{GOAL}}")
        was, now = ({each.name: each for each in run.get(part, ())} for run in (old, new))
        for name in {**was, **now}:
            _compare(name, was.get(name), now.get(name))


def _compare(name: str, was: Figure | None, now: Figure | None) -> None:
    known = now or was
    assert known
    told = [f"{_number(each.median)} {each.unit}" if each else "-" for each in (was, now)]
    change = f"x {now.median / was.median:.2f}" if was and now and was.median else ""
    line = f"  {_wide(name, NAME - 2)}{told[0]:>{VALUE}}{told[1]:>{VALUE}}{change:>9}  {known.goal:<{GOAL}}"
    print(f"{line}{known.verdict if now else ''}".rstrip())


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _wide(text: str, width: int) -> str:
    """Filled up to a width, as signs of Korean take two places."""
    taken = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(width - taken, 1)

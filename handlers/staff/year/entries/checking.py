"""What can be read of an entry, but may not stand beside others or in these settings, or is hardly meant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from handlers.language.phones import contains_mobile
from handlers.staff.desk.desk import Desk
from handlers.staff.year.entries.sorts import Sort
from storage.year.entries import Entry, PolicyTask

Why = tuple[str, str]  # a column, and why its cell can't stand
FAR = 1  # years between an entry's own and its day, from which on it is asked about


def wrong(desk: Desk, one: Entry) -> Iterator[Why]:
    """What no entry may say."""
    for name, value in vars(one).items():
        if isinstance(value, str) and contains_mobile(value):
            yield name, "휴대전화 번호는 적을 수 없습니다. 부서 번호를 적어 주세요."
    if isinstance(one, PolicyTask):
        yield from _unknown_boxes(desk, one.chosen)


def odd(one: Entry) -> Iterator[Why]:
    """What is hardly meant: days of quite another year."""
    year = getattr(one, "year", None)
    for name in ("day", "days", "starts_on"):
        for each in _days(getattr(one, name, None)):
            if year and abs(each.year - year) > FAR:
                yield name, f"연도 {year}년과 {abs(each.year - year)}년 떨어진 날입니다."


def same(one: Entry, others: Sequence[Entry]) -> Entry | None:
    """Another that says the very same."""
    return next((each for each in others if replace(one, id=each.id) == each), None)


def described(sort: Sort, texts: Mapping[str, str]) -> str:
    """In one line, by what its first cells say."""
    said = (texts[column.field] for column in sort.columns.all if column.field != "id")
    return " · ".join([each.split("\n")[0] for each in said if each][:5])


def changes(sort: Sort, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The cells that differ."""
    return tuple(
        (column.header, f"{before[column.field] or EMPTY} → {after[column.field] or EMPTY}")
        for column in sort.columns.all
        if before[column.field] != after[column.field]
    )


EMPTY = "빈칸"


def _unknown_boxes(desk: Desk, chosen: Mapping[str, str]) -> Iterator[Why]:
    boxes = desk.organization.policy_card.boxes
    for name, option in chosen.items():
        if name not in boxes:
            yield "chosen", f"‘{name}’: 이런 칸이 없습니다. {', '.join(boxes)} 가운데 하나를 적어 주세요."
        elif option not in boxes[name]:
            yield "chosen", f"‘{name}’에서 고를 수 있는 말: {', '.join(boxes[name])}"


def _days(value: Any) -> tuple[date, ...]:
    return value if isinstance(value, tuple) else (value,) if isinstance(value, date) else ()

"""Answers to a question of several choices that stand in a column for each choice, as some forms export them."""

import re
from collections.abc import Sequence

from handlers.language.letters.spelling import compact
from handlers.staff.entering.columns import Places
from handlers.staff.files.rows import Broken, Value, is_blank
from storage.asking.survey import Item

_OTHERS = ("기타", "그 밖", "other")


def cell(line: Sequence[Value], at: int | None) -> Value:
    return line[at] if at is not None and at < len(line) else None


def value(places: Places, name: str, line: Sequence[Value]) -> Value:
    """What stands in the column of a question, or in all of them."""
    first, *more = (cell(line, at) for at in (places.questions[name], *places.spread.get(name, ())))
    if all(map(is_blank, more)):
        return first
    parts = [part for part in (first, *more) if not is_blank(part)]
    said = "\n".join(map(str, parts))
    if all(isinstance(part, str) and re.search(r"[^\W\d]{2}", part) for part in parts):
        return said
    return Broken(said, "보기마다 열이 따로 있으면 고른 칸에 보기의 이름을 적어 주세요.")


def names_choices(places: Places, items: Sequence[Item], line: Sequence[Value]) -> bool:
    """Whether the line, of nobody, tells which column is which choice."""
    of_whom = [at for at in (*places.unknown, places.time, places.number) if at is not None]
    is_of_nobody = bool(of_whom) and all(is_blank(cell(line, at)) for at in of_whom)
    return is_of_nobody and any(_is_labels(places, item, line) for item in items if places.spread.get(item.name))


def _is_labels(places: Places, item: Item, line: Sequence[Value]) -> bool:
    columns = (places.questions[item.name], *places.spread[item.name])
    said = [compact(str(part)) for at in columns if not is_blank(part := cell(line, at))]
    return len(said) > 1 and set(said) <= set(map(compact, (*item.labels, *_OTHERS)))

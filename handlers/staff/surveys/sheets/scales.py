"""Whether the five choices of a question seem to stand the wrong way round: the best is to come first."""

import re

from handlers.language.letters.particles import particle
from storage.asking.survey import POINTS, SCALE, Item

_BAD = re.compile("전혀|않|아니|아닌|불만|불편|나쁘|나쁨|못|없|낮|부족|미흡|싫|반대|어렵|어려|disagree|poor|never|bad")
_NUMBER = re.compile(r"(\d)\s*점?")


def why_reversed(item: Item) -> str:
    """What to ask; "" where nothing is to be asked."""
    if item.kind != SCALE or len(item.labels) != POINTS:
        return ""
    best, worst = (label.lower() for label in (item.labels[0], item.labels[-1]))
    numbers = [found[1] for label in (best, worst) if (found := _NUMBER.fullmatch(label))]
    if numbers != ["1", str(POINTS)] and (not _BAD.search(best) or _BAD.search(worst)):
        return ""
    so = f"‘{item.labels[0]}’{particle(item.labels[0], '이/가')} {POINTS}점이 됩니다."
    return f"{so} 보기는 좋은 것부터 적습니다. 거꾸로 적었으면 차례를 바꾸어 주세요."

"""Reads a cell of an answer file as the answer to its question; raises Wrong at what can't be meant."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

from handlers.language.answers import Unparsed
from handlers.language.letters.spelling import compact
from handlers.residents.surveys import questions as survey_questions
from handlers.staff.entering import spelt, yes_no
from handlers.staff.files import cells
from handlers.staff.files.cells import Wrong
from handlers.staff.files.rows import Broken, Value, is_blank
from storage.asking.survey import MULTI, NPS, NUMBER, SCALE, SINGLE, TEXT, Item

SHOWN_LABELS = 6
OTHER = ("그밖", "기타")  # how a label begins that stands for whatever isn't in the list
REMEMBERED = 1024

_OTHER = re.compile(
    r"\s*[(\[]?(?:기타|그\s*[밖외](?:에|의\s*것)?|other)(?:\s*(?:의견|사항))?"
    r"\s*(?:(?:[:：(（\[)\]–-]|(?<=\s))(?P<own>.*))?",
    re.DOTALL | re.IGNORECASE,
)


def reader(item: Item) -> Callable[[Value], Any]:
    """Reads an answer as storage keeps it, "" where there is none; what stands in many cells is read once."""
    return lru_cache(REMEMBERED, typed=True)(partial(_read, item, survey_questions.reader(item, "ko")))


def _read(item: Item, read: Callable[[str], Any], value: Value) -> Any:
    if isinstance(value, Broken):
        raise Wrong(value.why)
    text = "" if is_unanswered(value, item) else cells.passage(value)
    if not text:
        return ""
    try:
        return read(_in_labels(item, text))
    except Unparsed as error:
        raise Wrong(_why(item, error)) from error


def is_unanswered(value: Value, item: Item) -> bool:
    """Whether the cell is empty, or says that there is no answer."""
    is_said = isinstance(value, str) and compact(value) in spelt.UNANSWERED - set(map(compact, item.labels))
    return is_blank(value) or is_said


def _why(item: Item, error: Unparsed) -> str:
    if error.key == "answers.too_many":
        return f"{item.most}개까지 고를 수 있습니다. 줄여 주세요."
    if error.key == "answers.too_long":
        return f"너무 깁니다. {item.most}자까지 적을 수 있습니다."
    if error.key == "answers.phone_number":
        return "전화번호로 보이는 숫자가 있습니다. 누가 답했는지 알 수 없게 지워 주세요."
    return expected(item)


def expected(item: Item) -> str:
    """What to write in the cell."""
    if item.kind == SCALE:
        return f"5({item.labels[0]})부터 1({item.labels[-1]})까지 가운데 하나를 적어 주세요."
    if item.kind in (NPS, NUMBER):
        return f"{item.least}부터 {item.most}까지 숫자로 적어 주세요."
    if item.kind == SINGLE:
        return f"보기 가운데 하나를 적어 주세요: {_some(item.labels)}"
    if item.kind == MULTI:
        return f"보기를 쉼표로 나누어 {item.most}개까지 적어 주세요: {_some(item.labels)}"
    return f"{item.most}자까지 적을 수 있습니다. 이름이나 전화번호는 적지 마세요."


def _some(labels: Sequence[str]) -> str:
    more = f" … (모두 {len(labels)}개)" if len(labels) > SHOWN_LABELS else ""
    return " / ".join(labels[:SHOWN_LABELS]) + more


def shown(item: Item, value: Value) -> Value:
    """What may be told of a cell that is wrong: what people wrote could hold their numbers."""
    value = value.shown if isinstance(value, Broken) else value
    return re.sub(r"\d", "*", str(value)) if item.kind == TEXT and isinstance(value, str | int | float) else value


# --- 기타: something of one's own ---


def _in_labels(item: Item, text: str) -> str:
    """The text with the label that it stands for: yes or no, or whatever isn't in the list."""
    if item.kind == SINGLE and (meant := yes_no.chosen(item.labels, text)):
        return meant
    if item.kind == MULTI:
        parts = [spelt.label(item, part) or part for part in spelt.parts(item.labels, text)]
        return "\n".join(_without_own_words(item.labels, other, parts) if (other := _other(item)) else parts)
    if item.kind not in (SCALE, SINGLE):
        return text
    is_label = compact(text) in map(compact, item.labels)
    other = _other(item) if item.kind == SINGLE and _OTHER.fullmatch(text) and not is_label else None
    return other or spelt.label(item, text) or text


def _other(item: Item) -> str | None:
    return next((label for label in item.labels if compact(label).startswith(OTHER)), None)


def _without_own_words(labels: Sequence[str], other: str, parts: Sequence[str]) -> list[str]:
    """What follows "기타: 요리, " and is no label was written there, too."""
    known = set(map(compact, labels))
    kept: list[str] = []
    is_own = False
    for part in parts:
        found = _OTHER.fullmatch(part) if compact(part) not in known else None
        is_own = bool(found and found["own"]) or (is_own and compact(part) not in known)
        if found or not is_own:
            kept.append(other if found else part)
    return kept

"""A survey's question as it is asked: its choices, and how what is tapped, typed or written on paper is read."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from zlib import crc32

from handlers.dialogue import texts
from handlers.dialogue.forms.form import Choice, Question
from handlers.language.answers import Choices, Unparsed, free_text, one_of
from handlers.language.letters.spelling import compact
from handlers.language.phones import contains_number
from storage.asking.survey import MULTI, NPS, NUMBER, SCALE, TEXT, Item, Wording, points_of

_SEPARATING = r",、;/\n，；|┋·"
_BETWEEN_TICKS = re.compile(rf"\s*[{_SEPARATING}]\s*")


def question_of(item: Item, language: str) -> Question:
    return Question(
        item.name,
        item.text.in_(language),
        reader(item, language),
        choices(item, language),
        show=partial(shown, item, language),
        asked=item.is_asked,
        is_valid=item.is_answer,
        section=item.section.in_(language) or texts.say(language, "surveys.no_section"),
        most=item.most if item.kind == MULTI else 0,
        is_optional=not item.is_required,
        takes_anything=item.kind == TEXT,
        asks=item.kind,
    )


def choices(item: Item, language: str) -> tuple[Choice, ...]:
    """Points are known by their number, and options by their Korean label, as answers are kept by it.

    So a button of before is still the choice that it was when a file has brought them in another order.
    """
    if item.kind == SCALE:
        return tuple(Choice(str(points), label.in_(language)) for points, label in points_of(item))
    if item.kind == NPS:
        return tuple(Choice(str(points), str(points)) for points in range(item.least, item.most + 1))
    return tuple(Choice(_code(option), option.in_(language)) for option in item.options)


def _code(option: Wording) -> str:
    return f"o{crc32(option.ko.encode()):08x}"


def taps(item: Item, answer: Any) -> list[str]:
    """The values of the choices that an answer consists of, as storage keeps it; none for text."""
    kept = {str(each) for each in (answer if isinstance(answer, list) else [answer])}
    return [choice.value for choice in choices(item, "ko") if kept & {choice.value, choice.label}]


def shown(item: Item, language: str, answer: Any) -> str:
    """An answer as it reads in a language; "" for one that was skipped."""
    tapped = taps(item, answer)
    return ", ".join(each.label for each in choices(item, language) if each.value in tapped) or str(answer)


def reader(item: Item, language: str) -> Callable[[str], Any]:
    """Reads an answer as storage keeps it; raises Unparsed."""
    offered = [(choice.value, choice.label) for choice in choices(item, language)]
    if item.kind == SCALE:
        return lambda text: int(one_of(offered)(_without_points(text)))
    if item.kind in (NPS, NUMBER):  # 11 is no recommendation, though there is an eleventh number from 0 to 10
        return lambda text: _number(item, text)
    if item.kind == TEXT:
        return lambda text: own_words(text, item.most)
    labels = {value: option.ko for (value, _), option in zip(offered, item.options, strict=True)}
    if item.kind == MULTI:
        return lambda text: [labels[value] for value in _several(offered, item.most, text)]
    return lambda text: labels[one_of(offered)(text)]


def _without_points(text: str) -> str:
    """ "5점" is "5"."""
    return re.sub("점(?:이요|이에요|입니다)?$", "", compact(text))


def _number(item: Item, text: str) -> int:
    said = re.sub(r",(?=\d{3}(?!\d))|\.0+$", "", re.sub("[^0-9]+$", "", compact(text)))
    if not re.fullmatch("[0-9]{1,9}", said) or not item.least <= int(said) <= item.most:
        raise Unparsed("answers.number_wrong", least=item.least, most=item.most)
    return int(said)


def own_words(text: str, longest: int) -> str:
    """Raises Unparsed for a telephone number, too: answers are read by others."""
    if not text.strip():
        raise Unparsed("answers.needed")
    said = free_text(text)
    if len(said) > longest:
        raise Unparsed("answers.too_long", limit=longest)
    if contains_number(said):
        raise Unparsed("answers.phone_number")
    return said


def _several(offered: Choices, most: int, text: str) -> Sequence[str]:
    """In the order of the choices, however they were named: "1,3", "1 3" or by their labels."""
    named = {one_of(offered)(part) for part in _parts(offered, text)}
    if len(named) > most:
        raise Unparsed("answers.too_many", most=most)
    return [value for value, _ in offered if value in named]


def _parts(offered: Choices, text: str) -> list[str]:
    try:
        return [one_of(offered)(text)]
    except Unparsed:
        parts = listed([label for _, label in offered], text)
        return parts if len(parts) > 1 else text.split()


def listed(labels: Sequence[str], text: str) -> list[str]:
    """The parts of a list; labels that hold a sign which separates are found whole, and come first."""
    found = []
    for label in sorted(filter(_BETWEEN_TICKS.search, labels), key=len, reverse=True):
        text, times = re.subn(_whole(label), "\n", text)
        found += [label] * bool(times)
    return found + [part for part in _BETWEEN_TICKS.split(text.strip()) if part]


def _whole(label: str) -> str:
    """The label between two signs that separate, however it is spaced."""
    spelled = r"\s*".join(map(re.escape, re.sub(r"\s", "", label)))
    return rf"(?:^|(?<=[{_SEPARATING}]))\s*{spelled}\s*(?=[{_SEPARATING}]|$)"

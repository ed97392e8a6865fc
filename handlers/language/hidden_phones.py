"""Telephone numbers in texts, however they are written: glued, spaced, spelt, wide, from abroad, or without their zero.

What is lenient here is which signs may stand between digits; which digits make a number is as strict as it must be, so
that prices, hours, dates and numbers of courses are none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from handlers.language.letters import digits
from handlers.language.letters.digits import SPELT

MOBILE, LANDLINE, SERVICE = "mobile", "landline", "service"


class Span(NamedTuple):
    """Where a number stands, and whose it may be: a person's, a firm's, or a service's own (1588-…)."""

    start: int
    end: int
    kind: str


_GAP = r"[-.()\s·,/_]{0,4}"
_SIGNS = r"[-.()\s·,/_]{1,4}"
_ANY = r"[\W一]{0,8}"  # 010 is certain enough for whatever people draw between
_ABROAD = rf"(?:(?:(?:\+|00){_GAP}82|82(?=[-.()\s]|0?10-?\d{{4}}-?\d{{4}})){_GAP}0?{_GAP})"
_FIRST = r"(?<!\d)(?<!\d-)"  # "26-010" is no beginning
_LAST = r"(?!\d)"
_UNIT = r"(?!\s?(?:[천만억]?\s?원|won|명|개|건|점|년|회|%|㎡))"
_MOBILE = re.compile(
    rf"(?:{_FIRST}{_ABROAD}1|{_FIRST}01)"
    rf"(?:[016-9]{_GAP}\d{{3,4}}{_GAP}\d{{4}}|0(?:{_GAP}\d){{8}}|0{_ANY}\d{{4}}{_ANY}\d{{4}}){_LAST}",
    re.IGNORECASE,
)
_ZERO_LOST = re.compile(
    rf"(?<![\d.,₩\\-])(?:10\d{{8}}|10\s?[-.]\s?\d{{4}}\s?[-.]\s?\d{{4}}|10 (?!19|20)\d{{4}} \d{{4}}){_LAST}{_UNIT}",
    re.IGNORECASE,
)
_AREA = "2|[3-6][1-5]|70|80|50[0-9]?"
_LANDLINE = re.compile(
    rf"(?:{_FIRST}0|{_FIRST}(?:(?:\+|00)82|82(?=-)){_GAP}0?)(?:{_AREA}){_GAP}\d{{3,4}}[-.\s]{{0,3}}\d{{4}}{_LAST}{_UNIT}"
)
_SERVICES = "15(?:22|33|44|66|77|88|99)|16(?:00|44|61|66|68|70|80|88)|18(?:00|11|33|55|66|77|99)"
_HOURS = r"1[68]00[-.\s]{0,3}(?:1\d|2[0-4])[0-5]0(?!\d)"  # from four till six, which is no number
_SERVICE = re.compile(rf"(?<![\dA-Za-z_,.-])(?!{_HOURS})(?:{_SERVICES})[-.\s]{{0,3}}\d{{4}}{_LAST}{_UNIT}")
_SINGLY = re.compile(rf"(?<!\d)(?<!\d[-., ])\d(?:{_SIGNS}\d){{7,11}}(?!{_SIGNS}?\d)")
_SINGLY_KINDS = (
    (re.compile(r"(?:0|82|0082)?0?1(?:0\d{8}|[16-9]\d{7,8})"), MOBILE),
    (re.compile(rf"0(?:{_AREA})\d{{7,8}}"), LANDLINE),
    (re.compile(rf"(?:{_SERVICES})\d{{4}}"), SERVICE),
)
_KINDS = ((_MOBILE, MOBILE), (_ZERO_LOST, MOBILE), (_LANDLINE, LANDLINE), (_SERVICE, SERVICE))
_OF_FIRMS = re.compile(r"(?:사업자|법인|등록|계좌|접수|승인|주문)\s?(?:등록)?\s?(?:번호)?\s?[:：]?\s?$")

_FEWEST = 8  # digits: 1588-0000
_MAY_BE_DIGIT = re.compile(r"[^\W\D]|[공영일이삼사오육륙칠팔구〇零一二三四五六七八九OoㅇlI①-⑨]")
# Aloud a hyphen is 에 or 다시, and 이 may be the last digit or the verb.
_ALOUD = re.compile(r"(?<=[\d공영일이삼사오육륙칠팔구])\s?(?:에|다시)(?=\s?[\d공영일이삼사오육륙칠팔구])")
_VERB = re.compile(r"이(?=에요|예요|요|고|라|며|니|구|에)")


def find(text: str) -> list[Span]:
    """Where numbers stand, in order and apart from each other."""
    if len(_MAY_BE_DIGIT.findall(text)) < _FEWEST:
        return []
    seen = digits.seen(text)
    signs = "".join(map(_sign, (char for _, char in seen)))
    found: list[Span] = []
    for reading in _readings(signs):
        found += [each for each in _in(reading) if all(each.end <= got.start or got.end <= each.start for got in found)]
    return [Span(seen[each.start][0], seen[each.end - 1][0] + 1, each.kind) for each in sorted(found)]


def _sign(char: str) -> str:
    if char.isspace():
        return " "
    return char if char in ",./·" else digits.as_digit_or_dash(char)


def _readings(signs: str) -> Iterator[str]:
    """As it is written, and with what is spelt or looks like a digit as one; all equally long."""
    yield signs
    aloud = _ALOUD.sub(lambda found: "-" * len(found[0]), signs)
    yield _VERB.sub("*", aloud).translate(SPELT)
    yield aloud.translate(SPELT)


def _in(signs: str) -> Iterator[Span]:
    """What is found is taken out before the next is looked for, so that one may follow it at once."""
    for pattern, kind in _KINDS:
        while found := _next(pattern, signs):
            yield Span(*found.span(), kind)
            signs = signs[: found.start()] + "*" * len(found[0]) + signs[found.end() :]
    for singly in _SINGLY.finditer(signs):
        number = re.sub(r"\D", "", singly[0])
        yield from (Span(*singly.span(), kind) for pattern, kind in _SINGLY_KINDS if pattern.fullmatch(number))


def _next(pattern: re.Pattern[str], signs: str) -> re.Match[str] | None:
    for found in pattern.finditer(signs):
        if pattern is not _ZERO_LOST or not _OF_FIRMS.search(signs[max(found.start() - 12, 0) : found.start()]):
            return found
    return None

"""Resident registration numbers (주민등록번호), which nobody may keep: found and masked, however they are disguised.

A number is a birthdate and seven digits more, of which the first tells sex and century. Written plainly, six digits and
seven are masked whatever they say; where more stands between them the first must be a date, as other numbers aren't.
"""

import re
from collections.abc import Iterator

from handlers.language.letters import digits as written_digits

MASK = "[주민등록번호 가림]"

_PLAIN = re.compile(r"(?<!\d)\d{6}-{0,8}[1-8]\d{6}(?!\d)")

_SIGNS = r"\W{1,3}"
_RUN = r"(?:19|20)?\d{6}"
_SINGLY = rf"(?<!\d\W)\d(?:{_SIGNS}\d){{5}}"
_DATE = rf"(?:19|20)?\d\d{_SIGNS}\d{{1,2}}{_SIGNS}\d{{1,2}}"
_SPOKEN_DATE = r"(?:19|20)?\d\d\W?년\W?\d{1,2}\W?월\W?\d{1,2}\W?일"
_WHOLE = rf"[1-8]\d{{6}}|[1-8]{_SIGNS}\d{{6}}|[1-8](?:{_SIGNS}\d){{6}}(?!{_SIGNS}\d(?!\d))"
_IN_TWO = rf"[1-8]\d{{1,4}}{_SIGNS}\d{{2,5}}"  # seven digits together, which is counted
_IN_WORDS = r"\D{1,24}(?:(?<![A-Za-z])|(?<=\\[nrt]))"  # a line's end may be written out
_NO_SUM = r"(?<!000)(?!\W?(?:원|명|개|건|점|%|만\W?원|천\W?원))"
_DISGUISES = [
    re.compile(rf"(?<!\d)(?P<born>{born}){between}(?P<rest>{rest})(?!\d)")
    for born, between, rest in (
        (f"{_RUN}|{_SINGLY}", r"\W{0,8}", f"{_WHOLE}|{_IN_TWO}"),
        (f"{_DATE}|{_SPOKEN_DATE}", r"생?\W{0,8}", f"(?:{_WHOLE}){_NO_SUM}"),
        (f"{_RUN}|{_SINGLY}|{_SPOKEN_DATE}", _IN_WORDS, f"(?:{_WHOLE}){_NO_SUM}"),
        (r"\d{6}", "", rf"\d{_SIGNS}\d{{6}}"),
        (rf"\d{{4}}{_SIGNS}\d\d", "", rf"\d\d{_SIGNS}\d{{4}}{_SIGNS}\d"),
    )
]
_FEWEST = 11  # digits: 90.1.1-1234567


def contains_resident_number(text: str) -> bool:
    return bool(_resident_numbers(text))


def mask_resident_numbers(text: str) -> str:
    while found := _resident_numbers(text):
        for start, end in reversed(found):
            text = f"{text[:start]}{MASK}{text[end:]}"
    return text


def _resident_numbers(text: str) -> list[tuple[int, int]]:
    """Where they stand, in order and apart from each other."""
    seen = written_digits.seen(text)
    signs = "".join(written_digits.as_digit_or_dash(char) for _, char in seen)
    if sum(map(str.isdecimal, digits := signs.translate(written_digits.SPELT))) < _FEWEST:
        return []
    apart: list[tuple[int, int]] = []
    for start, end in sorted([*_written(signs), *_written(digits)]):
        if apart and start < apart[-1][1]:
            start, end = apart[-1][0], max(end, apart.pop()[1])
        apart.append((start, end))
    return [(seen[start][0], seen[end - 1][0] + 1) for start, end in apart]


def _written(signs: str) -> Iterator[tuple[int, int]]:
    yield from (plain.span() for plain in _PLAIN.finditer(signs))
    for disguise in _DISGUISES:
        at = 0
        while found := disguise.search(signs, at):
            is_one = _is_date(found["born"]) and _fits(found["born"], found["rest"])
            at = found.end() if is_one else found.start() + 1
            if is_one:
                yield found.span()


def _is_date(born: str) -> bool:
    *_, month, day = _date_of(born)
    return 1 <= month <= 12 and 1 <= day <= 31


def _date_of(born: str) -> tuple[int, int, int]:
    """Year, month and day, whose digits are together, each alone, or apart by signs or words."""
    groups = re.findall(r"\d+", born)
    if len(groups) != 3:
        digits = "".join(groups)
        groups = [digits[:-4], digits[-4:-2], digits[-2:]]
    year, month, day = map(int, groups)
    return year, month, day


def _fits(born: str, rest: str) -> bool:
    """Seven digits, the first of which tells the same century as a year of four digits."""
    digits, year = re.sub(r"\D", "", rest), _date_of(born)[0]
    centuries = {19: "1256", 20: "3478"}
    return len(digits) == 7 and digits[0] in centuries.get(year // 100, "12345678")

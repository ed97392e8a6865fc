"""Resident registration numbers (주민등록번호), which nobody may keep: found and masked, however they are spaced."""

import re
import unicodedata

_RESIDENT_NUMBER = re.compile(r"(?<!\d)\d{6}-{0,8}[1-8]\d{6}(?!\d)")
_SEPARATORS = " \t\u00a0\u3000.·・ㆍ･•∙‧*＊．,_/~−ㅡ"


MASK = "[주민등록번호 가림]"


def contains_resident_number(text: str) -> bool:
    return bool(_resident_numbers(text))


def mask_resident_numbers(text: str) -> str:
    for start, end in reversed(_resident_numbers(text)):
        text = f"{text[:start]}{MASK}{text[end:]}"
    return text


def _resident_numbers(text: str) -> list[tuple[int, int]]:
    places = [at for at, char in enumerate(text) if unicodedata.category(char) != "Cf"]
    folded = "".join(_as_digit_or_dash(text[at]) for at in places)
    return [(places[found.start()], places[found.end() - 1] + 1) for found in _RESIDENT_NUMBER.finditer(folded)]


def _as_digit_or_dash(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return "-" if char in _SEPARATORS or unicodedata.category(char) == "Pd" else char

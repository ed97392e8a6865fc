"""Digits and dashes as people write them: wide, in circles, in other scripts, spelt, or as letters that look alike."""

import unicodedata
from collections.abc import Sequence

SEPARATORS = " \t\u00a0\u3000.·・ㆍ･•∙‧*＊．,_/~−ㅡー"
SPELT = str.maketrans("공영일이삼사오육륙칠팔구〇零一二三四五六七八九OoㅇlIㅣ", "00123456678900123456789" + "000111")


def seen(text: str) -> Sequence[tuple[int, str]]:
    """The signs that are seen, and where each stands."""
    return [(at, char) for at, char in enumerate(text) if unicodedata.category(char) not in ("Cf", "Mn", "Me")]


def as_digit(char: str) -> str:
    """Digits of any script and in circles are digits; a lone digit's word isn't, as it may be a letter of another."""
    value = unicodedata.numeric(char, -1)
    return str(int(value)) if value in range(10) and unicodedata.category(char) != "Lo" else char


def as_digit_or_dash(char: str) -> str:
    """What is often put between digits is a dash, too."""
    return "-" if char in SEPARATORS or unicodedata.category(char) == "Pd" else as_digit(char)

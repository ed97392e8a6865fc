"""Loose spelling: widths, composition, spaces and signs that are not seen, so that what looks alike is alike."""

import re
import unicodedata
from functools import lru_cache

from handlers.language.letters.jamo import FINALS, INITIALS, VOWELS

_REMEMBERED = 256  # texts; one message is looked at in the same way a dozen times
_WITHOUT_JAMO = re.compile("[^ㄱ-ㆎ]+")
_AT_ITS_END = re.compile(r"(?<=[가-힣])[ㅋㅎㅠㅜ.,!?~;:]+$|(?<=\w)[.,!?~;:]+$")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Me"}
_SELECTORS = frozenset(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x34F)))
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]"
_JOINS = re.compile(
    rf"(?<={_PICTURE})\u200d(?={_PICTURE})|(?<=[\U0001f3f4\U000e0020-\U000e007e])[\U000e0020-\U000e007f]"
)
_LONE_JAMO = str.maketrans(
    {chr(0x1100 + at): jamo for at, jamo in enumerate(INITIALS)}
    | {chr(0x1161 + at): jamo for at, jamo in enumerate(VOWELS)}
    | {chr(0x11A7 + at): jamo for at, jamo in enumerate(FINALS) if jamo}
)


@lru_cache(_REMEMBERED)
def tidy(text: str) -> str:
    """The text with widths and composition unified, single spaces, and nothing invisible or pictorial; case is kept."""
    # NFKC would turn ㄱ into a conjoining jamo and glue it to its neighbours, so stand-alone jamo are left out of it.
    folded = _WITHOUT_JAMO.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text).translate(_LONE_JAMO)
    legible = "".join(" " if char.isspace() else char for char in folded if char.isspace() or _is_seen(char))
    return " ".join(unicodedata.normalize("NFC", legible).split())


def has_hangul(text: str) -> bool:
    return bool(re.search("[ㄱ-ㅣ가-힣]", text))


def without_unseen(text: str) -> str:
    """The text without what nobody sees; what looks like a space is one. Pictures stay."""
    return "".join(" " if char.isspace() or char in _BLANKS else char for char in text if not _is_hidden(char))


def without_controls(text: str) -> str:
    """The text, lines and all, without signs that only control others; what joins a picture or a flag stays."""
    joins = {found.start() for found in _JOINS.finditer(text)}
    return "".join(
        char
        for at, char in enumerate(text)
        if char in "\n\t" or at in joins or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )


def _is_hidden(char: str) -> bool:
    return char in _SELECTORS or (unicodedata.category(char) in ("Cc", "Cf", "Cs") and not char.isspace())


@lru_cache(4096)
def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN and char not in _SELECTORS | _BLANKS


def normalise(text: str) -> str:
    return tidy(text).lower()


def unspaced(text: str) -> str:
    return normalise(text).replace(" ", "")


@lru_cache(_REMEMBERED)
def compact(text: str) -> str:
    """The text normalised, without spaces, closing punctuation and laughter: "네!! ㅎㅎ" is "네"."""
    return _AT_ITS_END.sub("", unspaced(text))

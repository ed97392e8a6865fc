"""Korean particles: which of a pair follows a word, as the word is read aloud."""

import re

from handlers.language.letters import jamo
from handlers.language.letters.spelling import tidy

_AFTER_VOWEL = {"은": "는", "이": "가", "을": "를", "과": "와", "아": "야", "이에요": "예요"}
_DIGIT_NAMES = "영일이삼사오육칠팔구"
_ROUND_NAMES = "십백천만만만만억억억억조조조조경"
_LETTER_ENDS = dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "이비시디이프지치이이이엘엠엔오피큐알스티유이유스이트", strict=True)
)
_SIGN_ENDS = {"%": "트", "&": "앤", "+": "스", "ㄹ": "을"} | {
    consonant: "응" for consonant in jamo.INITIALS if consonant != "ㄹ"
}
_LATIN_CLOSED = re.compile(r"(?:[mn]e?|ng|[^aeiou][aeiou][kptc]|ook|alk|[ckp]k|pp)$")


def particle(word: str, pair: str) -> str:
    """The form of a pair such as "을/를" that follows the word as it is read aloud; the pair's order is free."""
    closed, opened = _ordered(pair)
    final = jamo.final(_last_sound(word))
    return opened if not final or (final == "ㄹ" and closed.startswith("으")) else closed


def with_particle(word: str, pair: str) -> str:
    return word + particle(word, pair)


def _ordered(pair: str) -> tuple[str, str]:
    one, _, other = pair.partition("/")
    for closed, opened in ((one, other), (other, one)):
        if opened and (_AFTER_VOWEL.get(closed) == opened or closed in ("이" + opened, "으" + opened)):
            return closed, opened
    raise ValueError(f"not a pair of particles: {pair!r}")


def _last_sound(word: str) -> str:
    text = re.sub(r"[^\w%&+]+$", "", tidy(word))
    if number := re.search(r"[0-9.,]*[0-9]$", text):
        return _number_end(number[0])
    if latin := re.search(r"[A-Za-z]+$", text):
        return _latin_end(latin[0])
    return _SIGN_ENDS.get(text[-1:], text[-1:])


def _number_end(number: str) -> str:
    digits = number.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if "." in digits or zeros in (0, len(digits)):
        return _DIGIT_NAMES[int(digits[-1])]
    return _ROUND_NAMES[min(zeros, len(_ROUND_NAMES)) - 1]


def _latin_end(latin: str) -> str:
    if latin.isupper() or not re.search("[aeiou]", latin.lower()):
        return _LETTER_ENDS[latin[-1].upper()]
    if re.search("le?$", latin.lower()):
        return "엘"
    return "엠" if _LATIN_CLOSED.search(latin.lower()) else "이"

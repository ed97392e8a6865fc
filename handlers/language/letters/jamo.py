"""Letters of Hangul as keys: syllables taken apart, first consonants, and what was typed on the wrong keyboard."""

import re
import unicodedata
from itertools import chain

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_VOWEL_PAIRS = dict(zip("ㅘㅙㅚㅝㅞㅟㅢ", ("ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅡㅣ"), strict=True))
_FINAL_PAIRS = dict(
    zip(
        "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
        ("ㄱㅅ", "ㄴㅈ", "ㄴㅎ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅂㅅ"),
        strict=True,
    )
)
_SPLIT = str.maketrans(_VOWEL_PAIRS | _FINAL_PAIRS)
_JOINED = {pair: single for single, pair in (_VOWEL_PAIRS | _FINAL_PAIRS).items()}

_KEYS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        strict=True,
    )
)
_FROM_KEYS = str.maketrans(_KEYS)
_TO_KEYS = str.maketrans({jamo: key for key, jamo in _KEYS.items()})
_SYLLABLE = re.compile(
    f"([{INITIALS}])"
    f"({'|'.join(_VOWEL_PAIRS.values())}|[{VOWELS}])"
    f"((?:{'|'.join(_FINAL_PAIRS.values())}|[{''.join(FINALS)}])(?![{VOWELS}]))?"
)


def jamo(text: str) -> str:
    """The text as keys pressed in turn: 꽃과 is ㄲㅗㅊㄱㅗㅏ."""
    return "".join(chain.from_iterable(map(_parts, text))).translate(_SPLIT)


def initials(text: str) -> str:
    """The first consonant of each syllable; ㄳ typed as one is ㄱㅅ, other characters stay."""
    return "".join(_parts(char)[0] for char in text).translate(_SPLIT)


def typed(text: str) -> str:
    """The Latin keys that type the text on a Korean keyboard."""
    return jamo(text).translate(_TO_KEYS)


def slipped(text: str) -> str | None:
    """The Hangul meant by Latin letters typed in the wrong keyboard mode; None when they spell no usual syllables."""
    keys = _without_caps(unicodedata.normalize("NFKC", text).strip())
    if not keys.isascii() or not re.search("[A-Za-z]", keys):
        return None
    written = _SYLLABLE.sub(_compose, keys.translate(_FROM_KEYS))
    return written if all(char.isascii() or _is_usual(char) for char in written) else None


def final(char: str) -> str:
    """The consonant that closes a syllable, or ""; other characters have none."""
    return FINALS[(ord(char) - ord("가")) % 28] if _is_syllable(char) else ""


def _is_syllable(char: str) -> bool:
    return "가" <= char <= "힣"


def _parts(char: str) -> tuple[str, ...]:
    if not _is_syllable(char):
        return (char,)
    code = ord(char) - ord("가")
    return INITIALS[code // 588], VOWELS[code % 588 // 28], FINALS[code % 28]


def _compose(found: re.Match[str]) -> str:
    initial, vowel, final = found[1], found[2], found[3] or ""
    vowel, final = _JOINED.get(vowel, vowel), _JOINED.get(final, final)
    return chr(ord("가") + (INITIALS.index(initial) * 21 + VOWELS.index(vowel)) * 28 + FINALS.index(final))


def _without_caps(keys: str) -> str:
    if keys.isupper() and any(key not in _KEYS for key in keys if key.isalpha()):
        return keys.lower()
    return "".join(key if key in _KEYS else key.lower() for key in keys)


def _is_usual(char: str) -> bool:
    # KS X 1001 lists the 2,350 syllables that Korean words use; the codec spells all others in eight bytes.
    return _is_syllable(char) and len(char.encode("euc_kr")) == 2

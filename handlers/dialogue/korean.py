"""Korean as people type it: particles, loose spelling, initials, keyboard slips, and resident numbers to hide."""

import re
import unicodedata
from itertools import chain

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
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
_RIEUL = _FINALS.index("ㄹ")

# --- particles ---

_AFTER_VOWEL = {"은": "는", "이": "가", "을": "를", "과": "와", "아": "야", "이에요": "예요"}
_DIGIT_NAMES = "영일이삼사오육칠팔구"
_ROUND_NAMES = "십백천만만만만억억억억조조조조경"
_LETTER_ENDS = dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "이비시디이프지치이이이엘엠엔오피큐알스티유이유스이트", strict=True)
)
_SIGN_ENDS = {"%": "트", "&": "앤", "+": "스", "ㄹ": "을"} | {
    consonant: "응" for consonant in _INITIALS if consonant != "ㄹ"
}
_LATIN_CLOSED = re.compile(r"(?:[mn]e?|ng|[^aeiou][aeiou][kptc]|ook|alk|[ckp]k|pp)$")


def particle(word: str, pair: str) -> str:
    """The form of a pair such as "을/를" that follows the word as it is read aloud; the pair's order is free."""
    closed, opened = _ordered(pair)
    final = _final(_last_sound(word))
    return opened if not final or (final == _RIEUL and closed.startswith("으")) else closed


def with_particle(word: str, pair: str) -> str:
    return word + particle(word, pair)


def _ordered(pair: str) -> tuple[str, str]:
    one, _, other = pair.partition("/")
    for closed, opened in ((one, other), (other, one)):
        if opened and (_AFTER_VOWEL.get(closed) == opened or closed in ("이" + opened, "으" + opened)):
            return closed, opened
    raise ValueError(f"not a pair of particles: {pair!r}")


def _final(syllable: str) -> int:
    return (ord(syllable) - ord("가")) % 28 if _is_syllable(syllable) else 0


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


# --- loose spelling ---

_LONGEST_PHRASE = 100
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Me"}
_FILLERS = "\u115f\u1160\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))
_LONE_JAMO = str.maketrans(
    {chr(0x1100 + at): jamo for at, jamo in enumerate(_INITIALS)}
    | {chr(0x1161 + at): jamo for at, jamo in enumerate(_VOWELS)}
    | {chr(0x11A7 + at): jamo for at, jamo in enumerate(_FINALS) if jamo}
)
_GIVE = "(?:줘요?|주세요|주실래요|주시겠어요|주십시오)"
_ASKING = (
    f"(?:보여|알려|찾아|보내|가르쳐|안내해|말해){_GIVE}"
    "|(?:하|보|배우|듣|받|알)고싶(?:어요?|습니다|은데요?)|부탁(?:해요?|합니다|드려요|드립니다)"
)
_ASKING_BRIEFLY = f"해?{_GIVE}|(?:할|볼|해볼)(?:래요?|게요?|께요|까요)|합니다|해요|하겠습니다"
_REQUEST = re.compile(f"(?<=.)(?:{_ASKING})$|(?<=..)(?:{_ASKING_BRIEFLY})$")
_ONLY_A_REQUEST = re.compile(f"{_ASKING}|{_ASKING_BRIEFLY}")


def tidy(text: str) -> str:
    """The text with widths and composition unified, single spaces, and nothing invisible or pictorial; case is kept."""
    # NFKC would turn ㄱ into a conjoining jamo and glue it to its neighbours, so stand-alone jamo are left out of it.
    folded = re.sub("[^ㄱ-ㆎ]+", lambda run: unicodedata.normalize("NFKC", run[0]), text).translate(_LONE_JAMO)
    legible = "".join(" " if char.isspace() else char for char in folded if char.isspace() or _is_seen(char))
    return " ".join(unicodedata.normalize("NFC", legible).split())


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN and char not in _FILLERS


def normalise(text: str) -> str:
    return tidy(text).lower()


def compact(text: str) -> str:
    """The text normalised, without spaces, closing punctuation and laughter: "네!! ㅎㅎ" is "네"."""
    joined = normalise(text).replace(" ", "")
    return re.sub(r"(?<=[가-힣])[ㅋㅎㅠㅜ.,!?~;:]+$|(?<=\w)[.,!?~;:]+$", "", joined)


def squeeze(text: str) -> str:
    """The form in which phrases are compared: compact, and without the words of asking that people speak."""
    phrase = compact(text)
    if len(phrase) > _LONGEST_PHRASE:
        return phrase
    while (shorter := _without_request(phrase)) != phrase:
        phrase = shorter
    return phrase


def _without_request(phrase: str) -> str:
    if _ONLY_A_REQUEST.fullmatch(phrase):
        return phrase
    stem = compact(_REQUEST.sub("", phrase))
    noun = stem[:-1]
    return noun if stem != phrase and len(noun) > 1 and with_particle(noun, "을/를") == stem else stem


# --- jamo and keyboards ---

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
    f"([{_INITIALS}])"
    f"({'|'.join(_VOWEL_PAIRS.values())}|[{_VOWELS}])"
    f"((?:{'|'.join(_FINAL_PAIRS.values())}|[{''.join(_FINALS)}])(?![{_VOWELS}]))?"
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


def _is_syllable(char: str) -> bool:
    return "가" <= char <= "힣"


def _parts(char: str) -> tuple[str, ...]:
    if not _is_syllable(char):
        return (char,)
    code = ord(char) - ord("가")
    return _INITIALS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28]


def _compose(found: re.Match[str]) -> str:
    initial, vowel, final = found[1], found[2], found[3] or ""
    vowel, final = _JOINED.get(vowel, vowel), _JOINED.get(final, final)
    return chr(ord("가") + (_INITIALS.index(initial) * 21 + _VOWELS.index(vowel)) * 28 + _FINALS.index(final))


def _without_caps(keys: str) -> str:
    if keys.isupper() and any(key not in _KEYS for key in keys if key.isalpha()):
        return keys.lower()
    return "".join(key if key in _KEYS else key.lower() for key in keys)


def _is_usual(char: str) -> bool:
    # KS X 1001 lists the 2,350 syllables that Korean words use; the codec spells all others in eight bytes.
    return _is_syllable(char) and len(char.encode("euc_kr")) == 2


# --- resident registration numbers ---

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

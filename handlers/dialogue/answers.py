"""Reads what residents type or say into values, or raises Unparsed with the key of what to tell them."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain

from handlers.dialogue.korean import compact, squeeze, tidy

LONGEST = 300


class Unparsed(ValueError):
    """An answer that can't be read: the key of the text that says so, and the data which that text shows."""

    def __init__(self, key: str, **data: object) -> None:
        super().__init__(key)
        self.key = key
        self.data = data


def free_text(text: str) -> str:
    """The text without space around it; at most LONGEST characters, at least one."""
    said = _bounded(text).strip()
    if not tidy(said):
        raise Unparsed("answers.empty")
    return said


def _bounded(text: str) -> str:
    if len(text.strip()) > LONGEST:
        raise Unparsed("answers.too_long", limit=LONGEST)
    return text


# --- names ---

_NAME_LEAD = re.compile(r"^(?:저는\s*|나는\s*|(?:(?:제|내|저의|나의)\s*)?(?:이름|성함)(?:은|이)?\s*)")
_NAME_TAILS = (r"이?라고\s*(?:합니다|해요|하는데요)", "입니다", "이에요", "예요", "에요", "이예요", "인데요", "이요")
_HANGUL_NAME = re.compile(r"(?:[가-힣] ?){1,5}[가-힣]")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ][A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ .'’-]{1,39}")
_SENTENCE = re.compile(".{2,}(?:니다|세요|어요|아요|해요|네요|나요|까요)")


def person_name(text: str) -> str:
    said = " ".join(unicodedata.normalize("NFKC", _bounded(text)).split()).rstrip(".!,~ ")
    for name in _without_tails(_NAME_LEAD.sub("", said)):
        if _is_name(name):
            return name
    raise Unparsed("answers.name_wrong")


def _without_tails(said: str) -> list[str]:
    shorter = [re.sub(rf"\s*{tail}$", "", said) for tail in _NAME_TAILS]
    return [*(name for name in shorter if name != said), said]


def _is_name(name: str) -> bool:
    if _HANGUL_NAME.fullmatch(name):
        return not _SENTENCE.fullmatch(name)
    return bool(_LATIN_NAME.fullmatch(name))


def mask_name(name: str) -> str:
    """The name with all but its first and last letter hidden: 홍*동, 홍*."""
    if len(name) < 3:
        return name[:-1] + "*"
    return name[0] + re.sub(r"\S", "*", name[1:-1]) + name[-1]


# --- years of birth ---

_BORN = "(?:생|에?태어났(?:어요|습니다)|출생)?(?:이에요|예요|입니다|이요|요)?"
_AGE = re.compile("(?:저는)?만?([0-9]{1,3})(?:세|살)(?:이에요|예요|입니다|이요|요)?")
_YEAR = re.compile(f"'?([0-9]{{4}}|[0-9]{{2}})(?:년도?)?{_BORN}")
_DATE = re.compile(f"'?([0-9]{{4}}|[0-9]{{2}})(?:년|[-./])([0-9]{{1,2}})(?:(?:월|[-./])(?:([0-9]{{1,2}})일?)?)?{_BORN}")
_RUN = re.compile(f"([0-9]{{4}}|[0-9]{{2}})([0-9]{{2}})([0-9]{{2}}){_BORN}")
_OLDEST = 120
_YOUNGEST = 14


def birth_year(today: date, minimum_age: int = _YOUNGEST) -> Callable[[str], int]:
    """A parser of a year of birth: a year, an age or a whole birthdate, of which only the year is returned."""

    def read(text: str) -> int:
        said = compact(_bounded(text)).replace("’", "'").replace("‘", "'")
        year, age = _year_and_age(said, today)
        if not 0 <= age <= _OLDEST:
            raise Unparsed("answers.birth_year_wrong")
        if age < minimum_age:
            raise Unparsed("answers.too_young", minimum_age=minimum_age)
        return year

    return read


def _year_and_age(said: str, today: date) -> tuple[int, int]:
    if found := _AGE.fullmatch(said):
        return today.year - int(found[1]), int(found[1])
    if found := _YEAR.fullmatch(said):
        year = _full_year(found[1], today)
        return year, today.year - year
    if found := _DATE.fullmatch(said) or _RUN.fullmatch(said):
        year = _full_year(found[1], today)
        return year, _age_on(today, year, int(found[2]), int(found[3] or 0))
    raise Unparsed("answers.birth_year_wrong")


def _full_year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    newest = today.year - _YOUNGEST
    return newest - (newest - int(digits)) % 100


def _age_on(today: date, year: int, month: int, day: int) -> int:
    try:
        birthday = date(year, month, day or 1)
    except ValueError:
        raise Unparsed("answers.birth_year_wrong") from None
    return today.year - year - ((today.month, today.day) < (birthday.month, birthday.day))


# --- mobile numbers ---

_MOBILE = re.compile(r"(?:0|(?:\+|00)?820?)(10[0-9]{8}|1[16789][0-9]{7,8})")
_LANDLINE = re.compile(r"(?:0|(?:\+|00)?820?)(?:2|[3-6][1-5]|70|80|50[0-9])[0-9]{7,8}|1[568][0-9]{6}|1[0-9]{2}")
_SPOKEN = str.maketrans("공영일이삼사오육륙칠팔구", "001234566789")
_BEFORE_NUMBER = re.compile("^(?:제|내)?(?:휴대폰|핸드폰|휴대전화|전화|연락처)?(?:번호)?(?:은|는)?")
# 이 may be the last digit or the verb, so the shorter tail is tried first.
_AFTER_NUMBER = ("번?(?:입니다|예요|에요|요)?$", "번?(?:이에요|이요)$")
# Residents type the vowel ㅡ for a hyphen, and read a hyphen aloud as 에 or 다시.
_BETWEEN_NUMBERS = re.compile("[-.()·~/,_ㅡ−‐-―]|에|다시")


def mobile(text: str) -> str:
    """A Korean mobile number as +8210…, written or spoken digit by digit."""
    said = _BEFORE_NUMBER.sub("", compact(_bounded(text)))
    numbers = [_BETWEEN_NUMBERS.sub("", re.sub(tail, "", said)).translate(_SPOKEN) for tail in _AFTER_NUMBER]
    if found := next(filter(None, map(_MOBILE.fullmatch, numbers)), None):
        return "+82" + found[1]
    is_landline = any(map(_LANDLINE.fullmatch, numbers))
    raise Unparsed("answers.mobile_landline" if is_landline else "answers.mobile_wrong")


def print_mobile(number: str) -> str:
    return "-".join(_mobile_parts(number))


def mask_mobile(number: str) -> str:
    head, middle, tail = _mobile_parts(number)
    return f"{head}-{'*' * len(middle)}-{tail}"


def _mobile_parts(number: str) -> tuple[str, str, str]:
    local = "0" + number.removeprefix("+82")
    return local[:3], local[3:-4], local[-4:]


# --- choices ---

_NATIVE = ("첫", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_RANKED = ("첫", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_SPOKEN_ORDINALS = dict(
    chain.from_iterable(
        ((f"{native}번째", at), (f"{ranked}째", at), (f"{digit}번", at))
        for at, (native, ranked, digit) in enumerate(
            zip(_NATIVE, _RANKED, "일이삼사오육칠팔구십", strict=True), start=1
        )
    )
)
_CHOICE_TAIL = re.compile("(?:으로|로|것|거|꺼)?(?:입니다|이에요|예요|에요|이요|요)?$")

Choices = Sequence[tuple[str, str]]


# Labels are said again and again; what residents type isn't kept.
_compact_label, _squeezed_label = lru_cache(1024)(compact), lru_cache(1024)(squeeze)


def one_of(choices: Choices) -> Callable[[str], str]:
    """A parser of one of the (value, label) pairs: by value, label, an unmistakable beginning, or its place ("2번").

    A value wins over a place, so values that are numbers must be those which residents see.
    """

    def read(text: str) -> str:
        said = compact(_bounded(text))
        for phrase in (said, squeeze(said), _CHOICE_TAIL.sub("", squeeze(said))):
            if (value := _chosen(phrase, choices)) is not None:
                return value
        raise Unparsed("answers.choice_wrong")

    return read


def _chosen(phrase: str, choices: Choices) -> str | None:
    if not phrase:
        return None
    for form in (_compact_label, _squeezed_label):
        for value, label in choices:
            if phrase in (form(value), form(label)):
                return value
    begun = [value for value, label in choices if _compact_label(label).startswith(phrase)]
    if re.fullmatch("[0-9]{1,3}", phrase):
        return _numbered(int(phrase), choices)
    return begun[0] if len(begun) == 1 else None if begun else _placed(_place(phrase), choices)


def _numbered(number: int, choices: Choices) -> str | None:
    """The choice that a bare number means, unless it could mean two: "2" of the labels 2회, 3회, 4회."""
    begun = [value for value, label in choices if re.match(rf"{number}(?![0-9])", _compact_label(label))]
    placed = _placed(number, choices)
    if not begun or placed in begun:
        return placed
    return begun[0] if len(begun) == 1 and placed is None else None


def _place(phrase: str) -> int:
    if found := re.fullmatch("([0-9]{1,3})번째?", phrase):
        return int(found[1])
    return _SPOKEN_ORDINALS.get(phrase, 0)


def _placed(place: int, choices: Choices) -> str | None:
    return choices[place - 1][0] if 1 <= place <= len(choices) else None


# --- consent ---

_YES = re.compile(
    "(?=.)(?:네|예|넵|넹|응|웅|ㅇ|y|yes|ok|okay|오케이)*(?:ㅇㅋ|그래요?|그럼요|맞아요|맞습니다|알겠어요|알겠습니다"
    "|좋아요?|좋습니다|찬성(?:합니다|해요)?|동의(?:해요?|합니다|함|할게요?|하겠습니다|하고요)?)?"
)
_NO = re.compile(
    "(?=.)(?:아니요|아니오|아니|아뇨|ㄴ|n|no|nope|노)*(?:싫어요?|싫습니다|싫음|(?:동의)?안(?:해요?|합니다|함|할래요?|하겠습니다)"
    "|동의(?:하지|하진|하지는)?않(?:아요?|음|습니다|을래요?|겠습니다)|동의못(?:해요?|합니다|함|하겠습니다)"
    "|미동의|비동의|(?:거부|거절|반대)(?:해요?|합니다|함|할게요?|하겠습니다)?)?"
)


def agreement(text: str) -> bool:
    """Whether the resident agrees; anything but a plain yes or no is refused, since consent rests on it."""
    said = re.sub("[,.!]", "", compact(_bounded(text)))
    if _YES.fullmatch(said):
        return True
    if _NO.fullmatch(said):
        return False
    raise Unparsed("answers.agreement_wrong")

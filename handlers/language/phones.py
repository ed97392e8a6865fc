"""Telephone numbers: read as they are written or spoken, kept as +8210…, printed, and noticed in texts."""

import re
from collections.abc import Iterator

from handlers.language import hidden_phones
from handlers.language.answers import Unparsed, bounded
from handlers.language.letters.spelling import compact

_AREA = "2|[3-6][1-5]|70|80|50[0-9]"
_BEFORE = r"(?:0|(?:\+|00)?820?)"
_MOBILE = re.compile(f"{_BEFORE}(10[0-9]{{8}}|1[16789][0-9]{{7,8}})")
_HOME = re.compile(f"{_BEFORE}((?:{_AREA})[0-9]{{7,8}})")
_LANDLINE = re.compile(f"{_BEFORE}(?:{_AREA})[0-9]{{7,8}}|1[568][0-9]{{6}}|1[0-9]{{2}}")
# What can be tapped must be a number for sure, as it is usually written.
_NUMBER_IN_TEXT = re.compile(
    rf"(?<![0-9A-Za-z_-])(?:\+82[-–. ]?|0)(?:1[016-9]|{_AREA}|50)[-–. )]{{0,2}}\d{{3,4}}[-–. ]?\d{{4}}(?!\d)"
)
_SERVICES = "15(?:22|33|44|66|77|88|99)|16(?:00|44|61|66|68|70|80|88)|18(?:00|11|33|55|66|77|99)"
_HOURS = r"1[68]00-(?:1\d|2[0-4])[0-5]0(?!\d)"  # from four till six, which is no number
_CALLABLE = re.compile(rf"{_NUMBER_IN_TEXT.pattern}|(?<![0-9A-Za-z_-])(?!{_HOURS})(?:{_SERVICES})-\d{{4}}(?!\d)")
_SPOKEN = str.maketrans("공영일이삼사오육륙칠팔구", "001234566789")
_BEFORE_NUMBER = re.compile("^(?:제|내)?(?:휴대폰|핸드폰|휴대전화|전화|연락처)?(?:번호)?(?:은|는)?")
# 이 may be the last digit or the verb, so the shorter tail is tried first.
_AFTER_NUMBER = ("번?(?:입니다|예요|에요|요)?$", "번?(?:이에요|이요)$")
# Residents type the vowel ㅡ for a hyphen, and read a hyphen aloud as 에 or 다시.
_BETWEEN_NUMBERS = re.compile("[-.()·~/,_ㅡ−‐-―]|에|다시")


def mobile(text: str) -> str:
    """A Korean mobile number as +8210…, written or spoken digit by digit."""
    numbers = _numbers(text)
    if found := next(filter(None, map(_MOBILE.fullmatch, numbers)), None):
        return "+82" + found[1]
    is_landline = any(map(_LANDLINE.fullmatch, numbers))
    raise Unparsed("answers.mobile_landline" if is_landline else "answers.mobile_wrong")


def to_call(text: str) -> str:
    """The number of somebody who wants to be called, a mobile one or one at home, as +8210… or +822…"""
    if found := next(filter(None, map(_HOME.fullmatch, _numbers(text))), None):
        return "+82" + found[1]
    return mobile(text)


def _numbers(text: str) -> list[str]:
    """The digits, as they may be meant."""
    said = _BEFORE_NUMBER.sub("", compact(bounded(text)))
    return [_BETWEEN_NUMBERS.sub("", re.sub(tail, "", said)).translate(_SPOKEN) for tail in _AFTER_NUMBER]


def print_number(number: str) -> str:
    """One that was read `to_call`, as it is usually written."""
    local = "0" + number.removeprefix("+82")
    return re.sub(r"^(02|050\d|0\d\d)(\d{3,4})(\d{4})$", r"\1-\2-\3", local)


def print_mobile(number: str) -> str:
    return "-".join(_mobile_parts(number))


def hint(number: str) -> str:
    """010-****-0001: enough for whose it is, and for nobody else."""
    first, _, last = _mobile_parts(number)
    return f"{first}-****-{last}"


def _mobile_parts(number: str) -> tuple[str, str, str]:
    local = "0" + number.removeprefix("+82")
    return local[:3], local[3:-4], local[-4:]


def contains_number(text: str) -> bool:
    """However it is written; a service's own number (1588-…) counts, a price doesn't."""
    return bool(hidden_phones.find(text))


def contains_mobile(text: str) -> bool:
    """A person's number, however it is written; a firm's is none."""
    return any(each.kind == hidden_phones.MOBILE for each in hidden_phones.find(text))


def numbers_in(text: str) -> Iterator[re.Match[str]]:
    """Where a number stands that can be called, of persons and firms."""
    return _CALLABLE.finditer(text)


def mask_numbers(text: str, mask: str) -> str:
    """Numbers of persons and firms, however they are written, but for 1588-…"""
    for each in reversed(hidden_phones.find(text)):
        if each.kind != hidden_phones.SERVICE:
            text = f"{text[: each.start]}{mask}{text[each.end :]}"
    return text

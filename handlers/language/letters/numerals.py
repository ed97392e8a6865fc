"""Numbers that are spelt, as by whoever speaks: 예순여덟, 천구백육십년, 육이년생."""

import re

_NAMES = ("열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_TENS = {name: at * 10 for at, name in enumerate(_NAMES, 1)} | {"스무": 20}
_ONES = {
    name: at
    for at, names in enumerate(["하나/한", "둘/두", "셋/세", "넷/네", "다섯", "여섯", "일곱", "여덟", "아홉"], 1)
    for name in names.split("/")
}
_NATIVE = re.compile(f"({'|'.join(_TENS)})({'|'.join(_ONES)})?(?:살|세)?")
_DIGITS = "영일이삼사오육칠팔구"
_PLACES = {"천": 1000, "백": 100, "십": 10}
_SINO = re.compile(f"[{_DIGITS}공천백십]{{2,}}(?=년|세|살|생|이요|이에요|입니다|$)")


def with_digits(said: str) -> str:
    """Without spaces: native numbers as ages, and the others in digits before a year or an age, or at the end."""
    native = _NATIVE.sub(lambda found: f"{_TENS[found[1]] + _ONES.get(found[2], 0)}살", said)
    return _SINO.sub(lambda found: _in_digits(found[0]), native)


def _in_digits(spelt: str) -> str:
    if not re.search("[천백십]", spelt):
        return "".join(str(_DIGITS.find(char)) if char in _DIGITS else "0" for char in spelt)
    total = last = 0
    for char in spelt:
        if char in _PLACES:
            total, last = total + (last or 1) * _PLACES[char], 0
        else:
            last = max(_DIGITS.find(char), 0)
    return str(total + last)

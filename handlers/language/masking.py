"""What tells of a person, taken out of a text: numbers, addresses on the net, and names that are told as such."""

import re

from handlers.language.hidden_numbers import MASK, mask_resident_numbers
from handlers.language.letters.spelling import tidy
from handlers.language.names import mask_told
from handlers.language.phones import mask_numbers

_GONE = "\0"
_ON_THE_NET = re.compile(r"\S*@\S*|\S*://\S*|www\.\S*")
_SPOKEN_DIGITS = re.compile(r"(?:[공영일이삼사오육륙칠팔구](?:\s|에|다시|-)*){5,}")
_MOST_DIGITS = 2  # "컴활 2급"; more may be a year, a house or a part of a number


def without_personal(text: str) -> str:
    """Without what may tell who said it, and the words that touch it."""
    marked = mask_resident_numbers(tidy(text)).replace(MASK, _GONE)
    marked = _ON_THE_NET.sub(_GONE, mask_numbers(marked, _GONE))
    marked = mask_told(_SPOKEN_DIGITS.sub(f"{_GONE} ", marked), _GONE)
    has_many = len(re.findall(r"\d", marked)) > _MOST_DIGITS
    return " ".join(re.sub(rf"\S*[{_GONE}\d]\S*" if has_many else rf"\S*{_GONE}\S*", " ", marked).split())

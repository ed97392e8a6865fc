"""What officers typed, without who it is about: the journal keeps it for years, and tells people by their ids alone."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from typing import Any

from handlers.language import hidden_phones
from handlers.language.hidden_numbers import mask_resident_numbers
from handlers.language.hidden_phones import SERVICE
from handlers.language.names import mask_name
from storage.database import Transaction
from storage.people.finding import persons

AT_ONCE = 1000  # records
_LETTER = re.compile(r"[^\W\d_]")


def masked(tx: Transaction, words: Mapping[str, Any], resident_ids: Collection[int]) -> dict[str, Any]:
    """Numbers as 010-****-0001, and the names of these people as 홍*동."""
    without_numbers = {name: _each(value, mask_numbers) for name, value in words.items()}
    texts = [text for value in without_numbers.values() for text in _texts(value) if _LETTER.search(text)]
    names = _names_in(tx, texts, resident_ids) if texts else []
    return {name: _each(value, lambda text: _mask_names(text, names)) for name, value in without_numbers.items()}


def mask_numbers(text: str) -> str:
    hidden = mask_resident_numbers(text)
    for each in reversed(hidden_phones.find(hidden)):
        if each.kind != SERVICE:
            hidden = f"{hidden[: each.start]}{_mask_number(hidden[each.start : each.end])}{hidden[each.end :]}"
    return hidden


def _mask_number(written: str) -> str:
    """A number that isn't written in digits is hidden whole."""
    digits = "".join(str(unicodedata.digit(char)) for char in written if char.isdigit())
    local = re.sub("^(?:00)?82", "0", digits)
    return f"{local[:3]}-****-{local[-4:]}" if len(local) > 9 else "****"


def _names_in(tx: Transaction, texts: Collection[str], resident_ids: Collection[int]) -> list[str]:
    """Names of these people that stand in a text, the longest first."""
    found = set()
    ids = sorted(resident_ids)
    for start in range(0, len(ids), AT_ONCE):
        names = {one.name for one in persons.with_ids(tx, ids[start : start + AT_ONCE]).values() if one.name}
        found |= {name for name in names if any(name in text for text in texts)}
    return sorted(found, key=len, reverse=True)


def _mask_names(text: str, names: Collection[str]) -> str:
    for name in names:
        text = text.replace(name, mask_name(name))
    return text


def _each(value: Any, hide: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return hide(value)
    return [_each(one, hide) for one in value] if isinstance(value, list | tuple) else value


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for one in value for text in _texts(one)] if isinstance(value, list | tuple) else []

"""A card as it is kept once its quarter is frozen: plain JSON with the ids of its rows, and a digest of it."""

import json
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, get_args, get_origin, get_type_hints

from handlers.staff.year.cards.card import Card


def write(card: Card) -> dict[str, Any]:
    """Without its warnings, which were for whoever froze it."""
    written: dict[str, Any] = json.loads(json.dumps(asdict(card), default=date.isoformat))
    del written["warnings"]
    return written


def read(figures: dict[str, Any]) -> Card:
    found = _read(Card, figures)
    assert isinstance(found, Card)
    return found


def digest(figures: dict[str, Any]) -> str:
    """SHA-256 in hexadecimal, the same whatever the order in which a database gives the keys."""
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in value)
    if isinstance(kind, type) and is_dataclass(kind):
        known = {name: _read(each, value[name]) for name, each in _fields(kind) if name in value}
        return kind(**known)
    is_day = kind is date or date in get_args(kind)
    return date.fromisoformat(value) if is_day else value


@lru_cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((each.name, hints[each.name]) for each in fields(kind))

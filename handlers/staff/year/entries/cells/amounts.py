"""Reads money of a budget, which is larger than fees, and numbers of people that may be unknown."""

import re
from decimal import Decimal

from handlers.staff.files import cells
from handlers.staff.files.cells import NOTHING, Wrong, compact
from handlers.staff.files.rows import Value

LARGEST = 1_000_000_000_000  # won
_PAID_BACK = re.compile(r"^[-−△▲]|^\((?=.*\)$)")
_AROUND = re.compile(r"^(?:약|총|금|₩|\\)+|(?:원정|원|정)$")
_GROUPS = (("억", 100_000_000), ("만", 10_000), ("", 1))
_SIZES = (("천", 1_000), ("백", 100), ("십", 10), ("", 1))
_PART = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"


def money(value: Value) -> int:
    """In won: 50,000,000, "5천만원", "20백만원", "1억 2천만원"; less than none is paid back: "△300,000"."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Wrong
    found = _sum(value) if isinstance(value, str) else Decimal(str(value))
    if not found.is_finite() or found != int(found) or abs(found) > LARGEST:
        raise Wrong
    return int(found)


def _sum(value: str) -> Decimal:
    written = value.strip()
    sign = -1 if _PAID_BACK.match(written) else 1
    text = _AROUND.sub("", compact(_PAID_BACK.sub("", written).removesuffix(")")))
    if not text or re.search(r"\d\s+\d", written):  # it may be two numbers
        raise Wrong
    total = Decimal()
    for unit, size in _GROUPS:
        part, found, rest = text.partition(unit) if unit else (text, "", "")
        if found or not unit:
            total, text = total + size * _below(part, is_alone=not found), rest
    return sign * total


def _below(text: str, is_alone: bool) -> Decimal:
    """The number before a unit: 2천3백 is 2300, 20백 is 2000; nothing where another unit stands before."""
    if not text and is_alone:
        return Decimal()
    names = "".join(f"(?:({_PART}){unit})?" for unit, _ in _SIZES[:-1])
    found = re.fullmatch(f"{names}({_PART})?", text)
    if not found or not text:
        raise Wrong
    return sum(
        (
            Decimal((part or "0").replace(",", "")) * size
            for part, (_, size) in zip(found.groups(), _SIZES, strict=True)
        ),
        Decimal(),
    )


def count(value: Value) -> int:
    """Of people or things; a dash doesn't say whether there were none or nobody knows."""
    if isinstance(value, str) and compact(value) in NOTHING:
        raise Wrong("모르면 비우고, 한 명도 없었으면 0을 적어 주세요.")
    return cells.number(value)


def some(value: Value) -> int:
    """How often: 9, "9회", "9건"."""
    found = cells.number(re.sub("[회건번일]$", "", compact(value)) if isinstance(value, str) else value)
    if found < 1:
        raise Wrong("1 이상이어야 합니다.")
    return found


def year(value: Value) -> int:
    """2023, "2023년", "'23"."""
    found = re.fullmatch(r"(20\d{2}|'(\d{2}))(?:년도?)?", compact(value))
    if not found:
        raise Wrong
    return 2000 + int(found[2] or found[1][2:])


def identity(value: Value) -> int:
    """The number of an entry."""
    text = compact(value)
    if not re.fullmatch(r"[1-9]\d{0,14}", text):
        raise Wrong
    return int(text)

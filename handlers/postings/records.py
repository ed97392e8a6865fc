"""What a feed says of one posting: its fields as text, cleaned before anybody keeps or reads them."""

import re
from collections.abc import Mapping
from html import unescape

from handlers.language.hidden_numbers import mask_resident_numbers
from handlers.language.letters.spelling import tidy
from handlers.language.letters.widths import within
from handlers.language.phones import mask_numbers

Record = Mapping[str, str]

PERSONAL = {
    name.lower() for name in ("reperNm", "contactTelno", "chargerFaxNo", "empChargerDpt", "MNGR_NM", "MNGR_PHON_NO")
}  # names of persons and how to reach them: we link to the posting instead
KEYS = {"wantedAuthNo", "JO_REQST_NO", "JO_REGIST_NO"}  # ours and theirs must stay the same
MASK = "[전화번호 가림]"
DEEPEST = 5  # titles come escaped two and three times

_TAG = re.compile(r"<(?:/?[a-zA-Z]|!)[^<>]*>")  # <급구> is no tag


class UnreadablePosting(ValueError):
    """A row that can't be a posting; the message says why and quotes nothing."""


def without_persons(record: Record) -> dict[str, str]:
    """The record without persons: by the names of its fields, and by numbers in its texts."""
    kept = {name: value for name, value in record.items() if name.lower() not in PERSONAL}
    return {name: value if name in KEYS or value.startswith("http") else _masked(value) for name, value in kept.items()}


def line(text: str, limit: int = 200) -> str:
    """One line as a person would read it."""
    return within(tidy(_bare(text)), limit)


def passage(text: str, limit: int = 1500) -> str:
    lines = (tidy(part) for part in _bare(text).splitlines())
    return within("\n".join(part for part in lines if part), limit)


def link(text: str) -> str:
    """An address that may be shown; "" for anything else."""
    url = unescape(text).strip()
    return url if re.fullmatch(r"https?://(?:(?![<>\"'])[!-~가-힣]){1,1000}", url) else ""


def first(record: Record, *names: str) -> str:
    """The first of these fields that says something."""
    return next((record[name].strip() for name in names if record.get(name, "").strip()), "")


def _bare(text: str) -> str:
    for _ in range(DEEPEST):
        before, text = text, _TAG.sub(" ", unescape(text))
        if text == before:
            break
    return text


def _masked(text: str) -> str:
    return mask_resident_numbers(mask_numbers(text, MASK))

"""English for what job postings say in fixed words: pay, hours, places, contracts, schooling."""

import re
import tomllib
from functools import cache
from pathlib import Path

from handlers.language.letters.spelling import has_hangul

FILE = Path(__file__).with_name("english.toml")

_MANY = 10_000
_PATTERNS = (
    (r"([\d,.]+)\s*만\s*원", lambda found: f"{round(float(found[1].replace(',', '')) * _MANY):,}원"),
    (r"월\s*(?=[\d,]+원)", "monthly "),
    (r"일\s*(?=[\d,]+원)", "daily "),
    (r"([\d,]+)원", r"KRW \1"),
    (r"주\s*(\d(?:~\d)?)\s*일", r"\1 days a week"),
    (r"\((\d)년\)", r" (\1 years)"),
    (r"\s*이상", " or more"),
    (r"(?<=[가-힣])\(", " ("),
    ("~", "–"),
)


def in_english(text: str) -> str:
    """A text of which some Korean would be left stays Korean as a whole."""
    said = text
    for pattern, instead in _PATTERNS:
        said = re.sub(pattern, instead, said)
    said = _any_word().sub(lambda found: _words()[found[0]], said)
    return text if has_hangul(said) else said


@cache
def _words() -> dict[str, str]:
    known = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {**known["words"], **known["places"]}


@cache
def _any_word() -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, _words()), key=len, reverse=True)
    return re.compile(f"(?<![가-힣])(?:{'|'.join(longest_first)})(?![가-힣])")

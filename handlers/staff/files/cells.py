"""Reads text, numbers and choices as officers write them; a parser raises Wrong at what can't be meant."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache

from handlers.language import phones
from handlers.language.answers import Unparsed
from handlers.language.hidden_numbers import contains_resident_number
from handlers.language.letters.spelling import normalise, without_controls
from handlers.staff.files.rows import Value

NOTHING = {"-", "없음", "무료", "해당없음", "제한없음", "무제한", "무관"}
YES = {"예", "네", "y", "yes", "o", "v", "true", "1", "반영"}
NO = {"아니오", "아니요", "n", "no", "x", "false", "0", "미반영"}
SAME = {"〃", "″", '"', "''", "′′", "상동", "위와같음", "좌동"}  # as the cell above, or beside
LARGEST = 100_000_000


class Wrong(ValueError):
    """A value that can't be meant; the message, when there is one, says why in Korean."""


def said(value: Value) -> str:
    """Text in the form in which it is read: widths and quotes unified, single spaces, lower case."""
    return normalise(_as_text(value).translate(_LIKE))


def compact(value: Value) -> str:
    return said(value).replace(" ", "")


@lru_cache(maxsize=10_000)
def code_form(code: str) -> str:
    """How numbers of courses are compared: case, widths, kinds of dashes and spaces make no other number of it.

    Nor do zeros in front of digits alone, which Excel takes away.
    """
    text = re.sub(r"^0+(?=\d+$)", "", re.sub(r"[-―—−ㅡー_]+", "-", compact(code)))
    return re.sub(r"(?<!\d)-|-(?!\d)", "", text)  # A-1 is A1, but 1-11 isn't 11-1


_LIKE = str.maketrans("○◯〇ㅇ⭕●◉✓✔☑✅√×✕✗✘✖❌’‘`´ㆍ∼〜–‐‑‒", "ooooooooooooxxxxxx''''·~~----")


def column_letters(number: int) -> str:
    """How Excel names a column, counted from 1: A, Z, AA."""
    before, last = divmod(number - 1, 26)
    return (column_letters(before) if before else "") + chr(ord("A") + last)


# --- text ---


def line(value: Value, limit: int = 200) -> str:
    """One line of text; "" for a dash."""
    return _bounded(" ".join(_clean(value).split()), limit)


def title(value: Value) -> str:
    return line(value, 100)


def passage(value: Value) -> str:
    """Text that may have several lines."""
    lines = (" ".join(part.split()) for part in _clean(value).strip().splitlines())
    return _bounded("\n".join(lines), 1500)


def place(value: Value) -> str:
    """Where something is: in words, or a link to it."""
    found = line(value, 500)
    if "://" in found and not re.fullmatch(r"https://[^\s/]+\.\S+", found):
        raise Wrong
    return found


def listed(value: Value) -> tuple[str, ...]:
    parts = (part.strip() for part in re.split(r"[,、;/#\n]", passage(value)))
    return tuple(part for part in parts if part)


def keywords(value: Value) -> tuple[str, ...]:
    """A list in which spaces separate where nothing else does."""
    found = listed(value)
    return found if len(found) > 1 else tuple(word for part in found for word in part.split())


def certificate(value: Value) -> str:
    return "" if compact(value) in NOTHING | NO else line(value)


def if_any(value: Value) -> str:
    """One line; "" where it says that there is none."""
    return "" if compact(value) in NOTHING else line(value)


def contact(value: Value) -> str:
    """Whom to call; the zero is back that Excel takes away from what it takes for a number."""
    said = without_fraction(if_any(value))
    try:
        return phones.print_number(phones.to_call(f"0{said}")) if re.fullmatch(r"[1-9]\d{7,9}", said) else said
    except Unparsed:  # 15880000 never had one
        return said


def completion(value: Value) -> str:
    """How a course is completed; a bare share is one of attendance. Excel keeps 80% as 0.8."""
    if isinstance(value, str) and re.fullmatch(r"0\.\d+|1\.0+", value.strip()):
        value = float(value)
    if isinstance(value, float) and 0 < value <= 1:
        return f"출석 {value:.0%} 이상"
    share = re.fullmatch(r"(\d{1,3})%?(?:이상)?", compact(value))
    return f"출석 {share[1]}% 이상" if share else passage(value)


def _bounded(text: str, limit: int) -> str:
    if len(text) > limit:
        raise Wrong(f"{len(text)}자입니다. {limit}자까지 적을 수 있습니다.")
    return "" if text == "-" else text


def _clean(value: Value) -> str:
    if isinstance(value, date | time | timedelta):
        raise Wrong("엑셀이 날짜나 시간으로 바꾼 값입니다. 셀 서식을 ‘텍스트’로 바꾸고 다시 적어 주세요.")
    text = unicodedata.normalize("NFC", _as_text(value))
    if contains_resident_number(text):
        raise Wrong("주민등록번호로 보이는 13자리 숫자는 등록할 수 없습니다. 지워 주세요.")
    return without_controls(text)


def without_fraction(text: str) -> str:
    """ "12.0", as programs write a number that stands in a column with empty cells, is "12"."""
    return text.partition(".")[0] if re.fullmatch(r"\d+\.0+", text) else text


def _as_text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # Programs that read workbooks leave a line end of Excel as _x000D_.
    text = re.sub("_x000d_", "\r", str(value), flags=re.IGNORECASE)
    return text.replace("\r\n", "\n").replace("\r", "\n")


# --- numbers and choices ---

_ABOUT = re.compile(r"^(?:약|만|총|금|₩|\\)+|(?:내외|이상|정도|정)$")
_AT_MOST = re.compile(r"^최대|(?:이내|이하|까지)$")
_UNIT = re.compile(r"(?:명|인|원|석|개|과목|과정|강좌|세|살)$")
_SUM = re.compile(
    r"(?:(?P<man>\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d+)?)만)?(?:(?P<thousand>\d{1,3}(?:\.\d+)?)천)?(?:(?P<hundred>\d)백)?"
    r"(?P<rest>\d{1,3}(?:,\d{3}){1,3}|\d{0,12})(?:\.0+)?"
)
_SIZES = {"man": 10_000, "thousand": 1_000, "hundred": 100, "rest": 1}


def number(value: Value) -> int:
    """15, "15명 이내", "120,000원", "6만5천원", "6.5만원", "만 18세 이상"; 0 for "무료" and "없음"."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Wrong
    found = 0 if compact(value) in NOTHING else _amount(value)
    if not 0 <= found <= LARGEST:
        raise Wrong
    return found


def _amount(value: int | float | str) -> int:
    if not isinstance(value, str):
        if not math.isfinite(value) or value != int(value):
            raise Wrong
        return int(value)
    found = _SUM.fullmatch(_UNIT.sub("", _ABOUT.sub("", compact(value))))
    if not found:
        raise Wrong
    total, smallest = Decimal(), Decimal("Infinity")
    for name, digits in found.groupdict("").items():
        part = Decimal(digits.replace(",", "") or 0) * _SIZES[name]
        if part >= smallest:  # 6만50000
            raise Wrong
        total, smallest = total + part, Decimal(_SIZES[name]) if digits else smallest
    if smallest.is_infinite() or total != int(total):
        raise Wrong
    return int(total)


def seats(value: Value) -> int:
    """How many people there is room for, also as "15명 이내"."""
    return number(_AT_MOST.sub("", compact(value)) if isinstance(value, str) else value)


def capacity(value: Value) -> int:
    if compact(value).endswith("이상"):
        raise Wrong("가장 적은 인원은 ‘최소인원’에 적고, 여기에는 받을 수 있는 인원을 적어 주세요.")
    found = seats(value)
    if found == 0:
        raise Wrong("1명 이상이어야 합니다.")
    return found


def percent(value: Value) -> int:
    """80, "80%", "80% 이상", and 0.8 as Excel keeps 80%."""
    text = re.sub(r"%?(?:이상)?$", "", compact(value)) if isinstance(value, str) else value
    found = number(round(text * 100) if isinstance(text, float) and 0 < text <= 1 else text)
    if not 1 <= found <= 100:
        raise Wrong
    return found


def hours(value: Value) -> int:
    text = re.sub(r"시간(?:이내|내)?$", "", compact(value)) if isinstance(value, str) else value
    if isinstance(text, str) and _UNIT.search(text):
        raise Wrong
    return number(text)


def hours_left(value: Value) -> int:
    """Hours of which there is at least one."""
    found = hours(value)
    if found == 0:
        raise Wrong
    return found


def age(value: Value) -> int:
    """Never under 14: younger people need their guardian's consent, which we can't take (개인정보 보호법 22의2)."""
    found = number(value) or 14
    if found < 14:
        raise Wrong("만 14세 미만은 보호자 동의가 필요해 받을 수 없습니다.")
    if found > 120:
        raise Wrong
    return found


def yes_or_no(value: Value, also: tuple[str, str] = ("", "")) -> bool:
    """`also` are a word for yes and one for no."""
    yes, no = YES | {also[0]}, NO | {also[1]}
    answer = compact(value)
    if not answer or answer not in yes | no:
        raise Wrong
    return answer in yes


def one_of(choices: Mapping[str, str]) -> Callable[[Value], str]:
    """A parser of words, each of which stands for a code; the codes can be written too."""
    known = {compact(word): code for word, code in choices.items()} | {code: code for code in choices.values()}

    def read(value: Value) -> str:
        if compact(value) not in known:
            raise Wrong
        return known[compact(value)]

    return read

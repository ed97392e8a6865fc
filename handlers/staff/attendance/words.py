"""What officers call marks, and the ways by which they were said."""

from collections.abc import Mapping
from typing import cast, get_args

from handlers.staff.desk.declined import Declined
from handlers.staff.desk.lookup import MARKS
from storage.states import Mark, Way

SHORT: Mapping[Mark, str] = {"present": "출", "late": "지", "left_early": "조", "absent": "결", "excused": "인"}
WAYS: Mapping[Way, str] = {
    "desk": "화면",
    "paper": "종이",
    "sheet": "파일",
    "device": "통신 없이",
    "scan": "QR",
    "button": "단추",
    "ahead": "미리 알림",
}


def mark_of(text: str) -> Mark:
    """By its Korean word, its key or its own name. Raises Declined."""
    for key, (mark, word) in enumerate(MARKS.items(), 1):
        if text in (mark, word, str(key)):
            return mark
    raise Declined(f"‘{text}’: 출석 표시는 {', '.join(MARKS.values())} 가운데 하나로 적어 주세요.")


def is_mark(name: str) -> bool:
    return name in get_args(Mark)


def checked(name: str) -> Mark:
    """A mark by its own name; raises ValueError for what is none."""
    if not is_mark(name):
        raise ValueError(name)
    return cast(Mark, name)

"""What stands in a cell of an attendance sheet: a word, or one of the signs that offices use for it."""

import unicodedata
from collections.abc import Iterator, Mapping

from handlers.language.letters.spelling import without_unseen
from handlers.staff.desk.lookup import MARKS
from handlers.staff.files.rows import Value
from storage.states import Mark

EXPECTED = "출석, 지각, 조퇴, 결석, 인정결석이나 ○, △, ✕(P, L, E, A) 가운데 하나를 적어 주세요. E는 인정결석입니다."
_ALSO: Mapping[Mark, str] = {
    "present": "출 참석 ○ ◯ 〇 ● ㅇ o p ✓ ✔ √ v ⭕ ✅",
    "late": "지 △ ▲ l",
    "left_early": "조",
    "absent": "결 불참 무단결석 ✕ ✖ ✗ ✘ × ╳ x a ❌",
    "excused": "인 인정 공결 유고결석 e",
}


def _plain(text: str) -> str:
    return "".join(without_unseen(unicodedata.normalize("NFKC", text)).casefold().split())


def _pairs() -> Iterator[tuple[str, Mark]]:
    for mark, word in MARKS.items():
        yield from ((_plain(each), mark) for each in (word, *_ALSO[mark].split()))


MEANING: Mapping[str, Mark] = dict(_pairs())


def mark_of(value: Value) -> Mark | None:
    """None for a sign that means nothing here."""
    return MEANING.get(_plain(value)) if isinstance(value, str) else None

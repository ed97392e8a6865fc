"""Whether what a sender has approved for a kind of notice will do."""

from dataclasses import dataclass
from datetime import datetime

from handlers.notices.templates.filling import variables
from handlers.notices.templates.texts import NAMED, TEXTS, known_in
from storage.ways.templates import Approved, Status

_NOT_YET = {
    "pending": "검수를 기다립니다",
    "rejected": "반려되었습니다",
    "stopped": "쓸 수 없게 되었습니다",
    "missing": "승인받은 템플릿이 없습니다",
}


@dataclass(frozen=True)
class Judgement:
    """`reason` says why it can't be used; where it `differs` from our text, it says something else and is used."""

    is_usable: bool
    reason: str | None = None
    differs: bool = False


def judge(kind: str, text: str, status: Status) -> Judgement:
    """Approved, and filled with nothing but what we know where a notice of this kind is told."""
    if status in _NOT_YET:
        return Judgement(False, _NOT_YET[status])
    if kind not in TEXTS:
        return Judgement(False, "템플릿으로 알리지 않는 안내입니다")
    known = known_in(kind)
    unknown = [f"#{{{name}}}" for name in variables(text) if name not in known]
    if unknown:
        return Judgement(False, f"모르는 변수가 있습니다: {', '.join(unknown)}")
    return Judgement(True, differs=_plain(text) != _plain(TEXTS[kind].text))


def found_at_sender(way: str, kind: str, code: str, text: str, status: Status, now: datetime) -> Approved:
    """What a sender has for a kind, judged, as it is kept."""
    judged = judge(kind, text, status)
    return Approved(way, kind, code, NAMED[kind], text, status, judged.is_usable, judged.reason, now)


def _plain(text: str) -> str:
    """As it is read: senders keep spaces at the ends of lines, and line ends, in their own way."""
    return "\n".join(line.strip() for line in text.strip().splitlines())

"""What we ask senders to approve: a text for each kind of notice that may be told to a number, or why there is none."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handlers.notices import kinds
from handlers.notices.kinds import KINDS, About
from handlers.notices.templates.filling import variables
from storage.completion.followups import STAGES
from storage.notices.outbox import NEWS
from storage.teaching import awaited, wishes

LONGEST = 1000  # signs of a text once it is filled in, spaces included
LONGEST_BUTTON = 14

_LAST = "문의: #{문의}\n그만 받으시려면: #{전화}"
_WRITTEN = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Variable:
    """`most` is how long a value may be: with the longest of each, every text is still short enough."""

    example: str
    most: int


@dataclass(frozen=True)
class NoticeText:
    """A text as it is sent in for approval; `button` is what a tap says to our bot, "" where there is none."""

    kind: str
    text: str
    button: str = ""

    @property
    def name(self) -> str:
        """By which it is found again at the sender."""
        return f"배움톡 {KINDS[self.kind].title}"


def _written(kind: str, title: str, says: str, lines: list[str], how: str = "", button: str = "") -> NoticeText:
    parts = [f"[#{{기관}}] {title}", says.strip("\n"), "\n".join(lines), how, _LAST]
    return NoticeText(kind, "\n\n".join(part for part in parts if part), button)


VARIABLES: Mapping[str, Variable] = {name: Variable(**said) for name, said in _WRITTEN.pop("variables").items()}
TEXTS: Mapping[str, NoticeText] = {kind: _written(kind, **parts) for kind, parts in _WRITTEN.items()}
NAMED: Mapping[str, str] = {kind: each.name for kind, each in TEXTS.items()}

_WISHED = "바라는 강좌 소식은 구독하는 소식지와 같아 알림톡에 실을 수 없습니다"
_FOLLOWUP = "취업 여부는 단추로만 답하실 수 있어 대화에서 여쭙니다"
_WHY_NOT = {
    awaited.KIND: _WISHED,
    wishes.KIND: _WISHED,
    **{f"followup_{stage}": _FOLLOWUP for stage in STAGES},
    kinds.ANNOUNCED: "담당자가 그때그때 쓰는 글은 미리 승인받을 수 없습니다",
    "corrected_announcement": "담당자가 그때그때 쓰는 글은 미리 승인받을 수 없습니다",
}


def why_not(kind: str) -> str | None:
    """Why a kind has no text: it never leaves by a way that asks for approved ones."""
    if KINDS[kind].rank == NEWS:
        return "소식은 광고로 볼 수 있어 알림톡에 실을 수 없습니다"
    if KINDS[kind].about is About.CHAT:
        return "그 대화에서만 알립니다"
    return _WHY_NOT.get(kind)


def known_in(kind: str) -> tuple[str, ...]:
    """The variables that have a value where a notice of this kind is told."""
    return variables(TEXTS[kind].text) if kind in TEXTS else ()

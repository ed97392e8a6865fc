"""A notice as it leaves by AlimTalk: an approved template, what is put into it, and the mark by which it is known."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from bot.messages.delivery import Undeliverable
from bot.sections import AlimTalk
from handlers.dialogue.chat import Chat
from handlers.notices import templates as texts
from handlers.notices.templates.texts import LONGEST
from storage.notices.outbox import Owed
from storage.people.reaching import ALIMTALK
from storage.reasons import Reason
from storage.ways import templates
from storage.ways.dispatches import Dispatch

MARK = "baeumtok"  # the field of our own that the dealer hands back with each result
_MARKED = re.compile(r"(\d{1,15})-([0-9a-f]{20})")

Digest = Callable[..., str]


@dataclass(frozen=True)
class Letter:
    kind: str
    template: str
    variables: Mapping[str, str]
    mark: str

    def to(self, number: str, settings: AlimTalk) -> dict[str, Any]:
        """As the dealer is told; text messages instead only where they were asked for: by themselves they are on."""
        kakao = {
            "pfId": settings.channel,
            "templateId": self.template,
            "variables": {f"#{{{name}}}": value for name, value in self.variables.items()},
            "disableSms": not settings.text_from,
        }
        sender = {"from": settings.text_from} if settings.text_from else {}
        return {"to": number, **sender, "type": "ATA", "kakaoOptions": kakao, "customFields": {MARK: self.mark}}


def written(digest: Digest, chat: Chat, owed: Owed, dispatch: int) -> Letter | None:
    """None where no template can be used, something for it isn't known, or it comes out too long."""
    template = templates.usable(chat.tx, ALIMTALK, owed.kind)
    values = texts.values(chat, owed) if template else None
    if template is None or values is None:
        return None
    variables = {name: values.get(name, "").strip() for name in texts.variables(template.text)}
    if not all(variables.values()) or len(texts.fill(template.text, variables)) > LONGEST:
        return None
    return Letter(owed.kind, template.code, variables, marked(digest, dispatch, owed.id))


def marked(digest: Digest, dispatch: int, notice: int | None) -> str:
    """Nobody else's message has it: one account may serve several services, each with numbers of its own."""
    return f"{dispatch}-{digest('alimtalk', str(dispatch), str(notice))[:20]}"


def number_of(mark: str) -> int | None:
    """The dispatch that it names; whether it is ours is told by `is_ours`."""
    found = _MARKED.fullmatch(mark)
    return int(found[1]) if found else None


def is_ours(digest: Digest, mark: str, dispatch: Dispatch) -> bool:
    return dispatch.way == ALIMTALK and compare_digest(marked(digest, dispatch.id, dispatch.notice_id), mark)


def number(mobile: str) -> str:
    """As it is dialled in Korea, the only country where AlimTalk goes. Raises Undeliverable."""
    digits = re.sub(r"\D", "", mobile)
    dialled = f"0{digits.removeprefix('82')}" if mobile.startswith("+82") else digits
    if not re.fullmatch(r"01\d{8,9}", dialled):
        raise Undeliverable(Reason.REFUSED, "한국의 휴대전화 번호가 아님")
    return dialled

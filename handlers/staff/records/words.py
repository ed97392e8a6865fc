"""What officers call what stands in a record: channels, consents, and what became of a notice."""

from collections.abc import Mapping

from handlers.dialogue import texts
from handlers.staff.desk.desk import Desk
from storage.states import NoticeOutcome

OUTCOMES: Mapping[NoticeOutcome, str] = {
    "sent": "보냄",
    "unknown": "닿았는지 모름",
    "unreached": "닿지 못함",
    "refused": "거절됨",
    "expired": "때가 지남",
    "cancelled": "보내지 않음",
}


def channel(desk: Desk, name: str | None) -> str:
    """Where something was said or entered: a chat as officers call it, or 전화, 방문, 종이."""
    if name is None:
        return "-"
    traits = desk.organization.channels.get(name)
    return traits.name if traits else word(f"export.channel.{name}", name)


def consent(purpose: str) -> str:
    return word(f"me.consents.of.{purpose}", purpose)


def word(key: str, otherwise: str) -> str:
    """A text of Korean, where there is one for it."""
    return texts.say("ko", key) if key in texts.catalogue("ko") else otherwise

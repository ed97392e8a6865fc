"""A message as each channel shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.channels.kakao import labels
from bot.channels.telegram import writing as telegram
from handlers.dialogue.reply import Reply


@dataclass(frozen=True)
class Bubble:
    """`hidden` is what somebody has to press for to read it."""

    channel: str
    text: str | Markup
    buttons: Sequence[str]
    hidden: str = ""
    note: str = ""


def of(reply: Reply) -> list[Bubble]:
    names = [button.label for button in reply.all_buttons]
    first, *rest = list(labels.pieces(reply.text)) or [""]
    html = Markup("\n\n").join(Markup(part) for part in telegram.texts(reply))  # noqa: S704 - it escapes what it takes
    visit = "다음에 오실 때 먼저 보여 드립니다."
    return [
        Bubble("텔레그램", html, names, note="바로 보냅니다."),
        Bubble("카카오톡", first, labels.shortened(names), "\n".join(rest), visit),
        Bubble("웹 채팅", reply.text, names, note=visit),
    ]

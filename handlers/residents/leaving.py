"""Leaving a computer that others use too: what was said there isn't shown on it any more."""

from dataclasses import replace

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import router


@router.view("leave", "이 기기에서 나가기", "기기에서 나가기", "나가기", "로그아웃", "log out", "leave this device")
def ask_to_leave(chat: Chat) -> Reply:
    _check_shared(chat)
    yes = chat.button("leave_yes", "leave/yes").apart()
    return chat.reply("leaving.ask", chat.button("leave_no", "menu"), yes)


@router.act("leave/yes")
def leave(chat: Chat) -> Reply:
    _check_shared(chat)
    return replace(chat.reply("leaving.left"), ends_session=True)


def _check_shared(chat: Chat) -> None:
    if not chat.traits.may_be_shared:
        raise Refused("leaving.nowhere")

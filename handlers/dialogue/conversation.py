"""What a resident said, and the reply to it."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from handlers.dialogue import forms
from handlers.dialogue.answers import Unparsed, one_of
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.korean import contains_resident_number, squeeze
from handlers.dialogue.reply import Reply, from_json
from handlers.dialogue.router import Action, router
from storage import drafts, inbox

RESTS_AFTER = timedelta(hours=6)  # what is typed later than this is no answer to the question that stands there
FORM_WORDS = {"back": ("뒤로", "이전", "back"), "leave": ("취소", "그만", "그만두기", "나가기", "cancel", "stop")}
_FORM_WORDS = {squeeze(word): step for step, words in FORM_WORDS.items() for word in words}
MASKED = "[주민등록번호 가림]"


@dataclass(frozen=True)
class Said:
    """A text that was typed, a path that was pressed, or something else (`other`: sticker, voice, edited …)."""

    text: str = ""
    path: str = ""
    other: str = ""


@dataclass(frozen=True)
class Screen:
    """What this chat saw last."""

    reply: Reply
    rests: bool


Deed = Callable[[], Reply]
Search = Callable[[Chat, str], Reply]
_search: list[Search] = []


def otherwise(search: Search) -> Search:
    """Register what answers a text that nothing else understands; it must only read."""
    _search[:] = [search]
    return search


def respond(chat: Chat, said: Said, can_write: bool) -> Reply | None:
    """The reply, or None when it takes a transaction that can write. Any exception is a bug and leaves no effect."""
    try:
        writes, deed, is_form = _deed(chat, said)
        if writes and not can_write:
            return None
        with chat.tx.begin_nested() if writes else nullcontext():
            reply = deed()
    except Refused as refused:
        reply, is_form = chat.refusal(refused), False
    return reply if is_form else _offering_to_go_on(chat, reply)


def _offering_to_go_on(chat: Chat, reply: Reply) -> Reply:
    draft = drafts.latest(chat.tx, chat.resident.id)
    path = draft and f"forms/{draft.form}/{draft.subject}"
    if not path or any(button.path == path for button in reply.all_buttons):
        return reply
    return reply.with_ways(chat.button("go_on", path))


def _deed(chat: Chat, said: Said) -> tuple[bool, Deed, bool]:
    """(whether it writes, what to do, whether it is about a form)"""
    if said.other:
        return False, partial(chat.reply, f"other.{said.other}", ways=[chat.button("menu", "menu")]), False
    if said.path:
        return _doing(chat, router.at(said.path))
    return _typed(chat, said.text)


def _typed(chat: Chat, text: str) -> tuple[bool, Deed, bool]:
    if MASKED in text or contains_resident_number(text):
        raise Refused("answers.resident_number")
    screen = _screen(chat)
    action = _command(text) or _labelled(screen, text) or _form_word(screen, text) or router.meant(text)
    if action:
        return _doing(chat, action)
    if screen and screen.reply.form and not screen.rests:
        name, subject = screen.reply.form.split("/")
        return True, partial(forms.type_answer, chat, name, int(subject), text), True
    numbered = _numbered(screen, text)
    if numbered:
        return _doing(chat, numbered)
    return False, partial(_search[0], chat, text), False


def _command(text: str) -> Action | None:
    """A command with its argument: "/start c42" is the path start/c42."""
    return router.at("/".join(text[1:].split())) if text.startswith("/") else None


def _doing(chat: Chat, action: Action | None) -> tuple[bool, Deed, bool]:
    if action is None:
        raise Refused("help.unknown_button")
    return action.route.writes, partial(action.run, chat), action.route.template.startswith("forms/")


def _screen(chat: Chat) -> Screen | None:
    last = inbox.last_screen(chat.tx, chat.channel, chat.address)
    if last is None:
        return None
    return Screen(from_json(last[0]), chat.now - last[1] > RESTS_AFTER)


def _labelled(screen: Screen | None, text: str) -> Action | None:
    heard = squeeze(text)
    buttons = screen.reply.all_buttons if screen else []
    path = next((button.path for button in buttons if button.path and squeeze(button.label) == heard), "")
    return router.at(path) if path else None


def _form_word(screen: Screen | None, text: str) -> Action | None:
    step = _FORM_WORDS.get(squeeze(text))
    return router.at(f"forms/{screen.reply.form}/{step}") if step and screen and screen.reply.form else None


def _numbered(screen: Screen | None, text: str) -> Action | None:
    choices = [(button.path, "") for button in screen.reply.choices] if screen else []
    try:
        return router.at(one_of(choices)(text))
    except Unparsed:
        return None

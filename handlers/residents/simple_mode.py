"""Simple mode: switched on and off in one's own words, and the parts of a long reply."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from handlers.dialogue import on_behalf, simple
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms import steps
from handlers.dialogue.reply import Reply, from_json
from handlers.dialogue.router import router
from handlers.dialogue.screen import shown_last
from handlers.residents.welcome import show_menu
from storage.dialogue import inbox
from storage.people import represented, residents


@router.act(
    "simple/on", "크게", "크게 보기", "글씨 크게", "글자 크게", "큰 글씨", "큰 글자", "글씨가 작아요", "글자가 작아요",
    "글씨가 안 보여요", "글자가 안 보여요", "잘 안 보여요", "안 보여요", "쉽게", "쉽게 보기", "쉽고 크게 보기",
    "쉬운 말로", "어려워요", "너무 어려워요", "간편 모드", "쉬운 모드",
    "bigger", "larger", "larger letters", "simple", "simple mode", "easier",
)  # fmt: skip
def turn_on(chat: Chat) -> Reply:
    return _changed(chat, True, "simple.on" if chat.traits.sets_letters else "simple.on_small")


@router.act("simple/off", "보통으로", "작게", "보통 모드", "보통 글씨", "원래대로", "normal mode", "smaller", "normal")
def turn_off(chat: Chat) -> Reply:
    return _changed(chat, False, "simple.off")


@router.act("simple/no")
def decline(chat: Chat) -> Reply:
    return _changed(chat, False, "simple.declined")


@router.act("more/{token}/{number}")
def show_part(chat: Chat, token: str, number: int) -> Reply:
    """Of a form the question that it asks now."""
    whole = _whole(chat, token)
    return simple.part(chat, _in_form(chat, whole.form, steps.open_form) if whole.form else whole, number)


@router.act("more/{token}/all")
def show_all_of_card(chat: Chat, token: str) -> Reply:
    return simple.part(chat, _whole(chat, token), is_folded=False)


def _whole(chat: Chat, token: str) -> Reply:
    for written in inbox.replies(chat.tx, chat.channel, chat.address):
        whole = from_json(written).whole
        if whole and simple.token_of(whole) == token:
            return whole
    raise Refused("help.unknown_button")


def _changed(chat: Chat, is_simple: bool, key: str) -> Reply:
    """What is said to it, above the question that is asked or the menu."""
    residents.simplify(chat.tx, chat.resident.id, is_simple, None if is_simple else chat.now)
    chat = replace(chat, resident=replace(chat.resident, is_simple=is_simple))
    if form := shown_last(chat).form:
        return _in_form(chat, form, partial(steps.ask_again, problem=key))
    return replace(show_menu(chat), text=chat.text(key))


def _in_form(chat: Chat, form: str, step: Callable[[Chat, str, int], Reply]) -> Reply:
    """A step in a form, whosever it is."""
    whose, (name, subject) = represented.split(form)[0], steps.named(form)
    return on_behalf.run(chat, whose, lambda theirs: step(theirs, name, subject))

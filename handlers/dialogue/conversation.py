"""What a resident said, and the reply to it."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from handlers.dialogue import form_steps
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply, from_json
from handlers.dialogue.router import Action, Route, router
from handlers.language.answers import Unparsed, one_of
from handlers.language.hidden_numbers import MASK, contains_resident_number
from handlers.language.phrases import squeeze
from storage import drafts, inbox

_heard_label = lru_cache(4096)(squeeze)  # labels are said again and again; what residents type isn't kept
RESIDENT_NUMBER = "answers.resident_number"
CONTACT = "contact"
RESTS_AFTER = timedelta(hours=6)  # what is typed later than this is no answer to the question that stands there
FORM_WORDS = {
    "back": ("뒤로", "이전", "back"),
    "leave": ("취소", "그만", "그만두기", "나가기", "나중에", "cancel", "stop", "later"),
    "skip": ("건너뛰기", "넘어가기", "패스", "skip", "pass"),
}
_FORM_WORDS = {squeeze(word): step for step, words in FORM_WORDS.items() for word in words}


@dataclass(frozen=True)
class Said:
    """A text that was typed, a path that was pressed, or something else (`other`: sticker, voice, edited …).

    Their own contact that somebody sends has its number in `text`.
    """

    text: str = ""
    path: str = ""
    other: str = ""


@dataclass(frozen=True)
class Screen:
    """What this chat saw last; it rests when that was long ago."""

    reply: Reply
    rests: bool


Search = Callable[[Chat, str], Reply]

# What is done with a text has no path, for a path can't carry one.
_TYPED = Route("forms/{name}/{subject}/typed", form_steps.type_answer, writes=True)
_WRONG = Route("forms/{name}/{subject}/wrong", form_steps.ask_again, writes=True)
_REFUSED = Route("refused", lambda chat, key: chat.refusal(Refused(key)), writes=False)
_OTHER = Route("other", lambda chat, kind: chat.page(f"other.{kind}"), writes=False)
_search: list[Route] = []


def otherwise(search: Search) -> Search:
    """Register what answers a text that nothing else understands; it must only read."""
    _search[:] = [Route("search", search, writes=False)]
    return search


def respond(chat: Chat, said: Said, can_write: bool) -> Reply | None:
    """The reply, or None when it takes a transaction that can write. Any exception is a bug and leaves no effect."""
    action = _action(chat, said)
    if action.route.writes and not can_write:
        return None
    try:
        with chat.tx.begin_nested() if action.route.writes else nullcontext():
            reply = action.run(chat)
    except Refused as refused:
        return _offering_to_go_on(chat, chat.refusal(refused))
    return reply if action.route.template.startswith("forms/") else _offering_to_go_on(chat, reply)


def _offering_to_go_on(chat: Chat, reply: Reply) -> Reply:
    draft = drafts.latest(chat.tx, chat.resident.id)
    path = f"forms/{draft.form}/{draft.subject}" if draft else ""
    if draft is None or any(button.path == path for button in reply.all_buttons):
        return reply
    return reply.with_links(Button(chat.text(f"forms.{draft.form}.go_on"), path))


def _action(chat: Chat, said: Said) -> Action:
    """What was asked for."""
    if said.other == CONTACT and said.text and _screen(chat).reply.own_number:
        return _typed(chat, said.text)
    if said.other:
        return Action(_OTHER, {"kind": said.other})
    if said.path:
        return router.at(said.path) or Action(_REFUSED, {"key": "help.unknown_button"})
    return _typed(chat, said.text)


def _typed(chat: Chat, text: str) -> Action:
    screen = _screen(chat)
    if MASK in text or contains_resident_number(text):
        return _in_form(screen, _WRONG, problem=RESIDENT_NUMBER) or Action(_REFUSED, {"key": RESIDENT_NUMBER})
    action = _command(text) or _labelled(screen, text) or _form_word(screen, text) or router.meant(text)
    if action and action.route.handler is not form_steps.tick_choice:  # typed, the label of a tick is the whole answer
        return action
    answer = _in_form(screen, _TYPED, text=text)
    return answer or _numbered(screen, text) or Action(_search[0], {"text": text})


def _in_form(screen: Screen, route: Route, **values: str) -> Action | None:
    if not screen.reply.form or screen.rests:
        return None
    name, subject = screen.reply.form.split("/")
    return Action(route, {"name": name, "subject": int(subject), **values})


def _screen(chat: Chat) -> Screen:
    last = inbox.last_screen(chat.tx, chat.channel, chat.address)
    if last is None:
        return Screen(Reply(""), True)
    return Screen(from_json(last[0]), chat.now - last[1] > RESTS_AFTER)


def _command(text: str) -> Action | None:
    """A command with its argument: "/start c42" is the path start/c42."""
    return router.at("/".join(text[1:].split())) if text.startswith("/") else None


def _labelled(screen: Screen, text: str) -> Action | None:
    heard = squeeze(text)
    labels = {_heard_label(button.label): button.path for button in reversed(screen.reply.all_buttons) if button.path}
    return router.at(labels[heard]) if heard in labels else None


def _form_word(screen: Screen, text: str) -> Action | None:
    step = _FORM_WORDS.get(squeeze(text))
    return router.at(f"forms/{screen.reply.form}/{step}") if step and screen.reply.form else None


def _numbered(screen: Screen, text: str) -> Action | None:
    choices = [(button.path, "") for button in screen.reply.choices]
    try:
        return router.at(one_of(choices)(text))
    except Unparsed:
        return None

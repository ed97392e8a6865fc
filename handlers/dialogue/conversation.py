"""What a resident said, and the reply to it."""

from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace

from handlers.dialogue import on_behalf, simple, typed
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms import kinds
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import Action, Route, router
from handlers.dialogue.screen import seen
from handlers.language.answers import Unparsed
from handlers.language.phones import mobile
from storage.dialogue import drafts
from storage.people import represented
from storage.people.finding import persons

CONTACT, VOICE = "contact", "voice"


@dataclass(frozen=True)
class Said:
    """A text that was typed, a path that was pressed, or something else (`other`: sticker, voice, edited …).

    Their own contact that somebody sends has its number in `text`.
    """

    text: str = ""
    path: str = ""
    other: str = ""


Note = Callable[[Chat, Reply, bool], Reply | None]

_OTHER = Route("other", lambda chat, kind: chat.page(f"other.{kind}"), writes=False)
_note: list[Note] = []


def when_unfound(note: Note) -> Note:
    """Register what is done where the search found nothing: it gives the whole reply, or None until it can write."""
    _note[:] = [note]
    return note


def respond(chat: Chat, said: Said, can_write: bool) -> Reply | None:
    """The reply, or None when it takes a transaction that can write. Any exception is a bug and leaves no effect."""
    action = _action(chat, said)
    if action.route.writes and not can_write:
        return None
    reply = _answered(chat, said, action, can_write)
    if reply is None:
        return None
    if said.text and _is_not_for_here(chat, action):
        reply = replace(reply, forgets=True)
    if said.other == VOICE:
        reply = _showing_how_to_speak(chat, reply)
    return simple.suited(chat, reply, action.route.template, said.path)


def _answered(chat: Chat, said: Said, action: Action, can_write: bool) -> Reply | None:
    try:
        with chat.tx.begin_nested() if action.route.writes else nullcontext():
            if said.other == CONTACT and action.route is typed.TYPED and not chat.traits.asks_on_page:
                _note_proof(chat, said.text)
            if action.whose and action.route.writes:
                represented.lock(chat.tx, chat.channel, chat.address, action.whose)
            reply = action.run(chat)
    except Refused as refused:
        return _offering_to_go_on(chat, chat.refusal(refused))
    if action.route.template.startswith(("forms/", simple.PARTS)):
        return reply
    noted = _noted(chat, reply, can_write)
    return noted and _offering_to_go_on(chat, noted)


def _is_not_for_here(chat: Chat, action: Action) -> bool:
    """Whether something was told here that is asked on a page of ours."""
    to_form = action.route in (typed.TYPED, typed.WRONG, typed.DOUBT)
    return action.route is typed.NOT_HERE or (to_form and kinds.is_elsewhere(chat, action.values["name"]))


def _noted(chat: Chat, reply: Reply, can_write: bool) -> Reply | None:
    """What is said beside a form, or just after it was left, may be an answer still."""
    if not (reply.unfound and _note):
        return reply
    screen = seen(chat)
    return reply if screen.form or screen.reply.left else _note[0](chat, reply, can_write)


def _showing_how_to_speak(chat: Chat, reply: Reply) -> Reply:
    """Their keyboard can write what they say; who would rather talk is called, or calls."""
    picture = "dictation" if chat.traits.shows_pictures else ""
    return replace(reply, picture=picture, links=(chat.button("callback", "callback"), *reply.links))


def _note_proof(chat: Chat, number: str) -> None:
    """The channel vouches that a contact is the sender's own; what is typed is only told."""
    with suppress(Unparsed):
        persons.prove(chat.tx, chat.resident.id, mobile(number))


def _offering_to_go_on(chat: Chat, reply: Reply) -> Reply:
    everybody = {each.resident.id: each for each in on_behalf.everybody(chat)}
    draft = drafts.latest(chat.tx, list(everybody))
    if draft is None:
        return reply
    whose = everybody[draft.resident_id]
    link = on_behalf.labelled(whose, chat.text(f"forms.{draft.form}.go_on"), f"forms/{draft.form}/{draft.subject}")
    return reply if any(button.path == link.path for button in reply.all_buttons) else reply.with_links(link)


def _action(chat: Chat, said: Said) -> Action:
    """What was asked for."""
    if said.other == CONTACT and said.text and seen(chat).reply.own_number:
        return typed.action(chat, said.text)
    if said.other == CONTACT and chat.traits.asks_on_page:
        return typed.told_on_page(chat, said.text) or Action(typed.NOT_HERE, {})
    if said.other:
        problem = f"other.{said.other}_in_form" if said.other == "sticker" else f"other.{said.other}"
        return typed.in_form(seen(chat), typed.WRONG, problem=problem) or Action(_OTHER, {"kind": said.other})
    if said.path:
        return router.at(said.path) or Action(typed.REFUSED, {"key": "help.unknown_button"})
    return typed.action(chat, said.text)

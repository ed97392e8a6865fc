"""What a resident said, and the reply to it."""

from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from handlers.dialogue import on_behalf, simple, told
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms import kinds
from handlers.dialogue.forms import steps as form_steps
from handlers.dialogue.forms.form import Question
from handlers.dialogue.reply import Reply, from_json
from handlers.dialogue.router import Action, Route, router
from handlers.language.answers import Unparsed, agreement, one_of
from handlers.language.hidden_numbers import MASK, contains_resident_number
from handlers.language.phones import contains_mobile, mobile
from handlers.language.phrases import squeeze
from handlers.language.stopping import is_legal_word
from storage.dialogue import drafts, inbox
from storage.people import represented
from storage.people.finding import persons

_heard_label = lru_cache(4096)(squeeze)  # labels are said again and again; what residents type isn't kept
RESIDENT_NUMBER = "answers.resident_number"
RESTS_AFTER = timedelta(hours=6)  # after so long it is said what a typed answer was taken for
CONTACT, VOICE = "contact", "voice"
FORM_WORDS = {
    "back": ("뒤로", "back"),
    "leave": ("그만두기", "그만", "그만둘래요", "그만둘게요", "안 할래요", "나가기", "stop"),
    "skip": ("건너뛰기", "넘어가기", "skip"),
}
# These may be answers too, where anything may be typed, and may mean something else once something else was shown.
LOOSE_WORDS = {
    "back": ("이전",),
    "leave": ("취소", "나중에", "cancel", "later"),
    "skip": ("패스", "pass"),
}
_FORM_WORDS = {squeeze(word): step for step, words in FORM_WORDS.items() for word in words}
_LOOSE_WORDS = {squeeze(word): step for step, words in LOOSE_WORDS.items() for word in words}


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
    """What this chat saw last, and the form whose question is the newest thing that a form showed here.

    It is named "enroll/42", and "for/7/enroll/42" where it is filled in for somebody else.
    That question stands aside when something else was shown since, or when hours have passed.
    """

    reply: Reply
    form: str = ""
    is_old: bool = False
    at: datetime | None = None

    @property
    def whole(self) -> Reply:
        """With what stands on its other parts."""
        return self.reply.whole or self.reply

    @property
    def is_aside(self) -> bool:
        return self.is_old or self.reply.form != self.form


Search = Callable[[Chat, str], Reply]
Note = Callable[[Chat, Reply, bool], Reply | None]

# What is done with a text has no path, for a path can't carry one.
_TYPED = Route("forms/{name}/{subject}/typed", form_steps.type_answer, writes=True)
_WRONG = Route("forms/{name}/{subject}/wrong", form_steps.ask_again, writes=True)
_DOUBT = Route("forms/{name}/{subject}/doubt", form_steps.ask_to_go_on, writes=True)
_REFUSED = Route("refused", lambda chat, key: chat.refusal(Refused(key)), writes=False)
_NOT_HERE = Route("not_here", lambda chat: chat.page("own_page.not_here"), writes=True)
_OTHER = Route("other", lambda chat, kind: chat.page(f"other.{kind}"), writes=False)
_search: list[Route] = []
_is_of_its_own: list[Callable[[Chat, str], bool]] = []
_note: list[Note] = []
_untaken: list[Callable[[Chat, str], str]] = []


def otherwise(is_of_its_own: Callable[[Chat, str], bool]) -> Callable[[Search], Search]:
    """Register what answers a text that nothing else understands, and what tells if it surely means something.

    Both must only read.
    """

    def register(search: Search) -> Search:
        _search[:] = [Route("search", search, writes=False)]
        _is_of_its_own[:] = [is_of_its_own]
        return search

    return register


def before_search(read: Callable[[Chat, str], str]) -> Callable[[Chat, str], str]:
    """Register what reads a path, or "", from a text that is no phrase and no answer to a form. It must only read."""
    _untaken.append(read)
    return read


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
            if said.other == CONTACT and action.route is _TYPED and not chat.traits.asks_on_page:
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
    to_form = action.route in (_TYPED, _WRONG, _DOUBT)
    return action.route is _NOT_HERE or (to_form and kinds.is_elsewhere(chat, action.values["name"]))


def _noted(chat: Chat, reply: Reply, can_write: bool) -> Reply | None:
    """What is said beside a form, or just after it was left, may be an answer still."""
    if not (reply.unfound and _note):
        return reply
    screen = _screen(chat)
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
    if said.other == CONTACT and said.text and _screen(chat).reply.own_number:
        return _typed(chat, said.text)
    if said.other == CONTACT and chat.traits.asks_on_page:
        return _told_on_page(chat, said.text) or Action(_NOT_HERE, {})
    if said.other:
        problem = f"other.{said.other}_in_form" if said.other == "sticker" else f"other.{said.other}"
        return _in_form(_screen(chat), _WRONG, problem=problem) or Action(_OTHER, {"kind": said.other})
    if said.path:
        return router.at(said.path) or Action(_REFUSED, {"key": "help.unknown_button"})
    return _typed(chat, said.text)


def _typed(chat: Chat, text: str) -> Action:
    screen = _screen(chat)
    if MASK in text or contains_resident_number(text):
        asked = _told_on_page(chat, text) or _in_form(screen, _WRONG, problem=RESIDENT_NUMBER)
        return asked or Action(_REFUSED, {"key": RESIDENT_NUMBER})
    if chat.traits.asks_on_page and contains_mobile(text) and not screen.reply.own_number:
        return _told_on_page(chat, text) or Action(_NOT_HERE, {})
    newer = told.since(chat, screen.at)  # as it is read below the screen
    action = _command(text) or (newer and _labelled(Screen(newer), text)) or _labelled(screen, text)
    action = action or (None if newer else _agreed(screen, text))
    if action and action.route.handler is not form_steps.tick_choice:  # typed, the label of a tick is the whole answer
        return action
    meant = _beside_form(chat, screen, text) if screen.form else router.meant(text) or _numbered(screen, text)
    answer = _in_form(screen, _TYPED, text=text, is_aside=screen.is_aside)
    return meant or answer or _read(chat, text) or Action(_search[0], {"text": text})


def _read(chat: Chat, text: str) -> Action | None:
    path = next(filter(None, (read(chat, text) for read in _untaken)), "")
    return router.at(path) if path else None


def _told_on_page(chat: Chat, text: str) -> Action | None:
    """Where a form asks on a page of ours, that is said."""
    screen = _screen(chat)
    is_asked = screen.form and kinds.is_elsewhere(chat, form_steps.named(screen.form)[0])
    return _in_form(screen, _TYPED, text=text) if is_asked else None


def _beside_form(chat: Chat, screen: Screen, text: str) -> Action | None:
    """What a text means that is typed while a form asks something, unless it is the answer."""
    word, meant = _form_word(screen, text), router.meant(text)
    if not (word or meant or screen.is_aside):
        return None
    theirs = on_behalf.find(chat, represented.split(screen.form)[0])
    asked = form_steps.asked_now(theirs, *form_steps.named(screen.form)) if theirs else None
    if asked and asked.takes_anything:
        return (_firm_word(screen, text) or _in_law(text)) or (
            _doubted(chat, screen, text, asked) if screen.is_aside else None
        )
    if word or meant:
        return word or (None if asked and asked.names(text) else meant)
    return _doubted(chat, screen, text, asked)


def _doubted(chat: Chat, screen: Screen, text: str, asked: Question | None) -> Action | None:
    """Of a question that stands aside: what else is meant, or the question once more; None for its answer."""
    is_answer = asked is not None and form_steps.is_answer(asked, text)
    other = _numbered(screen, text) if screen.reply.form != screen.form else None
    if other is None and not (asked and asked.takes_anything):
        other = Action(_search[0], {"text": text}) if _is_of_its_own[0](chat, text) else None
    if is_answer and not other:
        return None
    return other if other and not is_answer else _in_form(screen, _DOUBT)


def _in_form(screen: Screen, route: Route, **values: Any) -> Action | None:
    if not screen.form:
        return None
    name, subject = form_steps.named(screen.form)
    return Action(route, {"name": name, "subject": subject, **values}, represented.split(screen.form)[0])


def shown_last(chat: Chat) -> Reply:
    """What this chat saw last; nothing after some hours."""
    screen = _screen(chat)
    return Reply("") if screen.is_old else screen.reply


def _screen(chat: Chat) -> Screen:
    """As it was when this message came."""
    here = (_screen, chat.resident.id)
    if here not in chat.known:
        chat.known[here] = _read_screen(chat)
    screen: Screen = chat.known[here]
    return screen


def _read_screen(chat: Chat) -> Screen:
    last = inbox.last_screen(chat.tx, chat.channel, chat.address)
    if last is None:
        return Screen(Reply(""))
    reply, is_old = from_json(last[0]), chat.now - last[1] > RESTS_AFTER
    return Screen(reply, reply.form if reply.form and not is_old else _asked_before(chat), is_old, last[1])


def _asked_before(chat: Chat) -> str:
    """The form that asked here last, if it wasn't left and its draft is still there."""
    written = inbox.last_in_form(chat.tx, chat.channel, chat.address)
    form = from_json(written).form if written else ""
    whose = represented.split(form)[0] or chat.resident.id
    return form if form and drafts.find(chat.tx, whose, *form_steps.named(form)) else ""


def _command(text: str) -> Action | None:
    """A command with its argument: "/start c42" is the path start/c42."""
    return router.at("/".join(text[1:].split())) if text.startswith("/") else None


def _labelled(screen: Screen, text: str) -> Action | None:
    heard = squeeze(text)
    buttons = [*screen.reply.all_buttons, *(screen.whole.all_buttons if screen.reply.whole else ())]
    labels = {_heard_label(button.label): button.path for button in reversed(buttons) if button.path}
    return router.at(labels[heard]) if heard in labels else None


def _agreed(screen: Screen, text: str) -> Action | None:
    """A plain yes or no, to a screen that asks whether to do something for good."""
    buttons = screen.whole.buttons
    if (
        screen.reply.form
        or screen.is_old
        or len(buttons) != 2
        or not any(each.path.endswith("/yes") for each in buttons)
    ):
        return None
    try:
        is_yes = agreement(text)
    except Unparsed:
        return None
    return next(router.at(button.path) for button in buttons if button.path.endswith("/yes") == is_yes)


def _form_word(screen: Screen, text: str) -> Action | None:
    step = _FORM_WORDS.get(squeeze(text)) or (None if screen.is_aside else _LOOSE_WORDS.get(squeeze(text)))
    return _step(screen, step)


def _firm_word(screen: Screen, text: str) -> Action | None:
    return _step(screen, _FORM_WORDS.get(squeeze(text)))


def _step(screen: Screen, step: str | None) -> Action | None:
    """The step; back from something else, or past it, is to the question."""
    if step is None:
        return None
    steps = () if screen.is_aside and step != "leave" else (step,)
    return router.at(on_behalf.form_path(screen.form, *steps))


def _in_law(text: str) -> Action | None:
    return router.meant(text) if is_legal_word(text) else None


def _numbered(screen: Screen, text: str) -> Action | None:
    choices = [(button.path, "") for button in screen.whole.choices]
    try:
        return router.at(one_of(choices)(text))
    except Unparsed:
        return None

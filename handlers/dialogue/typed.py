"""What a text asks for that was typed: a label, an answer, a step of the form, a phrase, or else the search."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from handlers.dialogue import on_behalf, told
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms import kinds, steps
from handlers.dialogue.forms.form import Question
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import Action, Route, router
from handlers.dialogue.screen import Screen, seen
from handlers.language.answers import Unparsed, agreement, one_of
from handlers.language.hidden_numbers import MASK, contains_resident_number
from handlers.language.names import tells_name
from handlers.language.phones import contains_mobile
from handlers.language.phrases import squeeze
from handlers.language.stopping import is_legal_word
from storage.people import represented

_SENTENCE = 3  # words, from which a text may be one
_heard_label = lru_cache(4096)(squeeze)  # labels are said again and again; what residents type isn't kept
RESIDENT_NUMBER = "answers.resident_number"
FORM_WORDS = {
    "back": ("뒤로", "뒤로 가기", "뒤로 갈래요", "뒤로 갈게요", "뒤로 가", "back"),
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

Search = Callable[[Chat, str], Reply]

# What is done with a text has no path, for a path can't carry one.
TYPED = Route("forms/{name}/{subject}/typed", steps.type_answer, writes=True)
WRONG = Route("forms/{name}/{subject}/wrong", steps.ask_again, writes=True)
DOUBT = Route("forms/{name}/{subject}/doubt", steps.ask_to_go_on, writes=True)
REFUSED = Route("refused", lambda chat, key: chat.refusal(Refused(key)), writes=False)
NOT_HERE = Route("not_here", lambda chat: chat.page("own_page.not_here"), writes=True)
_search: list[Route] = []
_is_of_its_own: list[Callable[[Chat, str], bool]] = []
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


def action(chat: Chat, text: str) -> Action:
    """What it asks for."""
    screen = seen(chat)
    if MASK in text or contains_resident_number(text):
        asked = told_on_page(chat, text) or in_form(screen, WRONG, problem=RESIDENT_NUMBER)
        return asked or Action(REFUSED, {"key": RESIDENT_NUMBER})
    if chat.traits.asks_on_page and contains_mobile(text) and not screen.reply.own_number:
        return told_on_page(chat, text) or Action(NOT_HERE, {})
    newer = told.since(chat, screen.at)  # as it is read below the screen
    pressed = _command(text) or (newer and _labelled(Screen(newer), text)) or _labelled(screen, text)
    pressed = pressed or (None if newer else _agreed(screen, text))
    if pressed and pressed.route.handler is not steps.tick_choice:  # typed, the label of a tick is the whole answer
        return pressed
    meant = _beside_form(chat, screen, text) if screen.form else router.meant(text) or _numbered(screen, text)
    answer = in_form(screen, TYPED, text=text, is_aside=screen.is_aside)
    return meant or answer or _read(chat, text) or Action(_search[0], {"text": text})


def _read(chat: Chat, text: str) -> Action | None:
    path = next(filter(None, (read(chat, text) for read in _untaken)), "")
    return router.at(path) if path else None


def told_on_page(chat: Chat, text: str) -> Action | None:
    """Where a form asks on a page of ours, that is said."""
    screen = seen(chat)
    is_asked = screen.form and kinds.is_elsewhere(chat, steps.named(screen.form)[0])
    return in_form(screen, TYPED, text=text) if is_asked else None


def _beside_form(chat: Chat, screen: Screen, text: str) -> Action | None:
    """What a text means that is typed while a form asks something, unless it is the answer."""
    word, meant = _form_word(screen, text), router.meant(text)
    if not (word or meant or screen.is_aside or len(text.split()) >= _SENTENCE):
        return None
    theirs = on_behalf.find(chat, represented.split(screen.form)[0])
    asked = steps.asked_now(theirs, *steps.named(screen.form)) if theirs else None
    if not (word or meant or screen.is_aside):
        return _said_instead(chat, text, asked)
    if asked and asked.takes_anything:
        return (_firm_word(screen, text) or _in_law(text)) or (
            _doubted(chat, screen, text, asked) if screen.is_aside else None
        )
    if word or meant:
        return word or (None if asked and asked.names(text) else meant)
    return _doubted(chat, screen, text, asked)


def _said_instead(chat: Chat, text: str, asked: Question | None) -> Action | None:
    """What a sentence surely means where nearly anything would be read as the answer; a question is the form's."""
    if asked is None or not asked.is_loose or tells_name(text) or steps.asks_back(asked, text):
        return None
    return Action(_search[0], {"text": text}) if _is_of_its_own[0](chat, text) else None


def _doubted(chat: Chat, screen: Screen, text: str, asked: Question | None) -> Action | None:
    """Of a question that stands aside: what else is meant, or the question once more; None for its answer."""
    is_answer = asked is not None and steps.is_answer(asked, text)
    other = _numbered(screen, text) if screen.reply.form != screen.form else None
    if other is None and not (asked and asked.takes_anything):
        other = Action(_search[0], {"text": text}) if _is_of_its_own[0](chat, text) else None
    if is_answer and not other:
        return None
    return other if other and not is_answer else in_form(screen, DOUBT)


def in_form(screen: Screen, route: Route, **values: Any) -> Action | None:
    if not screen.form:
        return None
    name, subject = steps.named(screen.form)
    return Action(route, {"name": name, "subject": subject, **values}, represented.split(screen.form)[0])


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
    rest = () if screen.is_aside and step != "leave" else (step,)
    return router.at(on_behalf.form_path(screen.form, *rest))


def _in_law(text: str) -> Action | None:
    return router.meant(text) if is_legal_word(text) else None


def _numbered(screen: Screen, text: str) -> Action | None:
    choices = [(button.path, "") for button in screen.whole.choices]
    try:
        return router.at(one_of(choices)(text))
    except Unparsed:
        return None

"""A Reply as KakaoTalk shows it: SkillResponse 2.0, on as many pages as its limits ask for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.kakao import cards
from bot.channels.kakao.cards import CARD_BUTTONS, Output, Writing, evenly
from bot.channels.kakao.labels import LABEL, pieces, shortened
from handlers.dialogue.reply import Button, Card, Missed, Reply
from handlers.language.letters.widths import units

Response = dict[str, Any]
Page = tuple[Sequence[Output], Sequence[Output]]  # bubbles, and the quick replies below them

BUBBLES = 3
QUICK_REPLIES = 10


@dataclass(frozen=True)
class Screen:
    """A whole reply: its bubbles, and the buttons that no card carries."""

    bubbles: Sequence[Output]
    buttons: Sequence[Button]


def pages(reply: Reply, key: str, file_url: str, writing: Writing) -> list[Response]:
    """What is shown first, and what "더 보기" leads to; `key` is that of the message that is answered."""
    links = [each for button in reply.all_buttons if button.url for each in _opened(button, writing)]
    if reply.file:
        links.insert(0, Button(writing.say("web.file"), url=file_url))
    last_words = (_texts(reply.text) or _texts(writing.say("kakao.choose")))[-1]
    paged = list(_pages(_screen(reply, links, writing), last_words, key, writing))
    return [_response(bubbles, quick_replies) for bubbles, quick_replies in paged]


def in_words(text: str, *quick_replies: Output) -> Response:
    """An answer of a few words."""
    return _response(_texts(text)[:BUBBLES], quick_replies)


def quick_reply(label: str, extra: dict[str, Any], writing: Writing) -> Output:
    return {"label": label, "action": "block", "blockId": writing.block_id, "messageText": label, "extra": extra}


def told_on(shown: Sequence[Response], reply: Reply) -> list[Missed]:
    """The missed notices of a reply that are read whole on these pages of it."""
    seen = _squeezed("".join(_said(shown))) if reply.missed else ""
    return [each for each in reply.missed if _squeezed(each.text) in seen]


def _said(written: Any) -> Iterator[str]:
    if isinstance(written, str):
        yield written
    elif isinstance(written, dict | list | tuple):
        for value in written.values() if isinstance(written, dict) else written:
            yield from _said(value)


def _squeezed(text: str) -> str:
    """Pages break lines, and join words."""
    return re.sub(r"[\s\u2060]+", "", text)


def _opened(button: Button, writing: Writing) -> Iterator[Button]:
    """A card is sent on as it is: who gets it opens it by a link of its own."""
    yield button
    if button.shared_text:
        yield Button(writing.say("kakao.look"), url=button.url)


def _telling_long_labels(reply: Reply) -> Reply:
    """What a button would cut is read above it: in the row of a list, with those before it lest numbers change."""
    long = [at for at, button in enumerate(reply.buttons, 1) if units(button.label) > LABEL and button.path]
    if not long or reply.cards or reply.form:
        return reply
    told = reply.buttons[: long[-1]]
    if len(told) == 1:
        is_told = told[0].label in reply.text
        return reply if is_told else replace(reply, text=f"{reply.text}\n\n• {told[0].label}")
    rows = tuple(Card(button.label, button=button) for button in told)
    return replace(reply, cards=rows, buttons=reply.buttons[len(told) :])


def _screen(reply: Reply, links: Sequence[Button], writing: Writing) -> Screen:
    reply = _telling_long_labels(reply)
    if cards.are_rows(reply.cards):
        bubbles = [
            *_texts(reply.text),
            *cards.lists(reply.cards, reply.before + 1, writing),
            *_link_cards(links, writing),
        ]
        return Screen(bubbles, _with_paths(reply.buttons, reply.links))
    if len(reply.cards) == 1:
        return _with_card(reply, reply.cards[0], links, writing)
    text = _joined(reply.text, *_numbered(reply))
    buttons = _with_paths(_numbered_buttons(reply), reply.buttons, reply.links)
    if links and cards.fits_text_card("", text):
        door = cards.text_card("", text, links[:CARD_BUTTONS], writing)
        return Screen([door, *_link_cards(links[CARD_BUTTONS:], writing)], buttons)
    return Screen([*_texts(text), *_link_cards(links, writing)], buttons)


def _with_card(reply: Reply, card: Card, links: Sequence[Button], writing: Writing) -> Screen:
    choices = [_beside(card, button, writing) for button in _with_paths(reply.choices)]
    quick = _with_paths(reply.links)
    on_card: Sequence[Button] = [*choices, *links]
    if len(on_card) > CARD_BUTTONS:
        on_card, quick = links[:CARD_BUTTONS], [*choices, *quick]
    items, all_of_it = cards.items(card), cards.below_title(card)
    if items:
        rest = replace(card, facts=tuple(fact for fact in card.facts if fact not in items))
        words = _joined(reply.text, cards.below_title(rest))
        bubbles = [*_texts(words), cards.item_card(card.title, items, on_card, writing)]
    elif cards.fits_text_card(card.title, all_of_it):
        bubbles = [*_texts(reply.text), cards.text_card(card.title, all_of_it, on_card, writing)]
    else:
        words = _joined(reply.text, cards.plain(card))
        return Screen([*_texts(words), *_link_cards(links, writing)], _with_paths(reply.choices, reply.links))
    return Screen([*bubbles, *_link_cards(links[CARD_BUTTONS:], writing)], quick)


def _beside(card: Card, button: Button, writing: Writing) -> Button:
    """A label that would only repeat the beginning of the title above it gives way to one that is whole."""
    repeats = button.label == card.title and units(button.label) > LABEL
    return replace(button, label=writing.say("kakao.look")) if repeats else button


def _pages(screen: Screen, last_words: Output, key: str, writing: Writing) -> Iterator[Page]:
    more, from_start = writing.say("kakao.more"), writing.say("kakao.from_start")
    turns = [more, from_start] if len(screen.bubbles) > BUBBLES or len(screen.buttons) > QUICK_REPLIES else []
    labels = shortened([*turns, *(button.label for button in screen.buttons)])[len(turns) :]
    quick = [cards.pressed(label, button, writing) for label, button in zip(labels, screen.buttons, strict=True)]
    parts = [quick] if len(quick) <= QUICK_REPLIES else list(evenly(quick, QUICK_REPLIES - 1))
    bubbles = screen.bubbles or [last_words]
    *before, newest = [bubbles[at : at + BUBBLES] for at in range(0, len(bubbles), BUBBLES)]
    shown: list[Page] = [*((some, ()) for some in before), (newest, parts[0]), *(([last_words], p) for p in parts[1:])]
    for number, (some, below) in enumerate(shown, 1):
        turn = []
        if number < len(shown):
            turn = [quick_reply(more, {"more": key, "page": number}, writing)]
        elif len(parts) > 1:
            turn = [quick_reply(from_start, {"more": key, "page": len(before)}, writing)]
        yield some, [*below, *turn]


def _response(bubbles: Sequence[Output], quick_replies: Sequence[Output]) -> Response:
    shown: dict[str, Any] = {"outputs": list(bubbles)}
    if quick_replies:
        shown["quickReplies"] = list(quick_replies)
    return {"version": "2.0", "template": shown}


def _texts(text: str) -> list[Output]:
    return [{"simpleText": {"text": piece}} for piece in pieces(text)]


def _link_cards(links: Sequence[Button], writing: Writing) -> Iterator[Output]:
    """Cards for links: quick replies can't be any."""
    for some in evenly(links, CARD_BUTTONS):
        yield cards.text_card("", writing.say("kakao.open"), some, writing)


def _joined(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _with_paths(*groups: Sequence[Button]) -> list[Button]:
    return [button for group in groups for button in group if button.path]


def _numbered(reply: Reply) -> Iterator[str]:
    number = reply.before
    for card in reply.cards:
        number += bool(card.button)
        yield cards.plain(card, f"{number}. " if card.button else "")


def _numbered_buttons(reply: Reply) -> list[Button]:
    buttons = (card.button for card in reply.cards if card.button)
    return [
        replace(button, label=f"{number}. {button.label}") for number, button in enumerate(buttons, reply.before + 1)
    ]

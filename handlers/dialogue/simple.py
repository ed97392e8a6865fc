"""Simple mode: a reply part by part, so that no screen has more than three things to choose from."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Card, Reply, from_json, to_json
from storage.dialogue import inbox
from storage.people import residents

T = TypeVar("T")

MOST = 3  # things to choose from on a screen
LINKS = 2  # ways to elsewhere below them: to the next part, and out or on
PARTS = "more/"  # begins the paths to the parts of a reply
ALL = "/more"  # ends the paths to all there is to say of something
SETTINGS = ("simple/on", "simple/off")
NOT_AGAIN = timedelta(days=30)  # so long it isn't offered to somebody who declined it
FACTS = 7  # of a card that is only to be read
FOR_THE_RECORDS = ("number", "applied_at")


def suited(chat: Chat, reply: Reply, template: str, path: str) -> Reply:
    """The first part of it, in simple mode; who stumbles for the second time in a row is offered that mode."""
    resident = residents.by_id(chat.tx, chat.resident.id) if template in SETTINGS else chat.resident
    if resident.is_simple:
        is_folded = not template.endswith(ALL)
        return reply if template.startswith(PARTS) else part(chat, reply, part_with(reply, path), is_folded)
    return _offered(chat, reply) if reply.is_stumble and _may_be_offered(chat) else reply


def _may_be_offered(chat: Chat) -> bool:
    declined_at, last = chat.resident.simple_declined_at, inbox.last_screen(chat.tx, chat.channel, chat.address)
    if declined_at and chat.now - declined_at < NOT_AGAIN:
        return False
    return last is not None and from_json(last[0]).is_stumble


def _offered(chat: Chat, reply: Reply) -> Reply:
    offer = chat.button("simple_on", "simple/on"), chat.button("simple_no", "simple/no")
    return replace(reply, text=f"{chat.text('simple.offer')}\n\n{reply.text}", links=(*offer, *reply.links))


def part(chat: Chat, whole: Reply, number: int = 0, is_folded: bool = True) -> Reply:
    """One part of a reply, with a way to the others; the reply itself where it is short enough."""
    details = _details(chat, whole) if is_folded else []
    links, choices = [*details, *whole.links], len(whole.choices)
    if whole.whole or (choices <= MOST and len(links) <= LINKS and not details):
        return whole
    kept = _kept(whole, links)
    others = [link for link in links if link not in kept]
    parts = max(-(-(choices + len(others)) // MOST), 1)
    start = min(number, parts - 1) * MOST
    turn = [_turn(chat, whole, start // MOST, parts)] if parts > 1 else []
    return replace(
        whole if start == 0 else _without_files(whole),
        text=_worded(chat, whole, start // MOST, parts),
        cards=_cards(chat, whole, start, bool(details)),
        buttons=_some(whole.buttons, start - choices + len(whole.buttons)),
        links=(*_some(others, start - choices), *turn, *kept),
        whole=_without_files(whole),
        before=start if start < choices else 0,
    )


def token_of(whole: Reply) -> str:
    """Names a reply among those of its chat."""
    written = json.dumps(to_json(whole), ensure_ascii=False, sort_keys=True)
    return hashlib.blake2s(written.encode(), digest_size=6).hexdigest()


def part_with(whole: Reply, path: str) -> int:
    """The part of a reply where the choice stands that was switched on or off by this path; else the first."""
    switch, _, turn = path.rpartition("/")
    if turn not in ("on", "off"):
        return 0
    paths = [button.path.rpartition("/")[0] for button in whole.choices]
    return paths.index(switch) // MOST if switch in paths else 0


def _details(chat: Chat, whole: Reply) -> list[Button]:
    """The way to all of a card of which only the beginning is shown; what is to be checked or kept is shown whole."""
    is_long = any(len(card.facts) > FACTS for card in whole.cards)
    if not is_long or whole.form or whole.is_receipt:
        return []
    return [chat.button("all_of_card", f"more/{token_of(_without_files(whole))}/all")]


def _kept(whole: Reply, links: Sequence[Button]) -> tuple[Button, ...]:
    """The link that stands on each part: with which a question goes on or back, else to the menu."""
    menu = [link for link in links if link.path == "menu"]
    return tuple(menu or (links[:1] if whole.asks or not whole.form else links[-1:]))


def _turn(chat: Chat, whole: Reply, number: int, parts: int) -> Button:
    is_last = number + 1 == parts
    label, to = ("from_start", 0) if is_last else ("more", number + 1)
    return chat.button(label, f"more/{token_of(_without_files(whole))}/{to}")


def _worded(chat: Chat, whole: Reply, number: int, parts: int) -> str:
    """A question is asked again on each part; what is told is told once."""
    if not whole.form:
        return whole.text if number == 0 else chat.text("simple.part", number=number + 1, parts=parts)
    asked = whole.text if number == 0 else whole.text.rpartition("\n\n")[2]
    is_ticked = any("/tick/" in button.path for button in whole.buttons)
    may_be_said = whole.asks and parts > 1 and not is_ticked
    return f"{asked}\n{chat.text('simple.say_it')}" if may_be_said else asked


def _cards(chat: Chat, whole: Reply, start: int, is_folded: bool) -> tuple[Card, ...]:
    choices = _some([card for card in whole.cards if card.button], start)
    shown = [card for card in whole.cards if card in choices or (start == 0 and not card.button)]
    return tuple(_folded(chat, card) if is_folded and len(card.facts) > FACTS else card for card in shown)


def _folded(chat: Chat, card: Card) -> Card:
    """What decides: first what is asked about, last what is for the records."""
    last = [chat.text(f"facts.{name}") for name in FOR_THE_RECORDS]
    facts = sorted(card.facts, key=lambda fact: fact[0] in last)
    return replace(card, lines=(), facts=tuple(facts[:FACTS]))


def _some(things: Sequence[T], start: int) -> tuple[T, ...]:
    """Those of so many that fall on the part that begins there, which may be before the first of them."""
    return tuple(things[max(start, 0) : max(start + MOST, 0)])


def _without_files(whole: Reply) -> Reply:
    return replace(whole, file=None, picture="", missed=(), is_stumble=False)

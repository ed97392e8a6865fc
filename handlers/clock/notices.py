"""The machinery of notices: what a kind of notice is, who is owed one, and how one is worded when it is sent."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import House
from handlers.dialogue.reply import Reply
from storage import outbox, preferences
from storage.database import Transaction
from storage.outbox import NEWS, SERVICE, URGENT, Owed

TOGETHER = 200  # occasions that are planned in one unit of work


@dataclass(frozen=True)
class Occasion:
    """Something that a notice speaks of: `key` is its part of the notice's key, `who` what the audience is found by.

    `about` is left to an audience that knows better.
    """

    key: str
    about: int
    due_at: datetime
    expires_at: datetime
    who: Mapping[str, Any] = field(default_factory=dict)
    is_urgent: bool = False  # about today: quiet hours don't hold it


Occasions = Callable[[Transaction, House, datetime, datetime], Iterator[Occasion]]
Wording = Callable[[Chat, Owed], Reply | None]


@dataclass(frozen=True)
class Kind:
    """Everything about a kind of notice.

    `occasions` gives those that fall due after one moment and no later than another; `audience` selects PLANNED for
    each of them; `word` speaks of things as they are now, or is None when there is nothing to say any more. `why` is
    the key of what tells why one gets it, where that isn't a choice.
    """

    name: str
    audience: Select[Any]
    occasions: Occasions
    word: Wording
    rank: int = SERVICE
    can_be_muted: bool = False
    why: str = "notices.why.service"

    @property
    def is_news(self) -> bool:
        return self.rank == NEWS


kinds: dict[str, Kind] = {}


def add(kind: Kind) -> None:
    if kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"two kinds of notice named {kind.name}")


Batch = tuple[Kind, list[dict[str, Any]]]


def due(tx: Transaction, house: House, since: datetime, until: datetime) -> list[Batch]:
    """What falls due after `since` and no later than `until`, in batches for one unit of work each."""
    batches = []
    for kind in kinds.values():
        rows = [row for each in kind.occasions(tx, house, since, until) if (row := _row(kind, house, until, each))]
        together = 1 if kind.is_news else TOGETHER  # an occasion of news may concern thousands
        batches += [(kind, rows[at : at + together]) for at in range(0, len(rows), together)]
    return batches


def _row(kind: Kind, house: House, until: datetime, occasion: Occasion) -> dict[str, Any] | None:
    if occasion.expires_at <= until:
        return None  # too old to be sent
    due_at = occasion.due_at if occasion.is_urgent else house.hours.after_quiet_hours(occasion.due_at, house.timezone)
    if due_at >= occasion.expires_at:
        return None
    rank = URGENT if occasion.is_urgent else kind.rank
    spoken = {"occasion": occasion.key, "spoken_of": occasion.about, "due": due_at, "until": occasion.expires_at}
    return {**spoken, "kind": kind.name, "at_rank": rank, **occasion.who}


def word(chat: Chat, owed: Owed) -> Reply | None:
    """The notice as it is said now, or None when it has come to nothing; `chat` is the resident's."""
    kind = kinds.get(owed.kind)
    if kind is None or (kind.can_be_muted and kind.name in preferences.muted(chat.tx, chat.resident.id)):
        return None
    said = kind.word(chat, owed)
    return said and _explained(chat, kind, said)


def _explained(chat: Chat, kind: Kind, said: Reply) -> Reply:
    """Why one gets it and how to stop it."""
    if kind.is_news:
        stop, why = chat.button("stop_news", "news/stop"), chat.text("notices.why.news")
    elif kind.can_be_muted:
        stop, why = chat.button("mute", f"reminders/{kind.name}/off"), chat.text("notices.why.reminder")
    else:
        return replace(said, text=f"{said.text}\n\n{chat.text(kind.why)}")
    return replace(said.with_ways(stop), text=f"{said.text}\n\n{why}")


def are_waiting(chat: Chat) -> bool:
    """Whether something that found no way to this resident is to be told now."""
    return bool(chat.resident.id and outbox.unseen(chat.tx, chat.resident.id, chat.now))


def tell_first(chat: Chat, reply: Reply) -> Reply:
    """The reply, below what found no way to this resident until now; it is told once."""
    waiting = outbox.unseen(chat.tx, chat.resident.id, chat.now)
    worded = [said for each in waiting if (said := word(chat, each))]
    outbox.see(chat.tx, [each.id for each in waiting], chat.now)
    if not worded:
        return reply
    told = "\n\n".join([chat.text("notices.missed"), *map(_in_words, worded), reply.text])
    known = {button.path for button in reply.all_buttons}
    doors = {button.path: button for said in worded for button in said.all_buttons if button.path not in known}
    return replace(reply.with_ways(*doors.values()), text=told)


def _in_words(said: Reply) -> str:
    lines = [said.text]
    for card in said.cards:
        lines += [card.title, *card.lines, *(f"{name}: {value}" for name, value in card.facts)]
    return "\n".join(lines)

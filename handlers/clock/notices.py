"""The machinery of notices: when each kind is owed, to whom, and how one is worded when it is sent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.clock.span import Span
from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Missed, Reply, from_json
from handlers.notices.kinds import KINDS, Kind
from handlers.residents.people import consents
from storage.audit import journal
from storage.audit.journal import Subject
from storage.database import Transaction
from storage.dialogue import inbox
from storage.notices import outbox, visits
from storage.notices.audiences import Audience
from storage.notices.outbox import NEWS, URGENT, Owed
from storage.notices.planning import Planned
from storage.people import preferences

TOGETHER = 200  # occasions that are planned in one unit of work


@dataclass(frozen=True)
class Occasion:
    """Something that a notice speaks of: `key` is its part of the notice's key, `audience` whom it concerns.

    `about` is left to an audience that knows better.
    """

    key: str
    about: int
    due_at: datetime
    expires_at: datetime
    audience: Audience
    is_urgent: bool = False  # about today: quiet hours don't hold it


Occasions = Callable[[Transaction, Organization, Span], Iterator[Occasion]]
Wording = Callable[[Chat, Owed], Reply | None]


@dataclass(frozen=True)
class Rule:
    """When a kind of notice is owed and what it says.

    `occasions` gives those that fall due in a span; `word` speaks of things as they are now, or is None when there is
    nothing to say any more.
    """

    kind: Kind
    occasions: Occasions
    word: Wording


rules: dict[str, Rule] = {}


def add(name: str, occasions: Occasions, word: Wording) -> None:
    """The rule of a kind that is declared in `handlers/notices/kinds.py`."""
    if name in rules:
        raise ValueError(f"two rules for notices of the kind {name}")
    rules[name] = Rule(KINDS[name], occasions, word)


def due(tx: Transaction, organization: Organization, span: Span) -> list[list[Planned]]:
    """What falls due in a span, in batches for one unit of work each."""
    batches = []
    grace = timedelta(minutes=organization.hours.grace_minutes)
    touched = journal.touched_since(tx, span.since - grace)
    for rule in rules.values():
        occasions = (_after(each, touched, rule.kind, span, grace) for each in rule.occasions(tx, organization, span))
        planned = [one for each in occasions if (one := _planned(rule.kind, organization, span, each))]
        together = 1 if rule.kind.rank == NEWS else TOGETHER  # an occasion of news may concern thousands
        batches += [planned[at : at + together] for at in range(0, len(planned), together)]
    return batches


def _after(one: Occasion, touched: Mapping[Subject, datetime], kind: Kind, span: Span, grace: timedelta) -> Occasion:
    """What an officer's act has just touched isn't told before it can't be undone unheard any more."""
    at = touched.get((kind.about, one.about))
    if at is None or one.is_urgent or at + grace <= span.look_at(one.due_at):
        return one
    return replace(one, due_at=max(one.due_at, at + grace))


def _planned(kind: Kind, organization: Organization, span: Span, one: Occasion) -> Planned | None:
    if one.expires_at <= span.look_at(one.due_at):
        return None  # too old to be sent
    due_at = one.due_at if one.is_urgent else organization.hours.after_quiet_hours(one.due_at, organization.timezone)
    if due_at >= one.expires_at:
        return None
    rank = URGENT if one.is_urgent else kind.rank
    return Planned(kind.name, rank, one.key, one.about, due_at, one.expires_at, one.audience)


def without_a_way(
    tx: Transaction, organization: Organization, ways: Sequence[str], now: datetime, limit: int
) -> list[int]:
    """Ids of what is to be told to residents who can't be written to: the night holds back only what is sent."""
    until = organization.hours.after_quiet_hours(now, organization.timezone)
    touched = journal.touched_since(tx, now - timedelta(minutes=organization.hours.grace_minutes))
    found = outbox.without_a_way(tx, ways, until, limit)
    return [each.id for each in found if each.due_at <= now or not _is_touched(each, touched)]


def _is_touched(owed: Owed, touched: Mapping[Subject, datetime]) -> bool:
    return owed.kind in KINDS and (KINDS[owed.kind].about, owed.about) in touched


def word(chat: Chat, owed: Owed) -> Reply | None:
    """The notice as it is said now, or None when it has come to nothing; `chat` is about the resident."""
    rule = rules.get(owed.kind)
    if rule is None or not _is_wanted(chat, rule.kind):
        return None
    worded = rule.word(chat, owed)
    return worded and on_behalf.marked(chat, explained(chat, rule.kind, worded), "on_behalf.notice")


def _is_wanted(chat: Chat, kind: Kind) -> bool:
    """Whatever was owed before: who has opted out or switched it off meanwhile hears no more of it."""
    if kind.purpose and not consents.holds(chat, kind.purpose):
        return False
    return not (kind.can_be_muted and kind.name in preferences.muted(chat.tx, chat.resident.id))


def explained(chat: Chat, kind: Kind, said: Reply) -> Reply:
    """Why one gets it and how to stop it."""
    if kind.purpose:
        stop, why = chat.button("stop_news", "news/stop"), chat.text("notices.why.news")
    elif kind.can_be_muted:
        stop, why = chat.button("mute", f"reminders/{kind.name}/off"), chat.text("notices.why.reminder")
    else:
        return replace(said, text=f"{said.text}\n\n{chat.text(kind.why)}")
    return replace(said.with_links(stop), text=f"{said.text}\n\n{why}")


def are_waiting(chat: Chat) -> bool:
    """Whether something that found no way to somebody of this chat is to be told now."""
    return bool(_waiting(chat))


def tell_first(chat: Chat, reply: Reply) -> Reply:
    """The reply, below what found no way to somebody here until now; it counts as told when the reply has arrived."""
    worded = [(owed.id, word(theirs, owed)) for theirs, owed in _waiting(chat)]
    visits.see(chat.tx, [notice_id for notice_id, said in worded if said is None], chat.now)
    still = visits.tell(chat.tx, [notice_id for notice_id, said in worded if said], chat.now)
    told = [(notice_id, said) for notice_id, said in worded if said and notice_id in still]
    if not told:
        return reply
    missed = tuple(Missed(notice_id, _in_words(said)) for notice_id, said in told)
    text = "\n\n".join([chat.text("notices.missed"), *(each.text for each in missed), reply.text])
    known = {button.path for button in reply.all_buttons}
    next_steps = {button.path: button for _, said in told for button in said.all_buttons if button.path not in known}
    return replace(reply.with_links(*next_steps.values()), text=text, missed=missed).as_receipt()


def _waiting(chat: Chat) -> list[tuple[Chat, Owed]]:
    """With the chat about whom it is for; but for what a reply tells that is on its way here."""
    everybody = [each for each in on_behalf.everybody(chat) if each.resident.id]
    here, now = (chat.channel, chat.address), chat.now
    found = [(each, owed) for each in everybody for owed in visits.unseen(chat.tx, each.resident.id, *here, now)]
    if not found:
        return []
    leaving = (from_json(reply) for reply in inbox.undelivered(chat.tx, chat.channel, chat.address))
    told = {missed.id for reply in leaving for missed in reply.missed}
    return [(theirs, owed) for theirs, owed in found if owed.id not in told]


def _in_words(said: Reply) -> str:
    lines = [said.text]
    for card in said.cards:
        lines += [card.title, *card.lines, *(f"{name}: {value}" for name, value in card.facts)]
    return "\n".join(lines)

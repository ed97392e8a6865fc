"""The digest of job postings: new ones of a resident's fields, daily or weekly, the best five with their reasons."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from handlers.calendar.hours import DAY, days_whose, local
from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.clock.wanted.news import parts
from handlers.dialogue import texts
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from handlers.postings import matching
from handlers.postings.matching import Pool, Wish
from handlers.residents.work.jobs import home, list_card, why, wish_of
from storage.database import Transaction
from storage.engine.kept import Kept
from storage.jobs import wishes
from storage.jobs.posting import Posting
from storage.notices import audiences
from storage.notices.outbox import Owed

MOST = 5
SPARE = 4  # so many times more are looked at, for those that they dismissed
POOLS = 40
MONDAY = 0
SPAN = {"daily": DAY, "weekly": 7 * DAY}


def _digests(rhythm: str, tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    version = texts.say("ko", "consent.jobs.version")
    for day in days_whose(organization.hours.news_at, span.since, span.until, organization.timezone):
        if rhythm == "weekly" and day.weekday() != MONDAY:
            continue
        due_at, ends_at = (
            local(day, clock, organization.timezone)
            for clock in (organization.hours.news_at, organization.hours.quiet_from)
        )
        for part in parts(tx):
            whom = audiences.job_seekers(part, version, rhythm, (due_at - SPAN[rhythm], due_at), day)
            yield Occasion(f"{rhythm}/{day.isoformat()}", day.toordinal(), due_at, ends_at, whom)


def _word(chat: Chat, owed: Owed) -> Reply | None:
    rhythm = wishes.rhythm(chat.tx, chat.resident.id)
    if rhythm is None or owed.kind != f"jobs_{rhythm}":
        return None
    until = local(date.fromordinal(owed.about), chat.organization.hours.news_at, chat.organization.timezone)
    wish = wish_of(chat)
    chosen = choose(chat, wish, until - SPAN[rhythm], until)
    if not chosen:
        return None
    cards = [list_card(chat, each, why(chat, each, wish)) for each in chosen]
    links = [chat.button("jobs", "jobs"), chat.button("job_digest", "jobs/digest")]
    return chat.reply("notices.jobs", cards=cards, links=links)


def choose(chat: Chat, wish: Wish, since: datetime, until: datetime) -> list[Posting]:
    """The best of those first seen in this time, as they are now."""
    pools = [_pool(chat, Asked(field, since, until, chat.today)) for field in sorted(wish.fields)]
    likely = [posting.id for posting in matching.best(pools, wish, SPARE * MOST)]
    found = wishes.wanted(chat.tx, chat.resident.id, likely[:MOST])
    if len(found) < MOST:
        found += wishes.wanted(chat.tx, chat.resident.id, likely[MOST:])
    return [posting for posting in found if posting.is_open(chat.today)][:MOST]


class Asked(NamedTuple):
    """What a pool holds: new postings of a field in a time."""

    field: str
    since: datetime
    until: datetime
    today: date


_pools: Kept[Asked, Pool] = Kept(POOLS)


def _pool(chat: Chat, asked: Asked) -> Pool:
    """Read and weighed once for all who are told of the same; who is told of one reads it anew."""
    return _pools.get(chat.tx, asked, lambda: matching.pool(wishes.new_in(chat.tx, *asked), home(chat)))


for _rhythm in wishes.RHYTHMS:
    notices.add(f"jobs_{_rhythm}", partial(_digests, _rhythm), _word)

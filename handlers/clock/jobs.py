"""The digest of job postings: new ones of a resident's fields, daily or weekly, the best five with their reasons."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from itertools import chain

from handlers.clock import notices
from handlers.clock.news import slices
from handlers.clock.notices import Kind, Occasion
from handlers.dialogue import texts
from handlers.dialogue.chat import Chat, House
from handlers.dialogue.hours import DAY, days_whose, local
from handlers.dialogue.reply import Reply
from handlers.postings import matching
from handlers.postings.matching import Candidate, Match
from handlers.residents import consents
from handlers.residents.jobs import list_card, why, wish_of
from storage import audiences, job_wishes, postings
from storage.database import Transaction
from storage.outbox import NEWS, Owed

MOST = 5
SPARE = 4  # so many times more are looked at, for those that she dismissed
POOLS = 40
MONDAY = 0
SPAN = {"daily": DAY, "weekly": 7 * DAY}


def _digests(rhythm: str, tx: Transaction, house: House, since: datetime, until: datetime) -> Iterator[Occasion]:
    for day in days_whose(house.hours.news_at, since, until, house.timezone):
        if rhythm == "weekly" and day.weekday() != MONDAY:
            continue
        due_at, ends_at = (local(day, clock, house.timezone) for clock in (house.hours.news_at, house.hours.quiet_from))
        who = {"rhythm": rhythm, "version": texts.say("ko", "consent.jobs.version"), **_seen(house, day, rhythm)}
        for part in slices(tx):
            yield Occasion(f"{rhythm}/{day.isoformat()}", day.toordinal(), due_at, ends_at, {**who, **part})


def _seen(house: House, day: date, rhythm: str) -> dict[str, object]:
    """The time in which a posting was first seen that this digest tells of: up to its morning."""
    until = local(day, house.hours.news_at, house.timezone)
    return {"seen_since": until - SPAN[rhythm], "seen_until": until, "open_on": day}


def _word(chat: Chat, owed: Owed) -> Reply | None:
    rhythm = job_wishes.rhythm(chat.tx, chat.resident.id)
    if rhythm is None or not consents.holds(chat, "jobs"):
        return None
    until = local(date.fromordinal(owed.about), chat.house.hours.news_at, chat.house.timezone)
    matches = choose(chat, until - SPAN[rhythm], until)
    if not matches:
        return None
    cards = [list_card(chat, each.posting, why(chat, each)) for each in matches]
    ways = [chat.button("jobs", "jobs"), chat.button("job_digest", "jobs/digest")]
    return chat.reply("notices.jobs", cards=cards, ways=ways)


def choose(chat: Chat, since: datetime, until: datetime) -> list[Match]:
    """The best of those first seen in this time, as they are now."""
    wish = wish_of(chat)
    new = [_pool(chat, job_wishes.new_in(chat.tx, field, since, until, chat.today)) for field in sorted(wish.fields)]
    likely = matching.best(chain.from_iterable(new), wish, SPARE * MOST)
    unwanted = job_wishes.dismissed(chat.tx, chat.resident.id, [each.posting.id for each in likely])
    return [each for each in likely if each.posting.id not in unwanted][:MOST]


Keys = tuple[tuple[int, str], ...]
_pools: OrderedDict[Keys, list[Candidate]] = OrderedDict()  # by id and hash, so that what has changed isn't found here


def _pool(chat: Chat, keys: Keys) -> list[Candidate]:
    """Read and weighed once for all who are told of the same."""
    if keys not in _pools:
        found = postings.with_ids(chat.tx, [posting_id for posting_id, _ in keys])
        _pools[keys] = [matching.candidate(each) for each in found]
        while len(_pools) > POOLS:
            _pools.popitem(last=False)
    return _pools[keys]


for _rhythm in job_wishes.RHYTHMS:
    notices.add(Kind(f"jobs_{_rhythm}", audiences.JOB_SEEKERS, partial(_digests, _rhythm), _word, rank=NEWS))

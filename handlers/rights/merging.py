"""Making two records of one person one, whoever asks for it: seats go on to the line, and both chats are told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from handlers.dialogue.organization import Organization
from handlers.notices.kinds import KINDS, PARTED, UNITED, About
from handlers.seating import offers
from storage.audit import changes, journal
from storage.audit.journal import Entry, Officer, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.notices import owing
from storage.notices.outbox import Owed
from storage.people import merging, residents
from storage.people.finding import persons
from storage.people.merging import Merge
from storage.people.personal import PERSON
from storage.teaching import awaited

ACT = "merge-persons"
UNDONE_WITHIN = timedelta(days=1)
WORTH_TELLING = timedelta(days=7)
THEMSELVES = Officer(journal.OWN, "chat")
_TOLD_APART = frozenset(kind.name for kind in KINDS.values() if kind.is_told_apart)
_TOLD = (UNITED, PARTED)
_KEYED_BY = {awaited.KIND: "awaited_courses", About.APPOINTMENT: "appointments", About.ENROLLMENT: "enrollments"}


@dataclass(frozen=True)
class Telling:
    """From when on the chats of both are told; not the one where it was done."""

    due_at: datetime
    but: int | None = None  # id of an address


def scope(tx: Transaction, kept: int, gone: int, now: datetime) -> tuple[Scope, list[Subject]]:
    """Locks both and their courses; the rows that `merge` may change, and what it is about."""
    course_ids = merging.lock(tx, kept, gone)
    return merging.scope(Merge(kept, gone, now), course_ids, _TOLD), [(PERSON, kept), (PERSON, gone)]


def merge(tx: Transaction, organization: Organization, kept: int, gone: int, now: datetime, telling: Telling) -> None:
    """Both must be locked (`scope`)."""
    chats = [(kept, address) for _, address in residents.addresses_of(tx, (kept, gone)) if address != telling.but]
    for course_id in merging.merge(tx, Merge(kept, gone, now, _TOLD_APART)):
        offers.fill(tx, organization, course_id, now)
    _tell(tx, UNITED, organization, gone, chats, now, telling.due_at)


def merge_by_themselves(
    tx: Transaction, organization: Organization, one: int, other: int, now: datetime, here: int | None
) -> int | None:
    """Written into the journal as an officer's act is, so that officers can undo it; the record that stays.

    None when one of them isn't there any more by the time that nobody else can change them.
    """
    kept, gone = _first(tx, one, other)
    where, subjects = scope(tx, kept, gone, now)
    if not (persons.counts(tx, kept) and persons.counts(tx, gone)):
        return None
    before = changes.snapshot(tx, where)
    merge(tx, organization, kept, gone, now, Telling(now, here))
    changed = changes.between(before, changes.snapshot(tx, where))
    about = dict.fromkeys([*subjects, *journal.subjects_of(changed)])
    words = {"kept": kept, "gone": gone}
    journal.add(tx, THEMSELVES, ACT, words, now, changed=changed, subjects=list(about))
    return kept


def part(tx: Transaction, organization: Organization, kept: int, entry: Entry, now: datetime) -> bool:
    """Locks both again, before their rows are put back as they were, and does what the rows in the journal don't hold.

    Chats that were told that they had become one are told that they are not; whether there are any.
    """
    gone = int(entry.args["gone"])
    merging.lock(tx, kept, gone)
    merging.give_back(tx, gone)
    _give_notices_back(tx, kept, gone, entry)
    owners = {address: kept for _, address in residents.addresses_of(tx, (kept, gone))}
    owners |= {
        each.key[0]: each.before["resident_id"]
        for each in entry.changes
        if each.table == "addresses" and each.before and "resident_id" in each.before
    }
    told = owing.withdraw_from_chats(tx, UNITED, list(owners), _occasion(gone, entry.at))
    heard = owners if entry.officer == THEMSELVES else told
    _tell(tx, PARTED, organization, gone, [(owners[each], each) for each in heard], now, now)
    return bool(heard)


def _give_notices_back(tx: Transaction, kept: int, gone: int, entry: Entry) -> None:
    """What has come to be owed since of that which was the other's: keys end in its id, or in that and a moment."""
    theirs = {
        (each.table, str(each.key[0]))
        for each in entry.changes
        if each.before and each.before.get("resident_id") == gone and each.table in _KEYED_BY.values()
    }
    ids = [
        owed.id
        for owed in owing.to_come(tx, kept)
        if owed.kind in KINDS and not KINDS[owed.kind].is_told_apart and _subject(owed) in theirs
    ]
    owing.give(tx, ids, gone)


def _subject(owed: Owed) -> tuple[str, str]:
    place = -2 if owed.kind == awaited.KIND else -1
    return _KEYED_BY.get(owed.kind, _KEYED_BY.get(KINDS[owed.kind].about, "enrollments")), owed.key.split("/")[place]


def _first(tx: Transaction, one: int, other: int) -> tuple[int, int]:
    """Who told their name stays; of two who did, the older record."""
    found = residents.with_ids(tx, (one, other))
    kept, gone = sorted(found.values(), key=lambda each: (each.name is None, each.id))
    return kept.id, gone.id


def _occasion(gone: int, now: datetime) -> str:
    return f"{gone}@{now.astimezone(UTC):%Y%m%dT%H%M%S}"


def _tell(
    tx: Transaction,
    kind: str,
    organization: Organization,
    gone: int,
    chats: Collection[tuple[int, int]],
    now: datetime,
    due_at: datetime,
) -> None:
    awake = organization.hours.after_quiet_hours(due_at, organization.timezone)
    owing.owe_in_chats(tx, kind, _occasion(gone, now), list(chats), awake, awake + WORTH_TELLING)

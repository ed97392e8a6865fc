"""What residents were told beside what the database holds: nothing is lost, and nothing happens twice."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select

from handlers.dialogue import texts
from storage.tables import addresses, consents, inbox, residents
from tests.support.service.registering import CONFIRMED, FULL, WAITING, Registering
from tests.support.service.town import Town

SEATS, PLACES, APPLICANTS = 15, 10, 30  # of a course, and how many want it
TOO_SOON = texts.say("ko", "help.too_soon")
SAID = {(2, "명동", 1983)}  # consents, dong, year of birth
SAID_UNTIL_REFUSED = SAID | {(1, None, None), (2, None, None), (2, "청구동", None), (2, "명동", None)}


async def lost(town: Town) -> list[int]:
    """Updates that were said and whose reply was not stored, has not left or has not arrived.

    A tap that was told to be too soon is not kept, and pressed again.
    """
    settled = select(inbox.c.key).where(inbox.c.settled_at.is_not(None), inbox.c.failure.is_(None))
    keys = set(await town.database.read(lambda tx: tx.execute(settled).scalars().all()))
    owed = [entry for entry in town.api.ledger.entries.values() if entry.toast != TOO_SOON]
    return [entry.update_id for entry in owed if str(entry.update_id) not in keys] + [
        entry.update_id for entry in town.api.unanswered()
    ]


async def seats_told(town: Town, course: int, applicants: Sequence[Registering]) -> bool:
    """Whether what each was told is what the database holds, within what the course has."""
    words = {"confirmed": CONFIRMED, "waiting": WAITING}
    held = {row.address: words[row.state] for row in await town.enrolled(course)}
    told = {str(each.person.id): each.outcome for each in applicants if each.outcome != FULL}
    counts = Counter(told.values())
    has_all = len(applicants) < APPLICANTS or (counts[CONFIRMED], counts[WAITING]) == (SEATS, PLACES)
    return held == told and len(await town.enrolled(course)) == len(held) and has_all


async def misled(town: Town, applicants: Sequence[Registering]) -> list[Row[Any]]:
    """Residents of whom we hold what they didn't say: a message that acts twice leaves other traces."""
    given = select(consents.c.resident_id, func.count().label("number")).group_by(consents.c.resident_id).subquery()
    query = (
        select(addresses.c.address, given.c.number, residents.c.dong, residents.c.birth_year)
        .join(residents, residents.c.id == given.c.resident_id)
        .join(addresses, addresses.c.resident_id == residents.c.id)
        .where(addresses.c.address.in_([str(each.person.id) for each in applicants]))
    )
    seated = {str(each.person.id) for each in applicants if each.outcome != FULL}
    rows = await town.database.read(lambda tx: tx.execute(query).all())
    return [row for row in rows if tuple(row[1:]) not in (SAID if row.address in seated else SAID_UNTIL_REFUSED)]

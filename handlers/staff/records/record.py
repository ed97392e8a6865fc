"""A record that an officer names by its number: found, or refused with where to go on."""

from handlers.dialogue.chat import Chat
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step
from storage.database import Transaction
from storage.people import residents
from storage.people.finding import persons
from storage.people.residents import Resident


def known(tx: Transaction, desk: Desk, number: int) -> Resident:
    """Whose data it is; that they are looked at is noted. Raises Declined for one that doesn't count any more."""
    standing = persons.standing(tx, number)
    if standing is None:
        raise Declined(f"기록 {number}: 이런 기록이 없습니다.", Step("이름이나 번호로 찾으려면", "persons"))
    if standing.merged_into:
        there = Step("합친 기록을 보려면", "persons", {"record": standing.merged_into})
        raise Declined(f"기록 {number}: 기록 {standing.merged_into}에 합친 기록입니다.", there)
    if standing.erased_at:
        raise Declined(f"기록 {number}: {desk.moment(standing.erased_at)}에 지운 기록입니다. 남은 것이 없습니다.")
    desk.seen.add(number)
    return residents.by_id(tx, number)


def locked(tx: Transaction, desk: Desk, number: int) -> Resident:
    """The same, and nobody else changes it before this transaction ends."""
    known(tx, desk, number)
    found = residents.lock(tx, number)
    known(tx, desk, number)  # as it is now that nobody else can merge or erase it
    return found


def as_theirs(tx: Transaction, desk: Desk, person: Resident, channel: str) -> Chat:
    """What residents do for themselves, by the same functions; `channel` is where they asked for it."""
    return Chat(tx, person, desk.now, channel, "", desk.organization)

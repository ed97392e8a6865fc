"""How somebody is reached: what they were told and when, in which chats, and who speaks for whom."""

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table
from handlers.staff.notices.owed import KINDS, reason
from handlers.staff.notices.subjects import subjects
from handlers.staff.persons.who import WHO, who
from handlers.staff.records.words import OUTCOMES, channel
from storage.database import Transaction
from storage.people import chats as records
from storage.people import notices
from storage.people.chats import Met
from storage.people.finding import persons
from storage.people.notices import Notice

LAST = 30  # notices
TOLD = ("번호", "때", "알림", "결과", "어디로", "까닭")
CHATS = ("대화", "누구의", "알림", "처음 온 때", "처음 온 길")
FAMILY = ("기록", *WHO, "사이")


def told(tx: Transaction, desk: Desk, number: int) -> Table | None:
    """The newest first, with what is owed still."""
    found = notices.of_resident(tx, number, LAST)
    about = subjects(tx, [(each.kind, each.about) for each in found])
    rows = tuple(_notice(desk, each, about.get((each.kind, each.about), "")) for each in found)
    return Table(rows, TOLD) if rows else None


def _notice(desk: Desk, one: Notice, about: str) -> tuple[str, ...]:
    what = f"{KINDS.get(one.kind, one.kind)} {about}".strip()
    when = desk.moment(one.settled_at or one.due_at)
    why = reason(desk, one.reason) if one.reason else "-"
    return str(one.id), when, what, _outcome(desk, one), channel(desk, one.channel), why


def _outcome(desk: Desk, one: Notice) -> str:
    if one.outcome is None:
        return "보내는 중" if one.started_at else "나갈 예정"
    if one.seen_at and one.outcome != "sent":
        return f"{OUTCOMES[one.outcome]}, {desk.moment(one.seen_at)}에 봄"
    return OUTCOMES[one.outcome]


def chats(tx: Transaction, desk: Desk, number: int) -> Table | None:
    """Channels, and no addresses: nobody writes to them but the service."""
    rows = tuple(_chat(desk, each) for each in records.of_resident(tx, number))
    return Table(rows, CHATS) if rows else None


def _chat(desk: Desk, one: Met) -> tuple[str, ...]:
    whose = "본인" if one.is_main else "대신하는 분"
    return channel(desk, one.channel), whose, _reach(desk, one), desk.moment(one.created_at), one.origin or "-"


def _reach(desk: Desk, one: Met) -> str:
    if one.unreachable:
        return "막혀 있음"
    return "보낼 수 있음" if one.channel in desk.ways else "찾아올 때만 보임"


def family(tx: Transaction, desk: Desk, number: int) -> Table | None:
    """Who speaks for them, and for whom they speak."""
    ties = [(each, "이분을 대신합니다") for each in records.speakers(tx, number)]
    ties += [(each, "이분이 대신합니다") for each in records.represented(tx, number)]
    found = persons.with_ids(tx, [each for each, _ in ties])
    rows = tuple((str(each), *who(desk, each, found[each]), tie) for each, tie in ties)
    steps = tuple(Step("기록을 보려면", "persons", {"record": each}) for each, _ in ties)
    return Table(rows, FAMILY, steps=steps) if rows else None

"""By which ways somebody can be reached: chats in which we may speak first, and the number that they agreed to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, func, literal, not_, or_, select, true, update

from storage.database import Transaction, there_is
from storage.people import consents
from storage.people.residents import AT_ONCE
from storage.tables import addresses, inbox, notice_templates, residents

KAKAO, ALIMTALK = "kakao", "alimtalk"  # the channel where news is advertising, and the way to a number


@dataclass(frozen=True)
class Carried:
    """What is to be told: of which kind, where that is known, and whether it is news."""

    kind: ColumnElement[str] | str = ""
    is_news: ColumnElement[bool] | bool = False

    @property
    def news(self) -> ColumnElement[bool]:
        return literal(self.is_news) if isinstance(self.is_news, bool) else self.is_news


ANYTHING = Carried()
_numbered = residents.alias()
_LAST_USED = (
    select(func.max(inbox.c.id))
    .where(inbox.c.channel == addresses.c.channel, inbox.c.address == addresses.c.address)
    .scalar_subquery()
)
_IS_REACHABLE = (
    addresses.c.unreachable.is_(False),
    addresses.c.channel.in_(bindparam("channels", expanding=True)),
)
# Their own chat goes before that of somebody who speaks for them.
_USED_LAST_FIRST = (addresses.c.is_main.desc(), func.coalesce(_LAST_USED, 0).desc(), addresses.c.id.desc())
_REACHABLE = (
    select(addresses.c.id, addresses.c.resident_id, addresses.c.channel, addresses.c.address, addresses.c.is_main)
    .where(addresses.c.resident_id.in_(bindparam("ids", expanding=True)), *_IS_REACHABLE)
    .order_by(*_USED_LAST_FIRST)
)


@dataclass(frozen=True)
class Reached:
    """Where something can be sent to somebody: `way` is a channel's name, or ALIMTALK with their number."""

    way: str
    address: str
    address_id: int = 0


def ways_to(
    tx: Transaction, resident_ids: Sequence[int], ways: Sequence[str], of: Carried = ANYTHING
) -> dict[int, list[Reached]]:
    """By resident, all that reaches them: their own chats and number in the order of `ways`, then others' chats."""
    found: dict[int, list[tuple[bool, int, Reached]]] = {}
    for some in _parts(resident_ids):
        for row in tx.execute(_REACHABLE.where(_may_come(ways, of)), {"ids": some, "channels": ways}):
            place = (not row.is_main, ways.index(row.channel))
            found.setdefault(row.resident_id, []).append((*place, Reached(row.channel, row.address, row.id)))
        for resident_id, mobile in _numbers(tx, some, of) if ALIMTALK in ways else ():
            place = (False, ways.index(ALIMTALK))
            found.setdefault(resident_id, []).append((*place, Reached(ALIMTALK, mobile)))
    return {each: [one for *_, one in sorted(places, key=lambda at: at[:2])] for each, places in found.items()}


def _numbers(tx: Transaction, some: Sequence[int], of: Carried) -> list[tuple[int, str]]:
    numbered = select(residents.c.id, residents.c.mobile).where(
        residents.c.id.in_(some), _by_number(residents.c.id, of)
    )
    return [(row.id, row.mobile) for row in tx.execute(numbered)]


def can_be_reached(resident_id: ColumnElement[int], ways: Sequence[str], of: Carried = ANYTHING) -> ColumnElement[bool]:
    """Whether one of `ways` reaches a resident with what is to be told."""
    theirs = (addresses.c.resident_id == resident_id, addresses.c.unreachable.is_(False))
    by_chat = there_is(addresses, *theirs, addresses.c.channel.in_(ways), _may_come(ways, of))
    return by_chat | _by_number(resident_id, of) if ALIMTALK in ways else by_chat


def _may_come(ways: Sequence[str], of: Carried) -> ColumnElement[bool]:
    """Of an address: news comes in KakaoTalk only to those who agreed to it there."""
    if KAKAO not in ways or of.is_news is False:
        return true()
    agreed = consents.agrees(addresses.c.resident_id, consents.KAKAO_NEWS)
    return or_(addresses.c.channel != KAKAO, not_(of.news), agreed)


def _by_number(resident_id: ColumnElement[int], of: Carried) -> ColumnElement[bool]:
    """Whether somebody agreed to be told at their number, and a text was approved for it; never news."""
    has_number = there_is(_numbered, _numbered.c.id == resident_id, _numbered.c.mobile_tag.is_not(None))
    of_kind = [] if of.kind == "" else [notice_templates.c.kind == of.kind]
    is_covered = there_is(notice_templates, notice_templates.c.way == ALIMTALK, notice_templates.c.is_usable, *of_kind)
    return and_(not_(of.news), is_covered, has_number, consents.agrees(resident_id, consents.ALIMTALK))


def count_reachable(
    tx: Transaction, resident_ids: Sequence[int], ways: Sequence[str], of: Carried = ANYTHING
) -> dict[str, int]:
    """How many of these residents something is sent to by each way: by the first of `ways_to`."""
    return dict(Counter(found[0].way for found in ways_to(tx, resident_ids, ways, of).values()))


def unreachable(tx: Transaction, resident_ids: Sequence[int], ways: Sequence[str], of: Carried = ANYTHING) -> list[int]:
    """Those of these residents to whom nothing can be sent, in their order."""
    alone = ~can_be_reached(residents.c.id, ways, of)
    found: set[int] = set()
    for some in _parts(resident_ids):
        found.update(tx.execute(select(residents.c.id).where(residents.c.id.in_(some), alone)).scalars())
    return [each for each in resident_ids if each in found]


def is_marked(tx: Transaction, channel: str, address: str, reachable: bool) -> bool:
    """Whether somebody who is reached there is marked so."""
    here = (addresses.c.channel == channel, addresses.c.address == address)
    return bool(tx.execute(select(there_is(addresses, *here, addresses.c.unreachable.is_(not reachable)))).scalar())


def mark_reachable(tx: Transaction, channel: str, address: str, reachable: bool) -> None:
    """For everybody who is reached there."""
    here = (addresses.c.channel == channel, addresses.c.address == address)
    tx.execute(update(addresses).where(*here).values(unreachable=not reachable))


def _parts(resident_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (resident_ids[start : start + AT_ONCE] for start in range(0, len(resident_ids), AT_ONCE))

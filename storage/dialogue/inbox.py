"""What came in, under its channel's own key, and the reply that is owed to it."""

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, update

from storage.database import Transaction, insert, insert_in, scrub, there_is
from storage.engine.prepared import Prepared
from storage.keys.sealing import Brief
from storage.people import represented
from storage.tables import UtcDateTime, addresses, inbox

TAKEN_BACK = {"taken_back": True}
_NOBODY = "nobody "
LONGEST_WAIT = timedelta(days=1)  # nothing is put off for longer, but by a clock that was wrong


@dataclass(frozen=True)
class Message:
    """A message as its channel wrote it; `reply` is None until it is answered."""

    id: int
    channel: str
    key: str
    address: str
    body: Any
    received_at: datetime
    attempts: int
    reply: Any
    settled_at: datetime | None

    @property
    def is_taken_back(self) -> bool:
        return bool(self.body == TAKEN_BACK)

    @property
    def is_nobodys(self) -> bool:
        """It was the last of a chat of which nothing is known any more."""
        return self.address.startswith(_NOBODY)


_MESSAGE = select(*(inbox.c[name] for name in Message.__dataclass_fields__))
_THIS = and_(inbox.c.channel == bindparam("at_channel"), inbox.c.key == bindparam("at_key"))
_FIND = _MESSAGE.where(_THIS)
_REPLY = Prepared(select(inbox.c.reply).where(_THIS))
_ANSWER = Prepared(update(inbox).where(_THIS).values(reply=bindparam("reply"), form=bindparam("in_form")))
_SETTLED = (
    update(inbox).where(_THIS).values(settled_at=bindparam("settled_at"), due_at=None, failure=bindparam("failure"))
)
_SETTLE = Prepared(_SETTLED)
_SETTLE_ANSWERED = Prepared(
    _SETTLED.values(reply=func.coalesce(inbox.c.reply, bindparam("reply", type_=inbox.c.reply.type)))
)
_ANSWERED = and_(
    inbox.c.channel == bindparam("at_channel"),
    inbox.c.address == bindparam("at_address"),
    inbox.c.reply.is_not(None),
)
_LAST = select(inbox.c.reply, inbox.c.received_at).where(_ANSWERED).order_by(inbox.c.id.desc()).limit(1)
_LAST_SCREEN, _LAST_IN_FORM = Prepared(_LAST), Prepared(_LAST.where(inbox.c.form.is_not(None)))
_REPLIES = select(inbox.c.reply).where(_ANSWERED).order_by(inbox.c.id.desc()).limit(bindparam("most"))
_NEWEST = (
    select(inbox.c.id)
    .where(_ANSWERED, inbox.c.id > bindparam("after_id"), inbox.c.received_at >= bindparam("since", type_=UtcDateTime))
    .order_by(inbox.c.id.desc())
    .limit(bindparam("most"))
)
_THESE = _MESSAGE.where(inbox.c.id.in_(bindparam("ids", expanding=True))).order_by(inbox.c.id)


def store(tx: Transaction, messages: Iterable[tuple[str, str, str, Any]], now: datetime, due_at: datetime) -> set[str]:
    """Store (channel, key, address, body) and tell which keys are new; at `due_at` another process may take them."""
    rows = [
        {"channel": channel, "key": key, "address": address, "body": body, "received_at": now, "due_at": due_at}
        for channel, key, address, body in messages
    ]
    if not rows:
        return set()
    added = insert(tx, inbox).on_conflict_do_nothing().returning(inbox.c.key)
    return set(tx.execute(added, rows).scalars())


def find(tx: Transaction, channel: str, key: str) -> Message | None:
    row = tx.execute(_FIND, {"at_channel": channel, "at_key": key}).one_or_none()
    return Message(**row._mapping) if row else None


def reply_to(tx: Transaction, channel: str, key: str) -> Any:
    """The reply to a message, or None when it isn't answered."""
    return _REPLY.value(tx, at_channel=channel, at_key=key)


def answer(tx: Transaction, channel: str, key: str, reply: Any, form: str | None = None) -> None:
    """`form` is the one whose question was answered or asked."""
    _ANSWER.run(tx, at_channel=channel, at_key=key, reply=_kept(reply, form), in_form=form)


def take_back(tx: Transaction, resident_id: int, form: str, reply: Any) -> None:
    """What was said in a form of a resident is forgotten; `reply` answers a message of it that comes again.

    `form` is as it is called where they speak for themselves: in a chat that speaks for them it is another's.
    """
    for_them = represented.path_for(resident_id, form)
    theirs = select(addresses.c.id).where(
        addresses.c.resident_id == resident_id,
        addresses.c.channel == inbox.c.channel,
        addresses.c.address == inbox.c.address,
        addresses.c.is_main == (inbox.c.form == form),
    )
    said = update(inbox).where(inbox.c.form.in_((form, for_them)), inbox.c.settled_at.is_not(None), theirs.exists())
    tx.execute(said.values(body=TAKEN_BACK, reply=reply))


def keep(
    tx: Transaction, message: tuple[str, str, str, Any], now: datetime, reply: Any, form: str | None = None
) -> None:
    """Store (channel, key, address, body) with its reply, and settle it; what it is answered with already stays."""
    channel, key, address, body = message
    row = {"channel": channel, "key": key, "address": address, "body": _kept(body, form), "received_at": now}
    _keeping(tx.dialect.name).run(tx, **row, reply=_kept(reply, form), form=form, settled_at=now)


def keep_last(
    tx: Transaction, channel: str, key: str, address: str, reply: Any, now: datetime, due_at: datetime
) -> None:
    """Keep the reply to the last that was said in a chat of which nothing else is known, and where it has to go.

    At `due_at` another process may take it, unless its reply leaves before: then `let_go` takes the address away.
    """
    row = {"channel": channel, "key": key, "address": address, "body": Brief({}), "received_at": now}
    row |= {"reply": Brief(reply), "form": None, "due_at": due_at, "settled_at": None, "failure": None}
    tx.execute(insert(tx, inbox).values(row).on_conflict_do_update(index_elements=["channel", "key"], set_=row))


def let_go(tx: Transaction, channel: str, key: str, now: datetime) -> None:
    """Of the last that was said in a chat only the key stays, lest it acts once more when it is delivered again.

    Where the chat goes on, as it is others' too, it stays with the reply as any message does.
    """
    this, settled = (inbox.c.channel == channel, inbox.c.key == key), {"due_at": None, "settled_at": now}
    tx.execute(update(inbox).where(*this).values(**settled, failure=None))
    here = (addresses.c.channel == inbox.c.channel, addresses.c.address == inbox.c.address)
    nobodys = update(inbox).where(*this, ~there_is(addresses, *here))
    tx.execute(nobodys.values(address=f"{_NOBODY}{secrets.token_hex(16)}"))
    scrub(tx)


def _kept(written: Any, form: str | None) -> Any:
    """What is said in a form may be an answer, whose length is hidden; all else may be as short as it is."""
    return written if form else Brief(written)


@cache
def _keeping(dialect: str) -> Prepared:
    columns = ("channel", "key", "address", "body", "received_at", "reply", "form", "settled_at")
    kept = insert_in(dialect, inbox).values({name: bindparam(name, type_=inbox.c[name].type) for name in columns})
    new = {name: func.coalesce(inbox.c[name], kept.excluded[name]) for name in ("reply", "form", "settled_at")}
    return Prepared(kept.on_conflict_do_update(index_elements=["channel", "key"], set_={**new, "due_at": None}))


def settle(
    tx: Transaction, channel: str, key: str, now: datetime, reply: Any = None, failure: str | None = None
) -> None:
    """The reply has left (or never will: `failure`); a view's reply is kept with it."""
    settled = {"at_channel": channel, "at_key": key, "settled_at": now, "failure": failure}
    if reply:
        _SETTLE_ANSWERED.run(tx, **settled, reply=_kept(reply, reply.get("form") or reply.get("left")))
    else:
        _SETTLE.run(tx, **settled)


def owe(tx: Transaction, channel: str, key: str, address: str, reply: Any, now: datetime) -> None:
    """A reply that leaves as one to a message does, to something that was said elsewhere."""
    row = {"channel": channel, "key": key, "address": address, "body": Brief(), "received_at": now, "due_at": now}
    tx.execute(inbox.insert().values(row | {"reply": Brief(reply)}))


def forget_said(tx: Transaction, channel: str, key: str, body: Any) -> None:
    """What was said goes; `body` is what is left of it."""
    this = (inbox.c.channel == channel, inbox.c.key == key)
    tx.execute(update(inbox).where(*this).values(body=Brief(body)))


def postpone(tx: Transaction, channel: str, key: str, due_at: datetime, failure: str) -> None:
    this = (inbox.c.channel == channel, inbox.c.key == key)
    tx.execute(update(inbox).where(*this).values(due_at=due_at, attempts=inbox.c.attempts + 1, failure=failure))


def last_screen(tx: Transaction, channel: str, address: str) -> tuple[Any, datetime] | None:
    """The newest reply in a chat and when the message came that it answers."""
    row = _LAST_SCREEN.first(tx, at_channel=channel, at_address=address)
    return (row[0], row[1]) if row else None


def last_in_form(tx: Transaction, channel: str, address: str) -> Any:
    """The newest reply in a chat that a form gave."""
    return _LAST_IN_FORM.value(tx, at_channel=channel, at_address=address)


def said_in_form(tx: Transaction, channel: str, address: str, form: str) -> tuple[int, datetime | None]:
    """How many messages a form took in a chat so far, and when the first of them came."""
    here = (inbox.c.channel == channel, inbox.c.address == address, inbox.c.form == form)
    query = select(func.count().label("said"), func.min(inbox.c.received_at).label("began"))
    row = tx.execute(query.where(*here)).one()
    return row.said, row.began


def claim(tx: Transaction, channel: str, now: datetime, lease_until: datetime, limit: int) -> list[Message]:
    """Take messages that are due, in order; if we die they fall due again by themselves when the lease ends."""
    is_due = or_(inbox.c.due_at <= now, inbox.c.due_at > now + LONGEST_WAIT)
    due = select(inbox.c.id).where(inbox.c.channel == channel, is_due)
    chosen = tx.execute(due.order_by(inbox.c.id).limit(limit).with_for_update(skip_locked=True)).scalars().all()
    if not chosen:
        return []
    tx.execute(update(inbox).where(inbox.c.id.in_(chosen)).values(due_at=lease_until))
    rows = tx.execute(_MESSAGE.where(inbox.c.id.in_(chosen)).order_by(inbox.c.id))
    return [Message(**row._mapping) for row in rows]


def release(tx: Transaction, channel: str, now: datetime) -> None:
    """Make every unsettled message due at once: for the only process, at its start."""
    tx.execute(update(inbox).where(inbox.c.channel == channel, inbox.c.due_at.is_not(None)).values(due_at=now))


def history(
    tx: Transaction,
    channel: str,
    address: str,
    since: datetime,
    after: int = 0,
    limit: int = 50,
    without: Collection[int] = (),
) -> list[Message]:
    """The newest answered messages of a chat since some moment with an id above `after`, oldest first.

    Only these are unsealed.
    """
    here = {"at_channel": channel, "at_address": address, "since": since, "after_id": after, "most": limit}
    ids = [each for each in tx.execute(_NEWEST, here).scalars() if each not in without]
    return [Message(**row._mapping) for row in tx.execute(_THESE, {"ids": ids})] if ids else []


def replies(tx: Transaction, channel: str, address: str, limit: int = 50) -> Iterator[Any]:
    """The newest replies of a chat, the newest first; each is unsealed when it is asked for."""
    rows = tx.execute(_REPLIES, {"at_channel": channel, "at_address": address, "most": limit}).scalars()
    try:
        yield from rows
    finally:
        rows.close()


def undelivered(tx: Transaction, channel: str, address: str) -> list[Any]:
    """The replies that are on their way to an address."""
    here = (inbox.c.channel == channel, inbox.c.address == address)
    return list(
        tx.execute(
            select(inbox.c.reply).where(*here, inbox.c.due_at.is_not(None), inbox.c.reply.is_not(None))
        ).scalars()
    )


def of_address(tx: Transaction, channel: str, address: str, message_id: int) -> Message | None:
    """A message by its id, as long as it was said at this address."""
    this = (inbox.c.id == message_id, inbox.c.channel == channel, inbox.c.address == address)
    row = tx.execute(_MESSAGE.where(*this)).one_or_none()
    return Message(**row._mapping) if row else None


def count_answered(tx: Transaction, channel: str, addresses: Collection[str]) -> dict[str, int]:
    """How many messages of each address are answered; addresses without any are left out."""
    theirs = (inbox.c.channel == channel, inbox.c.address.in_(addresses), inbox.c.reply.is_not(None))
    query = select(inbox.c.address, func.count().label("answered")).where(*theirs).group_by(inbox.c.address)
    return {row.address: row.answered for row in tx.execute(query)}


def count_owed(tx: Transaction) -> int:
    return tx.execute(select(func.count()).where(inbox.c.due_at.is_not(None))).scalar_one()


def forget(tx: Transaction, ids: Sequence[int]) -> None:
    tx.execute(delete(inbox).where(inbox.c.id.in_(ids), inbox.c.settled_at.is_not(None)))


def forget_before(tx: Transaction, moment: datetime) -> int:
    return tx.execute(delete(inbox).where(inbox.c.received_at < moment, inbox.c.settled_at.is_not(None))).rowcount

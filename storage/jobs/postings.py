"""Job postings that residents can see, the newest first, and what is known of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, case, func, or_, select

from storage.database import Transaction
from storage.jobs import search as posting_search
from storage.jobs.posting import Posting
from storage.tables import postings

NEWEST = 400  # so many are looked through for a word before the index is asked: what many hold is found among them

_POSTING = select(*(postings.c[name] for name in Posting.__dataclass_fields__))
_BY_ID = _POSTING.where(postings.c.id == bindparam("id"))
_WITH_IDS = _POSTING.where(postings.c.id.in_(bindparam("ids", expanding=True)))
_BY_KEY = _POSTING.where(postings.c.source == bindparam("of_source"), postings.c.source_key == bindparam("key"))
# Two columns in the words of the partial indexes, or SQLite doesn't use them.
_SHOWN = and_(postings.c.hidden_at.is_(None), postings.c.duplicate_of.is_(None))
_NOT_CLOSED = or_(postings.c.close_on.is_(None), postings.c.close_on >= bindparam("today"))
_NEWEST_FIRST = (postings.c.listed_on.desc(), postings.c.id.desc())
_IN = {
    "category": postings.c.category == bindparam("category"),
    "region": postings.c.region_code == bindparam("region"),
}
_OPEN: dict[tuple[str, ...], Select[Any]] = {
    names: _POSTING.where(_SHOWN, _NOT_CLOSED, *(_IN[name] for name in names))
    .order_by(*_NEWEST_FIRST)
    .limit(bindparam("size"))
    .offset(bindparam("skip"))
    for names in ((), ("category",), ("region",), ("category", "region"))
}

_FIELDS = select(*(postings.c[name] for name in ("id", "listed_on", "close_on", "title", "search")))
_LATELY = _FIELDS.where(_SHOWN).order_by(*_NEWEST_FIRST)


def find(tx: Transaction, posting_id: int) -> Posting | None:
    """Also what is hidden, closed or folded: who has it saved may look at it."""
    row = tx.execute(_BY_ID, {"id": posting_id}).one_or_none()
    return Posting(*row) if row else None


def by_key(tx: Transaction, source: str, key: str) -> Posting | None:
    row = tx.execute(_BY_KEY, {"of_source": source, "key": key}).one_or_none()
    return Posting(*row) if row else None


def with_ids(tx: Transaction, ids: Sequence[int]) -> list[Posting]:
    """Postings in the order of `ids`."""
    found = {row.id: Posting(*row) for row in tx.execute(_WITH_IDS, {"ids": ids})}
    return [found[posting_id] for posting_id in ids if posting_id in found]


def open_now(
    tx: Transaction, today: date, offset: int, limit: int, category: str | None = None, region: str | None = None
) -> list[Posting]:
    """`region` is a code."""
    asked = {name: value for name, value in (("category", category), ("region", region)) if value is not None}
    given = {"today": today, "size": limit, "skip": offset, **asked}
    return [Posting(*row) for row in tx.execute(_OPEN[tuple(asked)], given)]


def search(
    tx: Transaction, today: date, words: Sequence[str], offset: int, limit: int, longer: Mapping[str, Sequence[str]]
) -> list[Posting]:
    """Open postings that have all of these compact words somewhere in title, company or description.

    A word of one letter is looked for in titles only. By word, `longer` are those in which it doesn't count.
    """
    words = [word for word in words if word]
    indexed = posting_search.holding(tx, words)
    if indexed is None:
        return []
    asked = {word: longer.get(word, ()) for word in words}
    found = _holding(tx, today, asked, _LATELY.limit(NEWEST).subquery(), offset + limit)
    if len(found) < offset + limit:
        among = _FIELDS.where(_SHOWN, postings.c.id.in_(indexed)).subquery()
        found = _holding(tx, today, asked, among, offset + limit)
    return with_ids(tx, found[offset:])


def _holding(tx: Transaction, today: date, asked: Mapping[str, Sequence[str]], among: Subquery, most: int) -> list[int]:
    is_open = or_(among.c.close_on.is_(None), among.c.close_on >= today)
    query = select(among.c.id).where(is_open, *(_holds(among, word, longer) for word, longer in asked.items()))
    return list(tx.execute(query.order_by(among.c.listed_on.desc(), among.c.id.desc()).limit(most)).scalars())


def _holds(among: Subquery, word: str, longer: Sequence[str]) -> ColumnElement[bool]:
    text: ColumnElement[str] = func.lower(among.c.title) if len(word) == 1 else among.c.search
    for each in longer:
        text = func.replace(text, each, "\n")
    return text.contains(word, autoescape=True)


# --- for officers ---

STATES = ("open", "closed", "hidden")


def listed(
    tx: Transaction, today: date, text: str = "", source: str = "", state: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[Posting], int]:
    """Those too that nobody else sees, and how many there are; `text` stands in the title or the company."""
    hidden = postings.c.hidden_at.is_not(None)
    is_over = postings.c.close_on < today
    of_state = {
        "open": and_(~hidden, or_(postings.c.close_on.is_(None), ~is_over)),
        "closed": and_(~hidden, is_over),
        "hidden": hidden,
    }
    these = [of_state[state]] if state in of_state else []
    these += [postings.c.source == source] if source else []
    for word in text.split():
        has = (part.icontains(word, autoescape=True) for part in (postings.c.title, postings.c.company))
        these.append(or_(*has))
    count: int = tx.execute(select(func.count()).select_from(postings).where(*these)).scalar_one()
    rows = tx.execute(_POSTING.where(*these).order_by(*_NEWEST_FIRST).limit(limit).offset(offset))
    return [Posting(*row) for row in rows], count


@dataclass(frozen=True)
class Count:
    source: str
    open: int
    folded: int  # under the same job of another source
    closed: int
    hidden: int


def count(tx: Transaction, today: date) -> list[Count]:
    hidden = postings.c.hidden_at.is_not(None)
    closed = and_(~hidden, postings.c.close_on < today)
    open_ = and_(~hidden, or_(postings.c.close_on.is_(None), postings.c.close_on >= today))
    kinds = (
        and_(open_, postings.c.duplicate_of.is_(None)),
        and_(open_, postings.c.duplicate_of.is_not(None)),
        closed,
        hidden,
    )
    sums = (func.coalesce(func.sum(case((kind, 1), else_=0)), 0) for kind in kinds)
    query = select(postings.c.source, *sums).group_by(postings.c.source).order_by(postings.c.source)
    return [Count(*row) for row in tx.execute(query)]

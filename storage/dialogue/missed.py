"""Phrases that found nothing: how often, first and last on which day; never who said them, where or at what time."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, delete, func, select, update

from storage.database import Transaction, insert
from storage.states import MissedState
from storage.tables import course_wishes, missed_phrases

MOST_NEW = 200  # phrases that one day may add: whoever floods us fills no disk


@dataclass(frozen=True)
class Missed:
    """`wishes` is how many residents want to hear of such a course."""

    id: int
    words: str
    count: int
    first_day: date
    last_day: date
    state: MissedState
    wishes: int


_WISHES = select(func.count()).where(course_wishes.c.words == missed_phrases.c.words).scalar_subquery()
_COLUMNS = [_WISHES if name == "wishes" else missed_phrases.c[name] for name in Missed.__dataclass_fields__]
_NOT_SHOWN = missed_phrases.c.state == "dropped"


def note(tx: Transaction, words: str, today: date) -> Missed | None:
    """Once more said in vain; None when the day has brought too many new phrases already."""
    phrase = _compact(words)
    again = {"count": missed_phrases.c.count + 1, "last_day": today}
    known = update(missed_phrases).where(missed_phrases.c.phrase == phrase).values(again)
    if not tx.execute(known).rowcount:
        if _new_on(tx, today) >= MOST_NEW:
            return None
        row = {"phrase": phrase, "words": words, "count": 1, "first_day": today, "last_day": today, "state": "new"}
        adding = insert(tx, missed_phrases).values(row)
        tx.execute(adding.on_conflict_do_update(index_elements=["phrase"], set_=again))
    return by_words(tx, words)


def _compact(words: str) -> str:
    return words.replace(" ", "").lower()


def _new_on(tx: Transaction, today: date) -> int:
    found: int = tx.execute(select(func.count()).where(missed_phrases.c.first_day == today)).scalar_one()
    return found


def find(tx: Transaction, missed_id: int) -> Missed | None:
    return _one(tx, _all().where(missed_phrases.c.id == missed_id))


def by_words(tx: Transaction, words: str) -> Missed | None:
    """However they are spaced."""
    return _one(tx, _all().where(missed_phrases.c.phrase == _compact(words)))


def listed(tx: Transaction, state: MissedState, most: int) -> tuple[list[Missed], int]:
    """Those that are wished for and said most, and how many there are in all."""
    those = missed_phrases.c.state == state
    by = (_WISHES.desc(), missed_phrases.c.count.desc(), missed_phrases.c.last_day.desc(), missed_phrases.c.id)
    rows = tx.execute(_all().where(those).order_by(*by).limit(most))
    count = tx.execute(select(func.count()).select_from(missed_phrases).where(those)).scalar_one()
    return [Missed(*row) for row in rows], count


def mark(tx: Transaction, missed_id: int, state: MissedState) -> None:
    tx.execute(update(missed_phrases).where(missed_phrases.c.id == missed_id).values(state=state))


def forget_before(tx: Transaction, day: date, wanted_day: date) -> None:
    """Those that were last said before a day, and those kept for the next term before an earlier one."""
    last = case((missed_phrases.c.state == "wanted", wanted_day), else_=day)
    tx.execute(delete(missed_phrases).where(missed_phrases.c.last_day < last))


def _all() -> Select[Any]:
    return select(*_COLUMNS)


def _one(tx: Transaction, query: Select[Any]) -> Missed | None:
    row = tx.execute(query).one_or_none()
    return Missed(*row) if row else None

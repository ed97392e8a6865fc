"""All courses that are shown, and the tables by which they are found in what somebody says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from handlers.dialogue.chat import Chat
from handlers.postings.reading import categories
from handlers.residents import offered
from handlers.search import english
from handlers.search.index import Entry, Found, Index
from handlers.search.mentions import Mentions, Named
from handlers.search.sense import Sense
from storage.database import Transaction
from storage.teaching import courses
from storage.teaching.courses import Offered


@dataclass(frozen=True)
class Catalogue:
    """`offered` are the courses, the soonest to close first."""

    offered: Sequence[Offered]
    _index: Index
    _mentions: Mentions
    _sense: Sense
    _alike: dict[str, frozenset[int]] = field(default_factory=dict)

    def found(self, text: str, most: int) -> Found:
        """By a few words, loosely spelt."""
        return self._index.find(text, most)

    def named_in(self, text: str) -> Named:
        """By name, anywhere in a sentence."""
        return self._mentions.named_in(text)

    def near(self, text: str) -> tuple[int, ...]:
        """By what it means; needs the extra."""
        return self._sense.near(text)

    def alike(self, wished: str) -> frozenset[int]:
        """Those that surely fit what somebody wishes for; the clock asks for the same again and again."""
        if wished not in self._alike:
            found = self.found(wished, len(self.offered))
            self._alike[wished] = frozenset(found.ids if found.sure else ())
        return self._alike[wished]


def of(tx: Transaction, today: date) -> Catalogue:
    return _catalogue(courses.catalogue(tx, today))


def before(chat: Chat) -> Catalogue:
    """What it was when the message came."""
    return _catalogue(offered.before(chat))


@lru_cache(maxsize=2)
def _catalogue(offered: tuple[Offered, ...]) -> Catalogue:
    """Built anew when any course changes, as the rows themselves are the key."""
    entries = [Entry(row.id, row.title, tuple(_words(row, row.category))) for row in offered]
    mentions = Mentions(Entry(row.id, row.title, tuple(_words(row))) for row in offered)
    return Catalogue(offered, Index(entries), mentions, Sense(entries))


def _words(row: Offered, category: str = "") -> list[str]:
    """By which a course is found; whole sentences say the word of a category too often."""
    korean = [word for word in (category, row.certificate, *row.keywords) if word]
    given = [word for word in (row.title_en, row.certificate_en, category and categories.in_("en", category)) if word]
    return [*korean, *given, *english.words_of([row.title, *korean])]

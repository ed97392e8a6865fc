"""What is worked out from a database once and kept in memory while it is open."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from storage.database import Transaction

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The newest `most` values of each database; for what doesn't change, or may be a little old."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._of_databases: WeakKeyDictionary[Any, OrderedDict[K, V]] = WeakKeyDictionary()

    def get(self, tx: Transaction, key: K, work_out: Callable[[], V]) -> V:
        known = self._of_databases.setdefault(tx.dialect, OrderedDict())  # each database has a dialect of its own
        if key in known:
            return known[key]
        known[key] = value = work_out()
        while len(known) > self._most:
            known.popitem(last=False)
        return value

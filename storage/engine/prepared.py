"""Statements that every message runs: written out once for a dialect, and then given to the driver as they are.

SQLAlchemy makes a context and a result for each execution, which costs ten times of what SQLite takes for a row.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, CompoundSelect, Delete, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import visitors
from sqlalchemy.types import TypeEngine

from storage.database import Transaction

T = TypeVar("T")
Row = tuple[Any, ...]
Statement = Select[Any] | CompoundSelect[Any] | Insert | Update | Delete
Convert = Callable[[Any], Any] | None

MOST_SHAPES = 32  # lengths of lists that are remembered of one statement


class _Bind(NamedTuple):
    """`place` is the one in a list that is given; what isn't given by name is `fixed`."""

    name: str
    place: int | None
    fixed: Any
    write: Convert


class _Written(NamedTuple):
    sql: str
    binds: Sequence[_Bind]
    reads: Sequence[tuple[int, Callable[[Any], Any]]]  # of the columns that the driver gives in another shape


class _Shape(NamedTuple):
    """The same for every database of a kind, whatever its values are sealed with."""

    sql: str
    binds: Sequence[tuple[str, int | None, Any, TypeEngine[Any]]]
    columns: Sequence[TypeEngine[Any]]


class Same(tuple[T, ...]):
    """What is read again unchanged is the very same, so that what is made of it is found by that."""

    __slots__ = ()
    __hash__ = object.__hash__
    __eq__ = object.__eq__


class Prepared:
    """A statement with `bindparam`s. Rows are plain tuples, in the order of its columns."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        parameters = [each for each in visitors.iterate(statement) if isinstance(each, BindParameter)]
        named = {each.key: each for each in parameters if not each.unique}
        self._names = frozenset(named)
        self._lists = sorted(name for name, each in named.items() if each.expanding)
        self._shapes: dict[tuple[str, tuple[int, ...]], _Shape] = {}
        self._written: WeakKeyDictionary[Dialect, dict[tuple[int, ...], _Written]] = WeakKeyDictionary()
        self._same: WeakKeyDictionary[Dialect, tuple[Sequence[Row], Any]] = WeakKeyDictionary()

    def all(self, tx: Transaction, **given: Any) -> list[Row]:
        written = self._for(tx.dialect, given)
        return [_read(written, row) for row in _fetched(tx, written, given)]

    def first(self, tx: Transaction, **given: Any) -> Row | None:
        """The first row, or None."""
        written = self._for(tx.dialect, given)
        rows = _fetched(tx, written, given)
        return _read(written, rows[0]) if rows else None

    def value(self, tx: Transaction, **given: Any) -> Any:
        """What the first row begins with; None where there is none."""
        row = self.first(tx, **given)
        return row[0] if row else None

    def run(self, tx: Transaction, **given: Any) -> int:
        """How many rows it changed."""
        written = self._for(tx.dialect, given)
        cursor = _executed(tx, written, given)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def same(self, tx: Transaction, make: Callable[[list[Row]], T], **given: Any) -> T:
        """What `make` makes of the rows: the very same, as long as the rows are the ones of the last time."""
        written = self._for(tx.dialect, given)
        rows = _fetched(tx, written, given)
        known = self._same.get(tx.dialect)
        if known is None or known[0] != rows:
            known = (rows, make([_read(written, row) for row in rows]))
            self._same[tx.dialect] = known
        made: T = known[1]
        return made

    def _for(self, dialect: Dialect, given: dict[str, Any]) -> _Written:
        if given.keys() != self._names:
            raise TypeError(f"{sorted(self._names)} are asked for, and {sorted(given)} are given")
        shapes = self._written.get(dialect)
        if shapes is None:
            shapes = self._written[dialect] = {}
        lengths = tuple(len(given[name]) for name in self._lists) if self._lists else ()
        written = shapes.get(lengths)
        if written is None:
            if len(shapes) == MOST_SHAPES:
                shapes.clear()
            written = shapes[lengths] = self._write(dialect, lengths)
        return written

    def _write(self, dialect: Dialect, lengths: tuple[int, ...]) -> _Written:
        shape = self._shapes.get((dialect.name, lengths))
        if shape is None:
            if len(self._shapes) == MOST_SHAPES:
                self._shapes.clear()
            shape = self._shapes[dialect.name, lengths] = self._shape(dialect, lengths)
        binds = []
        for name, place, fixed, type_ in shape.binds:
            binds.append(_Bind(name, place, fixed, type_.dialect_impl(dialect).bind_processor(dialect)))
        made = [each.dialect_impl(dialect).result_processor(dialect, None) for each in shape.columns]
        reads = [(place, read) for place, read in enumerate(made) if read]
        return _Written(shape.sql, binds, reads)

    def _shape(self, dialect: Dialect, lengths: Sequence[int]) -> _Shape:
        lists = {name: [None] * length for name, length in zip(self._lists, lengths, strict=True)}
        compiled: Any = self._statement.compile(dialect=dialect)
        assert not compiled.insert_prefetch, "a default that Python makes"
        state = compiled.construct_expanded_state({**compiled.params, **lists})
        whole = {
            each: (name, place) for name, them in state.parameter_expansion.items() for place, each in enumerate(them)
        }
        binds = []
        for key in state.positiontup:
            name, place = whole.get(key, (key, None))
            type_ = compiled.binds[name].type
            binds.append((name, place if name in lists else None, state.parameters[key], type_))
        columns = [column.type for column in getattr(self._statement, "selected_columns", ())]
        columns = columns or [column.type for column in getattr(self._statement, "_returning", ())]
        return _Shape(state.statement, binds, columns)


def _read(written: _Written, row: Row) -> Row:
    if not written.reads:
        return row
    values = list(row)
    for place, read in written.reads:
        values[place] = read(values[place])
    return tuple(values)


def _fetched(tx: Transaction, written: _Written, given: dict[str, Any]) -> Sequence[Row]:
    cursor = _executed(tx, written, given)
    rows: Sequence[Row] = cursor.fetchall()
    cursor.close()
    return rows


def _executed(tx: Transaction, written: _Written, given: dict[str, Any]) -> Any:
    values = []
    for name, place, fixed, write in written.binds:
        value = given.get(name, fixed) if place is None else given[name][place]
        values.append(write(value) if write else value)
    driver: Any = tx.dialect.loaded_dbapi
    cursor = tx.connection.cursor()
    try:
        cursor.execute(written.sql, tuple(values))
    except driver.Error as error:
        if tx.dialect.is_disconnect(error, tx.connection.dbapi_connection, cursor):
            tx.invalidate(error)
        raise DBAPIError.instance(
            written.sql, None, error, driver.Error, hide_parameters=True, dialect=tx.dialect
        ) from error
    return cursor

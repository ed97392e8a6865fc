"""What a copy is, and what both kinds of database do with one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from storage.database import DatabaseError


class CopyError(DatabaseError):
    """The copy can't be made, read or put back; the message says what to do."""


@dataclass(frozen=True)
class Copy:
    """A copy that was opened and is whole; `proof` tells with which key its content is sealed."""

    revision: str
    proof: str


class Copier(Protocol):
    """Of one database. All wait for the disk, so they are called beside the event loop."""

    ending: str  # of the names of its copies

    def check_tools(self) -> None:
        """Whether all is there that it needs. Raises CopyError."""
        ...

    def is_there(self) -> bool:
        """Whether there is anything that putting back a copy would write over."""
        ...

    def make(self, target: Path) -> None:
        """Write a copy of all that is committed into this file, which is there and empty."""
        ...

    def examine(self, copy: Path) -> Copy:
        """Open it and read all of it. Raises CopyError."""
        ...

    def put_back(self, copy: Path, keep: Callable[[], Path]) -> Path | None:
        """In place of what is there, of which a copy is kept at `keep()` first: that file. Nobody may be using it."""
        ...

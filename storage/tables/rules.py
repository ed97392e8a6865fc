"""What each table says beside itself of the people in it: how its rows lead to one, and what becomes of them.

`storage/people` carries out what is said here: export, erasure, merging, and how long something is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Table

RULE = "rule"  # under which a table's `info` has it


class Kept(StrEnum):
    """How long something is kept; what each promises stands in the settings, and in the consents' words."""

    WITH_PERSON = "with_person"  # as long as anything else leads to them
    TALK = "talk"
    DRAFTS = "drafts"
    NOTICES = "notices"
    WISHES = "wishes"
    CALLBACKS = "callbacks"
    APPLICATIONS = "applications"  # as long as its kind of application is: seats longer than refusals
    COUNSELING = "counseling"
    CONSENTS = "consents"
    ANSWERS = "answers"
    COMPLETIONS = "completions"
    ACCESS_LOG = "access_log"


# --- how rows lead to a person ---


@dataclass(frozen=True)
class By:
    """This column holds the person's id."""

    column: str = "resident_id"


@dataclass(frozen=True)
class Through:
    """This column refers to a row of another table, which leads to the person."""

    column: str
    table: str


@dataclass(frozen=True)
class AtTheirAddress:
    """It was said in a chat of theirs: in `channel`, at `address`."""


@dataclass(frozen=True)
class AsSubject:
    """The person is its subject: of the kind "person"."""


Lead = By | Through | AtTheirAddress | AsSubject

# --- what erasure does with them ---


@dataclass(frozen=True)
class Delete:
    """They go."""


@dataclass(frozen=True)
class Blank:
    """They stay, as `why` says, and lead to nobody who has a name: these columns get these values."""

    why: str
    values: Mapping[str, Any] = field(default_factory=dict)


Erasing = Delete | Blank

# --- what merging does with them: rows of the record that goes become those of the record that stays ---


@dataclass(frozen=True)
class Move:
    """All of them."""


@dataclass(frozen=True)
class Unite:
    """Those stay behind, and go in time, whose values in these columns the other has already."""

    by: tuple[str, ...]


@dataclass(frozen=True)
class ByItself:
    """It takes more than a rule: `storage/people/merging.py` has a function for the table."""


@dataclass(frozen=True)
class Stay:
    """They stay as they are."""

    why: str


Merging = Move | Unite | ByItself | Stay


@dataclass(frozen=True)
class Personal:
    """Rows of people: `export` has the columns that they are handed out, `withheld` all others, with the reason."""

    lead: Lead
    export: tuple[str, ...]
    withheld: Mapping[str, str]
    erasing: Erasing
    merging: Merging
    kept: Kept


@dataclass(frozen=True)
class Impersonal:
    """No row leads to a person, and `why` that is so; `though` says it of columns that look as if one did."""

    why: str
    though: Mapping[str, str]


Rule = Personal | Impersonal

ITS_NUMBER = "a number of the program's own"
WHOSE = "it leads to the person"


def of_person(
    lead: Lead,
    *,
    export: str,
    withheld: Mapping[str, str] | None = None,
    erasing: Erasing,
    merging: Merging,
    kept: Kept,
) -> dict[str, Rule]:
    """For the `info` of a table. `export` has the columns with spaces between; what leads to the person is withheld."""
    leading = {lead.column: WHOSE} if isinstance(lead, By | Through) else {}
    rest = {name: why for name, why in {**leading, **(withheld or {})}.items() if name not in export.split()}
    return {RULE: Personal(lead, tuple(export.split()), rest, erasing, merging, kept)}


def of_nobody(why: str, **though: str) -> dict[str, Rule]:
    """For the `info` of a table."""
    return {RULE: Impersonal(why, though)}


def rule_of(table: Table) -> Rule | None:
    rule: Rule | None = table.info.get(RULE)
    return rule

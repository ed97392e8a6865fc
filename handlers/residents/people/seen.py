"""Who has seen or changed somebody's data, as they are told it: by role and purpose, and never by an officer's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.dialogue import texts
from storage.audit import access
from storage.audit.access import Access
from storage.audit.journal import OWN
from storage.database import Transaction

READ = 10  # entries for each that is told: who looks ten times a day is told once


@dataclass(frozen=True)
class Seen:
    """`at` is when last on that day; `purpose` is "" where it is what the look or act itself is for."""

    at: datetime
    who: str
    what: str
    purpose: str


def seen(tx: Transaction, resident_id: int, language: str, zone: ZoneInfo, count: int = 20) -> list[Seen]:
    """The last looks at and changes of one person's data, the newest first; what was refused showed nothing."""
    found: dict[Any, Seen] = {}
    for each in access.of_person(tx, resident_id, READ * count):
        if each.action.startswith("refused/"):
            continue
        told = Seen(each.at, _who(language, each), in_words(language, each.action, each.args), each.purpose)
        found.setdefault((each.at.astimezone(zone).date(), told.who, told.what, told.purpose), told)
    return list(found.values())[:count]


def _who(language: str, one: Access) -> str:
    return texts.say(language, "seen.by_own" if one.officer.name == OWN else "seen.by_officer")


def in_words(language: str, action: str, args: Mapping[str, Any]) -> str:
    """What an entry of the journal says was done, as residents read it."""
    kind, _, rest = action.partition("/")
    if kind == "look":
        what = _said(language, "list", rest)
        return texts.say(language, "seen.saved" if args.get("output") else "seen.looked", what=what)
    return _said(language, "own" if kind == "own" else "act", rest or kind)


def _said(language: str, kind: str, name: str) -> str:
    """What has no words of its own yet is told in general ones."""
    own = f"seen.{kind}.{name.replace('-', '_')}"
    return texts.say(language, own if own in texts.catalogue(language) else f"seen.{kind}.other")

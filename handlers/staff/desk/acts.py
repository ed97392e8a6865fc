"""How every act of an officer is done: once, written down in the journal, and undone as long as nothing has changed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.masked import masked
from handlers.staff.desk.told import Step, Told
from storage.audit import changes, journal
from storage.audit.journal import PERSON, Entry, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction

MOST_KEPT = 5_000  # rows that were changed; an act that changed more can't be undone
CONTENT = ("rows", "values", "files", "told", "seen", "why")  # arguments of what files or people say: no journal has it
SAME = timedelta(hours=24)  # for so long the same words mean the same act, and not another one like it


@dataclass(frozen=True)
class Act:
    """What an officer can do, by the name under which commands and pages know it.

    `scope` locks and gives the rows that it may change, and what it is about; without one it can't be undone. `tells`
    are the kinds of notice that it leads to. What `repeats` is done anew in the same words. `check` only reads, and
    tells what `work` would tell; without one a preview does the work and takes it back.

    It can be undone `within` a time. `before_undo` does what the changed rows don't tell, and says whether anybody
    heard of it. What was changed since stands in the way; with tables that are `held` only what was changed in those.
    """

    name: str
    title: str  # as officers read it: "폐강"
    work: Callable[..., Told]  # of (tx, desk, **args)
    scope: Callable[..., tuple[Scope, Sequence[Subject]]] | None = None  # of (tx, desk, **args)
    tells: Sequence[str] = ()
    repeats: bool = False
    check: Callable[..., Told] | None = None  # of (tx, desk, **args)
    within: timedelta | None = None
    before_undo: Callable[[Transaction, Desk, Entry], bool] | None = None
    held: Collection[str] | None = None


acts: dict[str, Act] = {}


class DoneAlready(Exception):
    """The same act was done in the same words; `told` says when and by whom."""

    def __init__(self, told: Told) -> None:
        super().__init__(told.title)
        self.told = told


def add(act: Act) -> Act:
    if acts.setdefault(act.name, act) is not act:
        raise ValueError(f"two acts named {act.name}")
    return act


def perform(tx: Transaction, desk: Desk, act: Act, args: Mapping[str, Any], again: bool = False) -> Told:
    """Do it and write it down. Raises Declined, and DoneAlready unless it is meant `again`."""
    words = words_of(args)
    scope, subjects = act.scope(tx, desk, **args) if act.scope else ({}, ())
    if not (act.repeats or again):  # once the scope has locked what somebody else may be doing the same to
        _refuse_twice(tx, desk, act, words)
    masked_before = masked(tx, words, _people(subjects))  # by the names that they may have lost afterwards
    before = changes.snapshot(tx, scope)
    told = act.work(tx, desk, **args)
    after = changes.snapshot(tx, scope)
    changed = changes.between(before, after)
    people = desk.seen | changes.people((before, after), changed)
    about = [*subjects, *journal.subjects_of(changed), *journal.people(people)]
    kept = changed if len(changed) <= MOST_KEPT else []
    said = masked(tx, masked_before, _people(about))
    entry = journal.add(tx, desk.officer, act.name, said, desk.now, changed=kept, subjects=about)
    return _undoable(desk, told, entry) if kept and not desk.is_preview else told


def words_of(args: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked for, as the journal keeps it."""
    return {name: value for name, value in args.items() if value not in (None, "", False) and name not in CONTENT}


def _refuse_twice(tx: Transaction, desk: Desk, act: Act, words: Mapping[str, Any]) -> None:
    found = journal.standing_since(tx, act.name, desk.now - SAME)
    done = next((each for each in found if _is_same(tx, each, words)), None)
    if done:
        when = f"{desk.moment(done.at)}, {done.officer.name}"
        raise DoneAlready(Told(f"{act.title}: 이미 했습니다({when}). 아무것도 바꾸지 않았습니다."))


def _is_same(tx: Transaction, entry: Entry, words: Mapping[str, Any]) -> bool:
    """As the words would have been masked then."""
    return journal.is_same(entry, masked(tx, words, _people(journal.people_of(tx, entry.id))))


def _people(subjects: Sequence[Subject]) -> set[int]:
    return {resident_id for kind, resident_id in subjects if kind == PERSON}


def _undoable(desk: Desk, told: Told, entry: int) -> Told:
    """With how long nobody is told yet, and how to undo it."""
    minutes = 0 if told.is_urgent else desk.organization.hours.grace_minutes
    reach = told.reach and replace(told.reach, minutes=minutes)
    return replace(told, reach=reach, steps=(*told.steps, Step("되돌리려면", "undo", {"entry": entry})))

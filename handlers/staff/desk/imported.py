"""What bringing in officers' files came to: one value for every room, and how a room declares what it takes in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Listing, Step, Table, Told
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import Row
from handlers.staff.files.workbook import Page
from storage.database import Transaction

MOST_NAMED = 5


@dataclass(frozen=True)
class Meant:
    """What an officer says of a file: that what looks odd is meant so, and which numbers name the same courses."""

    as_written: bool = False
    same_courses: frozenset[str] = frozenset()


NOTHING_SAID = Meant()


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do. With problems, or questions that nobody has answered, nothing was done.

    `of` stands before the counts, as "설문"; `changed` is None where nothing that is known can change. `questions` are
    about what can be read but is hardly meant, `reused` about numbers that seem to name another course.
    """

    of: str = ""
    unit: str = "개"
    new: int = 0
    changed: int | None = 0
    same: int = 0
    problems: tuple[Problem, ...] = ()
    questions: tuple[Problem, ...] = ()
    reused: tuple[tuple[str, Problem], ...] = ()
    facts: tuple[str, ...] = ()
    tables: tuple[Table | Listing, ...] = ()
    steps: tuple[Step, ...] = ()
    concerned: frozenset[int] = frozenset()  # residents who are told by themselves

    @property
    def is_refused(self) -> bool:
        return bool(self.problems or self.questions or self.reused)

    @property
    def title(self) -> str:
        if self.is_refused:
            wrong, odd = len(self.problems), len(self.questions) + len(self.reused)
            both = ([f"고칠 곳이 {wrong}군데"] if wrong else []) + ([f"여쭐 것이 {odd}가지"] if odd else [])
            return f"{', '.join(both)} 있어 아무것도 등록하지 않았습니다."
        counts = [f"새로 {self.new}{self.unit}"]
        if self.changed is None:
            counts += [f"이미 등록한 것 {self.same}{self.unit}"]
        else:
            counts += [f"바뀜 {self.changed}{self.unit}", f"그대로 {self.same}{self.unit}"]
        return f"{f'{self.of}: ' if self.of else ''}{', '.join(counts)}입니다."


class Run(Protocol):
    """Takes in all of the rows or, where there are problems, none of them; with `only_check` it only reads."""

    def __call__(
        self, tx: Transaction, desk: Desk, rows: Sequence[Row], only_check: bool = False, *, meant: Meant = NOTHING_SAID
    ) -> Imported: ...


@dataclass(frozen=True)
class Importer:
    """Which kinds of rows a room takes in, how, and the sheets to fill in, with examples that fit the day."""

    kinds: tuple[str, ...]
    run: Run
    template: Callable[[date], list[Page]]


def only_checked(told: Told) -> Told:
    return replace(told, title="확인만 했습니다.", facts=(told.title, *told.facts))


def summary(parts: Sequence[Imported]) -> Told:
    """What an officer is told of one import, of however many kinds of rows."""
    title, *facts = [fact for part in parts for fact in (part.title, *part.facts)]
    return Told(
        title,
        tuple(facts),
        tuple(table for part in parts for table in (*_problems(part), *part.tables)),
        steps=tuple(step for part in parts for step in part.steps),
        is_good=not any(part.is_refused for part in parts),
    )


def first_of(titles: Sequence[str]) -> str:
    """Some of them by name, and how many more there are."""
    more = f" 외 {len(titles) - MOST_NAMED}개" if len(titles) > MOST_NAMED else ""
    return f"{', '.join(titles[:MOST_NAMED])}{more}"


def _problems(part: Imported) -> list[Listing]:
    reused = tuple(problem for _, problem in part.reused)
    asked = "맞는지 여쭙니다. 틀렸으면 고치고, 적은 그대로가 맞으면 아래처럼 등록해 주세요."
    listed = (
        ("", part.problems),
        ("끝난 과정이나 다른 과정의 번호입니다. 새 과정이면 다른 과정번호를 적어 주세요.", reused),
        (asked, part.questions),
    )
    return [Listing(tuple(map(str, found)), title) for title, found in listed if found]

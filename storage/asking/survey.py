"""A survey and its questions, as officers wrote them, and what their kinds mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeVar

T = TypeVar("T", int, str)

FEWEST = 5  # answers of fewer people are not shown, nor can they be found by subtraction
PEOPLES, TYPED = ("chat", "kiosk"), ("paper", "import")  # in which people answer, and in which officers enter answers

SCALE, NPS, SINGLE, MULTI, NUMBER, TEXT = "scale", "nps", "single", "multi", "number", "text"
POINTS = 5  # of a scale; the first of its labels is the best and stands for so many


@dataclass(frozen=True)
class Wording:
    """A text in both languages; where there is no English one, the Korean one stands."""

    ko: str
    en: str = ""

    def in_(self, language: str) -> str:
        return self.en if language == "en" and self.en else self.ko


@dataclass(frozen=True)
class Condition:
    """An answer to an earlier question for which a question is asked, or (`unless`) isn't."""

    question: str
    labels: tuple[str, ...]
    unless: bool = False

    def holds(self, answers: Mapping[str, Any]) -> bool:
        given = answers.get(self.question)
        picked = set(given if isinstance(given, list) else [str(given)])
        return bool(picked & set(self.labels)) != self.unless


@dataclass(frozen=True)
class Item:
    """A question. Answers are kept as the Korean label, as points of a scale, as a number, or as text.

    `options` are the labels to choose from; of a scale five, the best first. `least` and `most` bound a number, and
    `most` is how many options of MULTI may be chosen, or the signs of a TEXT.
    """

    name: str
    kind: str
    text: Wording
    options: tuple[Wording, ...] = ()
    is_required: bool = True
    least: int = 0
    most: int = 0
    section: Wording = field(default_factory=lambda: Wording(""))
    conditions: tuple[Condition, ...] = ()

    @property
    def labels(self) -> list[str]:
        return [option.ko for option in self.options]

    @property
    def wording(self) -> tuple[object, ...]:
        """The same for questions of two versions whose answers may be counted together."""
        return self.name, self.kind, self.text.ko, tuple(self.labels)

    def is_asked(self, answers: Mapping[str, Any]) -> bool:
        return all(condition.holds(answers) for condition in self.conditions)

    def is_answer(self, value: Any) -> bool:
        """Whether this can be an answer to the question as it is worded today; "" skips it."""
        if value == "":
            return not self.is_required
        if self.kind in (SCALE, NPS, NUMBER):
            return isinstance(value, int) and self.least <= value <= self.most
        if self.kind == MULTI:
            return isinstance(value, list) and 0 < len(value) <= self.most and set(value) <= set(self.labels)
        return isinstance(value, str) and (self.kind == TEXT or value in self.labels)


@dataclass(frozen=True)
class Survey:
    """A version of a survey. `opens_at` and `closes_at` are None where it follows courses.

    `kind` is needs, satisfaction or other; `audience` is attendees (of each course, after its last class), news (who
    agreed to news) or link (nobody is written to).
    """

    code: str
    version: int
    kind: str
    title: Wording
    intro: Wording
    is_anonymous: bool
    audience: str
    items: tuple[Item, ...]
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    delay_minutes: int = 30
    remind_hours: int = 72
    open_days: int = 10
    id: int = 0

    @property
    def follows_courses(self) -> bool:
        return self.audience == "attendees"

    def asked(self, answers: Mapping[str, Any]) -> list[Item]:
        return [item for item in self.items if item.is_asked(answers)]

    def complete(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers to what is asked, without what was skipped."""
        return {item.name: answers[item.name] for item in self.asked(answers) if answers.get(item.name, "") != ""}


def to_json(survey: Survey) -> dict[str, Any]:
    """All that an officer wrote; code, version, kind and id are columns of their own."""
    content = asdict(survey)
    for name in ("id", "code", "version", "kind"):
        del content[name]
    for name in ("opens_at", "closes_at"):
        content[name] = content[name] and content[name].isoformat()
    return content


def from_json(id: int, code: str, version: int, kind: str, content: Mapping[str, Any]) -> Survey:  # noqa: A002
    read: dict[str, Any] = {
        **content,
        "title": Wording(**content["title"]),
        "intro": Wording(**content["intro"]),
        "items": tuple(map(_item, content["items"])),
        **{name: _moment(content[name]) for name in ("opens_at", "closes_at")},
    }
    return Survey(id=id, code=code, version=version, kind=kind, **read)


def _item(content: Mapping[str, Any]) -> Item:
    conditions = tuple(Condition(**{**each, "labels": tuple(each["labels"])}) for each in content["conditions"])
    wordings = {name: Wording(**content[name]) for name in ("text", "section")}
    options = tuple(Wording(**each) for each in content["options"])
    return Item(**{**content, **wordings, "options": options, "conditions": conditions})


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def may_be_told(answers: int, unproven: int = 0) -> bool:
    """Whether so many answers may be shown, of which at most `unproven` came from somebody who may not be one person.

    The one rule: enough of them are of people who are proven to be different ones, however many somebody adds.
    """
    return answers - unproven >= FEWEST


def shown(counts: Mapping[T, int], unproven: Mapping[T, int] | None = None) -> set[T]:
    """The groups that may be shown apart: so that neither they nor what is left of the total are of too few."""
    doubtful = unproven or {}

    def may_be(names: Iterable[T]) -> bool:
        of = list(names)
        return may_be_told(sum(counts[name] for name in of), sum(doubtful.get(name, 0) for name in of))

    large = sorted((name for name in counts if may_be([name])), key=lambda name: (counts[name], name))
    left = [name for name in counts if counts[name] and name not in large]
    while large and left and not may_be(left):
        left.append(large.pop(0))
    return set(large)


def points_of(item: Item) -> Sequence[tuple[int, Wording]]:
    """The points of a scale with their labels, the fewest first, so that the place of each is its points."""
    return [(POINTS - place, option) for place, option in reversed(list(enumerate(item.options)))]

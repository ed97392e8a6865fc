"""A survey and its questions, as officers wrote them, and what their kinds mean."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

FEWEST = 5  # answers of fewer people are not shown, nor can they be found by subtraction

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


def shown(counts: Mapping[str, int], fewest: int = FEWEST) -> set[str]:
    """The groups that may be shown apart: none that is small, and so that the others can't be told by subtraction."""
    large = sorted((name for name, count in counts.items() if count >= fewest), key=lambda name: (counts[name], name))
    while large and 0 < sum(count for name, count in counts.items() if name not in large) < fewest:
        large.pop(0)
    return set(large)


def points_of(item: Item) -> Sequence[tuple[int, Wording]]:
    """The points of a scale with their labels, the fewest first, so that the place of each is its points."""
    return [(POINTS - place, option) for place, option in reversed(list(enumerate(item.options)))]

"""Sentences as people say them, each with what it means, and whether an answer is right."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from handlers.dialogue import texts
from handlers.dialogue.reply import Button, Reply
from handlers.residents.courses.questions import TOPICS
from handlers.understanding.meaning import kinds
from tests.support.sentences.world import World

_TOPIC = re.compile(r"asked/(\w+)/(\d+)")
_OTHER = re.compile(
    r"(?:said|asked)/([a-z_]+)|mine|cancel|contact|jobs|counseling|surveys|help|courses|news|instructors|callback"
)
_COURSE = re.compile(r"(?:courses|forms/enroll)/(\d+)(?:/|$)")
# What a text tells of the kind that was understood: the beginning of its key, in their order.
_KINDS = {
    "asked.not_on_day": "when",
    "asked.": "", "understood.": "", "mine.cancel.": "cancel", "my_attendance.": "absence", "absence.": "absence",
    "mine.": "mine", "jobs.": "job",
    "counseling.": "counseling",
    "surveys.": "survey", "welcome.contact": "person", "instructors.": "teach", "news.stop": "stop", "news.": "news",
    "topics.": "news", "stop.": "stop", "welcome.greeting": "hello", "welcome.help": "help", "welcome.menu": "hello",
    "on_behalf.": "for_other", "me.nothing": "nothing_kept", "me.correct": "change_data", "me.": "privacy",
    "simple.": "bigger", "qualifications.": "qualification",
    "callback.": "call_me", "other.voice": "voice", "questions.": "faq",
}  # fmt: skip
# Kinds of which the answer to one is as good an answer to the other.
_ALIKE = {
    frozenset(pair)
    for pair in (
        ("cancel", "mine"), ("place_in_line", "mine"), ("person", "call_me"), ("hello", "help"),
        ("apply_how", "course"),
        ("course", "find"),
        ("nothing_kept", "privacy"), ("nothing_kept", "change_data"),  # who told nothing is told that
    )
}  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    said: str
    means: str
    who: str = "new"
    after: str = ""
    about: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    days: str = ""
    time: str = ""
    cost: int | None = None
    place: str = ""
    certificate: bool = False
    starts: str = ""
    open: bool = False
    soon: bool = False
    one_day: bool = False

    def fits(self, code: str, row: dict[str, Any], today: str) -> bool:
        """Whether a course has all that is asked for."""
        hour = int(row["time"][:2])
        time = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
        opens, closes = row["apply"]
        return (
            (not self.about or code in self.about)
            and (not self.days or bool(set(self.days) & set(row["days"])))
            and (not self.time or self.time in (time, "day" if hour < 18 else ""))
            and (self.cost is None or row.get("fee", 0) <= self.cost)
            and self.place in row["venue"]
            and (not self.certificate or "certificate" in row)
            and row["dates"][0].startswith(self.starts)
            and (not self.open or opens <= today <= closes)
            and (not self.soon or opens > today)
            and (not self.one_day or row["dates"][0] == row["dates"][1])
        )


def load(path: Path) -> list[Phrase]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["phrase"]
    return [
        Phrase(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
        for row in rows
    ]


@dataclass(frozen=True)
class Verdict:
    """`first`: the answer is right; `among`: it, or one of its first three choices; `sure`: it doesn't ask back."""

    first: bool
    among: bool
    sure: bool
    kind: str
    courses: tuple[str, ...]


def judge(phrase: Phrase, reply: Reply, world: World, today: str) -> Verdict:
    kind = kind_of(reply)
    if kind == "nothing_held" and phrase.who == "new":  # who asks where they stand, and stands nowhere, is told that
        kind = "place_in_line"
    cards = tuple(
        world.code(int(found[1])) for each in reply.cards if each.button and (found := _COURSE.match(each.button.path))
    )
    shown = cards or _shown(reply, world)
    first = _is_right(phrase, kind, shown, world, today)
    others = [each for each in reply.links if _OTHER.fullmatch(each.path)]
    choices = [*reply.choices, *reply.links][:3] + others
    among = first or any(_leads(phrase, each, world, today) for each in choices)
    asks_back = (
        bool(_perhaps(reply.text))
        or kind in ("nothing", "perhaps")
        or any(each.path == "asked/no" for each in reply.all_buttons)
    )
    return Verdict(first, among, not asks_back, kind, shown)


def kind_of(reply: Reply) -> str:
    topics = {found[1] for each in reply.choices if (found := _TOPIC.match(each.path))}
    if len(topics) == 1:
        return topics.pop()
    key = key_of(reply.text)
    if asked := _perhaps(reply.text):
        return asked
    if key in ("asked.unknown", "asked.not_told"):
        return _topic_in(reply.text)
    for start, kind in _KINDS.items():
        if key.startswith(start):
            return kind or key.partition(".")[2]
    if key == "courses.not_found":
        return "nothing"
    if key == "courses.perhaps":
        return "perhaps"
    return (
        "course"
        if key.startswith("courses.card")
        else "find"
        if key.startswith("courses.") or any(c.button and _COURSE.match(c.button.path) for c in reply.cards)
        else key
    )


def _perhaps(text: str) -> str:
    """The kind that an answer asks to be confirmed in its first line."""
    said = text.partition("\n")[0]
    for language in texts.LANGUAGES:
        named = texts.catalogue(language)
        for kind in kinds():
            if said == texts.say(language, "understood.perhaps", about=named[f"asked.topic.{kind}"]):
                return "find" if kind == "seek" else kind
    return ""


def _topic_in(text: str) -> str:
    """That of which nothing is known."""
    named = {texts.catalogue(language)[f"asked.topic.{kind}"]: kind for language in texts.LANGUAGES for kind in TOPICS}
    return next(kind for topic, kind in named.items() if text.startswith(topic))


def _is_right(phrase: Phrase, kind: str, shown: Sequence[str], world: World, today: str) -> bool:
    wanted = {phrase.means, *phrase.also}
    near = {other for each in wanted for pair in _ALIKE if each in pair for other in pair} | wanted
    if kind not in near:
        return False
    if kind in ("find", "course") and wanted & {"find", "course"}:
        fitting = [code for code, row in world.courses.items() if phrase.fits(code, row, today)]
        fitting = [code for code in fitting if phrase.about or world.courses[code]["apply"][1] >= today]
        if fitting:
            return bool(shown) and all(code in fitting for code in shown)
        return bool(shown) and all(not phrase.about or code in phrase.about for code in shown)
    return not phrase.about or not shown or any(code in phrase.about for code in shown)


def _leads(phrase: Phrase, button: Button, world: World, today: str) -> bool:
    if found := _COURSE.match(button.path):
        code = world.code(int(found[1]))
        return phrase.means in ("find", "course") and phrase.fits(code, world.courses[code], today)
    if found := _TOPIC.match(button.path):
        return found[1] == phrase.means
    wanted = {phrase.means, *phrase.also}
    if found := re.fullmatch(r"(?:said|asked)/(\w+)", button.path):
        return found[1] in wanted
    if button.path == "courses" and "apply_how" in wanted:
        return True
    if button.path in ("mine", "cancel") and wanted & {"mine", "cancel", "place_in_line"}:
        return True
    paths = {"instructors": "teach", "contact": "person", "jobs": "job", "counseling": "counseling",
             "surveys": "survey", "help": "help", "news": "news", "callback": "call_me"}  # fmt: skip
    return paths.get(button.path.partition("/")[0]) in (phrase.means, *phrase.also)


def _shown(reply: Reply, world: World) -> tuple[str, ...]:
    titles = {row["title"]: code for code, row in world.courses.items()}
    if named := tuple(titles[card.title] for card in reply.cards if card.title in titles):
        return named
    paths = [each.path for each in reply.buttons]
    return tuple(
        dict.fromkeys(
            world.code(int(found[1]))
            for path in paths
            if (found := _COURSE.match(path) or re.match(r"asked/\w+/(\d+)", path))
        )
    )


def key_of(text: str) -> str:
    """The key of the text that a reply begins with."""
    return next(
        (key for language in texts.LANGUAGES for key, pattern in _patterns(language) if pattern.match(text)), ""
    )


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Of all texts that have words of their own, the longest first."""
    found = []
    for key, words in texts.catalogue(language).items():
        parts = re.split(r"\{[^}]*\}", words)
        if (
            len("".join(parts)) > (6 if parts[0] else 25) and not key.startswith(("labels.", "facts."))
        ) or key.startswith("asked."):
            found.append((key, re.compile(".+?".join(map(re.escape, parts)), re.S)))
    return tuple(sorted(found, key=lambda each: -len(each[1].pattern.replace(".+?", ""))))

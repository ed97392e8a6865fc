"""A survey to be filled in with a pen: its questions as they stand on the sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from handlers.dialogue import texts
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms.form import Choice
from handlers.residents.surveys.answering import called, closing_day
from handlers.residents.surveys.questions import choices
from storage.asking import rounds, surveys
from storage.asking.survey import MULTI, NUMBER, SCALE, TEXT, Condition, Item, Survey

SIGNS_IN_A_LINE = 60


@dataclass(frozen=True)
class Asked:
    """A question on paper. Who writes has `lines`, who ticks `choices`, and for a number there is one box."""

    name: str
    kind: str
    text: str
    notes: tuple[str, ...]
    choices: tuple[Choice, ...]
    lines: int


@dataclass(frozen=True)
class Block:
    """Questions that stand together: those of a scale with the same labels make one table."""

    questions: tuple[Asked, ...]

    @property
    def is_table(self) -> bool:
        return self.questions[0].kind == SCALE

    @property
    def scale(self) -> tuple[Choice, ...]:
        return self.questions[0].choices


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """`code` is the round's, in one piece."""

    code: str
    title: str
    intro: str
    day: str
    is_anonymous: bool
    sections: tuple[Section, ...]

    @property
    def written_code(self) -> str:
        return f"{self.code[:4]}-{self.code[4:]}"


def sheet(chat: Chat, code: str) -> Paper:
    """Raises Refused. It can be printed before the survey opens, and after it is over."""
    round_ = rounds.by_code(chat.tx, code)
    if round_ is None:
        raise Refused("kiosk.unknown")
    survey = surveys.find(chat.tx, round_.survey_id)
    return Paper(
        code=round_.code,
        title=called(chat, survey, round_),
        intro=survey.intro.in_(chat.language),
        day=closing_day(chat, round_),
        is_anonymous=survey.is_anonymous,
        sections=tuple(sections(survey, chat.language)),
    )


def sections(survey: Survey, language: str) -> Iterator[Section]:
    for section, items in groupby(survey.items, key=lambda item: item.section):
        blocks = groupby(items, key=_table)
        asked = (Block(tuple(_asked(item, survey, language) for item in together)) for _, together in blocks)
        yield Section(section.in_(language), tuple(asked))


def _table(item: Item) -> tuple[object, ...]:
    """The same for questions that stand in one table."""
    return (SCALE, item.options) if item.kind == SCALE else (item.name,)


def _asked(item: Item, survey: Survey, language: str) -> Asked:
    lines = -(-item.most // SIGNS_IN_A_LINE) if item.kind == TEXT else 0
    offered = () if item.kind in (TEXT, NUMBER) else choices(item, language)
    text, notes = item.text.in_(language), tuple(_notes(item, survey, language))
    return Asked(item.name, item.kind, text, notes, offered, min(max(lines, 1), 3) if lines else 0)


def _notes(item: Item, survey: Survey, language: str) -> Iterator[str]:
    by_name = {each.name: each for each in survey.items}
    for condition in item.conditions:
        yield _when(condition, by_name[condition.question], language)
    if item.kind == NUMBER:
        yield texts.say(language, "paper.number", least=item.least, most=item.most)
    if item.kind == MULTI and item.most < len(item.options) and str(item.most) not in item.text.in_(language):
        yield texts.say(language, "paper.most", most=item.most)
    if not item.is_required:
        yield texts.say(language, "paper.optional")


def _when(condition: Condition, on: Item, language: str) -> str:
    key = "paper.unless" if condition.unless else "paper.only"
    return texts.say(language, key, question=on.name, labels="’, ‘".join(_labels(condition.labels, on, language)))


def _labels(labels: Sequence[str], on: Item, language: str) -> list[str]:
    worded = {option.ko: option.in_(language) for option in on.options}
    return [worded.get(label, label) for label in labels]

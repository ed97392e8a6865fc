"""Questions of all versions of a survey: those that are worded the same count together, others apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.asking.survey import Item, Survey


@dataclass(frozen=True)
class Edition:
    """A question as these versions ask it. `label` names them where others ask it differently or not at all."""

    item: Item
    survey_ids: tuple[int, ...]
    label: str


def editions(versions: Sequence[Survey]) -> list[Edition]:
    """In the order of the newest version, each followed by how older ones had it; last what only they had."""
    alike: dict[tuple[object, ...], list[tuple[Survey, Item]]] = {}
    for survey in sorted(versions, key=lambda each: each.version, reverse=True):
        for item in survey.items:
            alike.setdefault(item.wording, []).append((survey, item))
    names = list(dict.fromkeys(item.name for asked in alike.values() for _, item in asked))
    ordered = sorted(alike.values(), key=lambda asked: names.index(asked[0][1].name))
    return [_edition(asked, len(versions)) for asked in ordered]


def _edition(asked: Sequence[tuple[Survey, Item]], versions: int) -> Edition:
    numbers = sorted(survey.version for survey, _ in asked)
    label = "" if len(asked) == versions else f"{'·'.join(map(str, numbers))}판"
    return Edition(asked[0][1], tuple(survey.id for survey, _ in asked), label)

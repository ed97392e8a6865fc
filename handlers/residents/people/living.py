"""The dong somebody lives in, from a choice, or from an address, a street or a house as people name it."""

import re

from handlers.dialogue.organization import Organization
from handlers.language import answers, places
from handlers.language.answers import Choices, Unparsed
from handlers.language.letters.spelling import compact
from handlers.language.places import Place


def dong(organization: Organization, elsewhere: str, choices: Choices, text: str) -> str:
    """The value of a choice; raises Unparsed, with what to ask, where a place may be in several dongs or in none."""
    text = _named_in_korean(organization, answers.bounded(text))
    said = compact(text)
    if any(said in (compact(value), compact(label)) for value, label in choices):
        return answers.one_of(choices)(text)
    place = places.read(text, places.table(organization.district, organization.dongs))
    if place is None:
        return answers.one_of(choices)(text)
    if place.is_elsewhere:
        return elsewhere
    return _only(place, [name for name in place.dongs if name in organization.dongs], dict(choices), elsewhere)


def _named_in_korean(organization: Organization, text: str) -> str:
    """The dong that somebody names in English, however it is spaced; any other text as it is."""
    said = re.sub(r"^i live in |[\s.-]", "", text.strip().lower())
    called = ((name, organization.called(name, "en")) for name in organization.dongs)
    return next((name for name, english in called if said == re.sub(r"[\s-]", "", english.lower())), text)


def _only(place: Place, dongs: list[str], labels: dict[str, str], elsewhere: str) -> str:
    if len(dongs) == 1:
        return dongs[0]
    if dongs:
        raise Unparsed("answers.dong_several", named=place.named, dongs=", ".join(labels[name] for name in dongs))
    if not place.is_known:
        raise Unparsed("answers.dong_unknown", named=place.named, elsewhere=labels[elsewhere])
    raise Unparsed("answers.dong_which" if place.named else "answers.dong_unclear", elsewhere=labels[elsewhere])

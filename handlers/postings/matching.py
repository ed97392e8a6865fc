"""How well a posting fits a resident, by points, and the words in which to say why."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest

from handlers.dialogue.korean import compact
from handlers.postings import categories, regions
from storage.posting import Posting

SAME_CODE, NEAR_CODE, KEYWORD, CERTIFICATE = 3, 2, 2, 2
HERE, NEXT_DOOR, DAYPART, CAREER = 2, 1, 1, 1
MUST_CHECK = ("심리·상담",)  # a private certificate alone rarely meets what such postings require


@dataclass(frozen=True)
class Learnt:
    """A course that somebody completed."""

    title: str
    category: str
    certificate: str


@dataclass(frozen=True)
class Wish:
    """What is known of a resident; `dayparts` is empty where any time fits."""

    fields: frozenset[str]
    learnt: tuple[Learnt, ...]
    region_code: str
    dayparts: frozenset[str] = frozenset()

    @cached_property
    def titles(self) -> dict[str, str]:
        """The course completed last in each category."""
        return {each.category: each.title for each in reversed(self.learnt)}

    @cached_property
    def certificates(self) -> list[tuple[str, str]]:
        """Each certificate with the word by which postings name it: of "바리스타 2급" that before the grade."""
        words = (
            (compact(each.certificate.split(" ")[0]), each.certificate) for each in self.learnt if each.certificate
        )
        return [(word, certificate) for word, certificate in words if len(word) > 1]

    @cached_property
    def neighbours(self) -> frozenset[str]:
        return regions.neighbours(self.region_code)


@dataclass(frozen=True)
class Match:
    """`reasons` are keys of texts with the word that each names."""

    posting: Posting
    points: int
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Candidate:
    """A posting with what is the same for everybody: its points by field, and what it tells, to look for words in."""

    posting: Posting
    by_field: int
    told: str


def candidate(posting: Posting) -> Candidate:
    return Candidate(posting, _by_field(posting), compact(f"{posting.certificate}{posting.title}{posting.description}"))


def best(found: Iterable[Candidate], wish: Wish, most: int) -> list[Match]:
    """The best first; of equal ones the first."""
    return nlargest(most, (_matched(each, wish) for each in found), key=lambda match: match.points)


def match(posting: Posting, wish: Wish) -> Match:
    return _matched(candidate(posting), wish)


def must_check(posting: Posting) -> bool:
    return posting.category in MUST_CHECK


def _matched(one: Candidate, wish: Wish) -> Match:
    posting, reasons, points = one.posting, [], one.by_field
    if posting.category in wish.titles:
        reasons.append(("course", wish.titles[posting.category]))
    elif posting.category in wish.fields:
        reasons.append(("field", posting.category))
    else:
        points = 0
    for word, certificate in wish.certificates:
        if word in one.told:
            points += CERTIFICATE
            reasons.append(("certificate", certificate))
            break
    if posting.region_code == wish.region_code:
        points += HERE
        reasons.append(("here", posting.region))
    elif posting.region_code in wish.neighbours:
        points += NEXT_DOOR
        reasons.append(("next_door", posting.region))
    if posting.daypart and (not wish.dayparts or posting.daypart in wish.dayparts):
        points += DAYPART
    if posting.career in ("none", "new"):
        points += CAREER
        reasons.append(("beginners", ""))
    return Match(posting, points, tuple(reasons))


def _by_field(posting: Posting) -> int:
    """By the code of its occupation, or one of the same group, and by the words of its title."""
    category = next((each for each in categories.known() if each.name == posting.category), None)
    if category is None:
        return 0
    groups = {code[:4] for code in category.codes}
    by_code = SAME_CODE if posting.occupation in category.codes else 0
    by_code = by_code or NEAR_CODE * (posting.occupation[:4] in groups)
    told = compact(f"{posting.title}{posting.description}")
    return by_code + KEYWORD * any(compact(word) in told for word in (*category.telling, *category.words))

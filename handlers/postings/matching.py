"""How well a posting fits a resident, by points, and the words in which to say why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Match:
    """`reasons` are keys of texts with the word that each names."""

    posting: Posting
    points: int
    reasons: tuple[tuple[str, str], ...]


def best(found: Sequence[Posting], wish: Wish, most: int) -> list[Match]:
    """The best first; of equal ones the newest."""
    matches = [match(posting, wish) for posting in found]
    return sorted(matches, key=lambda each: -each.points)[:most]


def match(posting: Posting, wish: Wish) -> Match:
    parts = list(_parts(posting, wish))
    return Match(posting, sum(points for points, _, _ in parts), tuple((key, word) for _, key, word in parts if key))


def must_check(posting: Posting) -> bool:
    return posting.category in MUST_CHECK


def _parts(posting: Posting, wish: Wish) -> Iterator[tuple[int, str, str]]:
    """(points, key of a reason or "", its word)."""
    learnt = next((each for each in wish.learnt if each.category == posting.category), None)
    by_field = _by_field(posting)
    if learnt:
        yield by_field, "course", learnt.title
    elif posting.category in wish.fields:
        yield by_field, "field", posting.category
    named = next((each.certificate for each in wish.learnt if _names(posting, each.certificate)), "")
    if named:
        yield CERTIFICATE, "certificate", named
    if posting.region_code == wish.region_code:
        yield HERE, "here", posting.region
    elif posting.region_code in regions.neighbours(wish.region_code):
        yield NEXT_DOOR, "next_door", posting.region
    if posting.daypart and (not wish.dayparts or posting.daypart in wish.dayparts):
        yield DAYPART, "", ""
    if posting.career in ("none", "new"):
        yield CAREER, "beginners", ""


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


def _names(posting: Posting, certificate: str) -> bool:
    """Whether a posting names a certificate; of "바리스타 2급" the word before the grade is enough."""
    word = compact(certificate.split(" ")[0]) if certificate else ""
    return len(word) > 1 and word in compact(f"{posting.certificate}{posting.title}{posting.description}")

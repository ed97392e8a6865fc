"""How well a posting fits a resident, by points, and the words in which to say why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import chain
from operator import itemgetter

from handlers.language.letters.spelling import compact
from handlers.postings.reading import categories, regions
from handlers.postings.reading.words import holds
from storage.jobs.posting import Posting

SAME_CODE, NEAR_CODE, KEYWORD, CERTIFICATE = 3, 2, 2, 2
HERE, NEXT_DOOR, DAYPART, CAREER = 2, 1, 1, 1
FOR_BEGINNERS = ("none", "new")
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


@dataclass(frozen=True)
class Pool:
    """Postings weighed by what is the same for everybody in a district, the best first, of equal ones the newest."""

    weighed: Sequence[tuple[int, str, Posting]]  # (points, what it tells, to look for words in, itself)

    def best(self, wish: Wish, most: int) -> list[tuple[int, Posting]]:
        if not wish.certificates and not wish.dayparts:
            return [(points, posting) for points, _, posting in self.weighed[:most]]
        found = ((points + _own_points(posting, letters, wish), posting) for points, letters, posting in self.weighed)
        return nlargest(most, found, key=itemgetter(0))


def pool(found: Iterable[Posting], region_code: str) -> Pool:
    weighed = [(_shared_points(posting, region_code), _letters(posting), posting) for posting in found]
    return Pool(sorted(weighed, key=itemgetter(0), reverse=True))


def best(pools: Iterable[Pool], wish: Wish, most: int) -> list[Posting]:
    found = nlargest(most, chain.from_iterable(each.best(wish, most) for each in pools), key=itemgetter(0))
    return [posting for _, posting in found]


def must_check(posting: Posting) -> bool:
    return posting.category in MUST_CHECK


def reasons(posting: Posting, wish: Wish) -> Iterator[tuple[str, str]]:
    """Why it fits: keys of texts, each with the word that it names."""
    if posting.category in wish.titles:
        yield "course", wish.titles[posting.category]
    elif posting.category in wish.fields:
        yield "field", posting.category
    if certificate := _certificate(_letters(posting), wish):
        yield "certificate", certificate
    if posting.region_code == wish.region_code:
        yield "here", posting.region
    elif posting.region_code in regions.neighbours(wish.region_code):
        yield "next_door", posting.region
    if posting.career in FOR_BEGINNERS:
        yield "beginners", ""


def _shared_points(posting: Posting, region_code: str) -> int:
    is_next_door = posting.region_code in regions.neighbours(region_code)
    place = HERE if posting.region_code == region_code else NEXT_DOOR * is_next_door
    return _by_field(posting) + place + CAREER * (posting.career in FOR_BEGINNERS)


def _own_points(posting: Posting, letters: str, wish: Wish) -> int:
    return CERTIFICATE * bool(_certificate(letters, wish)) + DAYPART * (posting.daypart in wish.dayparts)


def _certificate(letters: str, wish: Wish) -> str:
    return next((certificate for word, certificate in wish.certificates if word in letters), "")


def _letters(posting: Posting) -> str:
    return compact(f"{posting.certificate}{posting.title}{posting.description}")


def _by_field(posting: Posting) -> int:
    """By the code of its occupation, or one of the same group, and by the words of its title."""
    category = next((each for each in categories.known() if each.name == posting.category), None)
    if category is None:
        return 0
    groups = {code[:4] for code in category.codes}
    by_code = SAME_CODE if posting.occupation in category.codes else 0
    by_code = by_code or NEAR_CODE * (posting.occupation[:4] in groups)
    words = compact(f"{posting.title}{posting.description}")
    return by_code + KEYWORD * any(holds(words, compact(word)) for word in (*category.telling, *category.words))

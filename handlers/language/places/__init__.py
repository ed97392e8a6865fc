"""Where somebody lives, read from an address, a street or a house as people name it; a table a district."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from handlers.language.letters.spelling import compact, tidy

_PROVINCES = (
    "부산|대구|인천|광주|대전|울산|세종|경기|강원|충청|충북|충남|전라|전북|전남|경상|경북|경남|제주|수원|성남|고양|용인|부천|안양|안산|하남"
    "|남양주|의정부|구리|김포|광명|파주|일산|분당|판교"
)
_AFTER_NAME = r"(?=\s|\d|[,.]|에|이|요|입|예|으?로\s|살|사는|거주|쪽|$)"
_AFTER_DONG = "(?![로길])"
_IN_OTHER_CITY = re.compile(rf"(?<![가-힣])(?:{_PROVINCES})(?:[가-힣]{{0,5}}[시도군])?{_AFTER_NAME}")
_DENIED = re.compile(
    "(?:안|못)(?:살|거주)|(?:살지|거주하지)(?:는|도)?(?:않|안|못)|아니|아뇨|다른(?:구|동네|곳|데|지역|시|도시)|구밖|바깥|타지|외지|타구"
)
_OTHER_DONG = re.compile(r"(?<![가-힣])([가-힣]{1,5}\d?동)(?![가-힣]*[로길])")
_LIKE_AN_ADDRESS = re.compile(r"[가-힣]\d*(?:로|길)\s*\d|아파트|빌라|오피스텔|번지|\d+-\d+")


@dataclass(frozen=True)
class Place:
    """The dongs that may be meant, or that it is elsewhere; with neither it has to be asked."""

    dongs: tuple[str, ...] = ()
    is_elsewhere: bool = False
    named: str = ""  # what was heard of it: "신당동", "을지로"
    is_known: bool = True  # whether the district has a place of this name


@dataclass(frozen=True)
class Table:
    """What is known of a district's places; of one without a file only its name and its dongs."""

    district: str
    dongs: tuple[str, ...]
    city: str = ""
    city_districts: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    old_names: Mapping[str, str] = field(default_factory=dict)
    legal: Mapping[str, Sequence[str]] = field(default_factory=dict)
    apartments: Mapping[str, str] = field(default_factory=dict)

    @property
    def meanings(self) -> dict[str, tuple[str, ...]]:
        """Every name of a dong, old or legal ones too, with those that it may mean today."""
        own = {dong: (dong,) for dong in self.dongs}
        old = {name: (dong,) for name, dong in self.old_names.items()}
        legal = {name: tuple(dongs) for name, dongs in self.legal.items()}
        full = {**own, **old, **legal}
        stems = {name[:-1]: dongs for name, dongs in full.items() if name.endswith("동") and len(name) > 2}
        short = {name: dongs for name, dongs in stems.items() if name not in self.streets}
        return {**short, **full}


@cache
def table(district: str, dongs: tuple[str, ...]) -> Table:
    """That of the district which has these dongs; several cities have a 중구."""
    for source in sorted(files(__name__).iterdir(), key=lambda each: each.name):
        if source.name.endswith(".toml"):
            found: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
            if found["district"] == district and set(dongs) <= set(found["dongs"]):
                lists = {name: tuple(found.pop(name)) for name in ("city_districts", "streets")}
                return Table(**{**found, **lists, "dongs": dongs})
    return Table(district, dongs)


def read(text: str, known: Table) -> Place | None:
    """None when nothing in the text sounds like a place."""
    said = re.sub(r"(?<=[가-힣])\s+(?=\d[가동])", "", tidy(text))
    if said.removesuffix(".") in known.dongs:
        return Place((said.removesuffix("."),))
    here, named = _here(said, known)
    is_away, is_denied = _is_away(said, known), bool(_DENIED.search(compact(said)))
    if is_away or is_denied:
        return Place(is_elsewhere=True) if not here else Place()
    if here or named:
        return Place(here, named=named)
    return _unknown(said, known)


def _here(said: str, known: Table) -> tuple[tuple[str, ...], str]:
    """The dongs that a house, a dong or a street may lie in, and the name of what was found."""
    house = next((name for name in known.apartments if name.lower() in compact(said)), None)
    if house:
        return (known.apartments[house],), house
    within = (
        re.sub(f"(?:{known.city}(?:특별시|광역시|시)?)?\\s*{known.district}(?:에|의)?", " ", said)
        if known.city
        else said
    )
    meanings = known.meanings
    found = re.findall(_any_of([*meanings, *known.streets]), within)
    dongs = [meanings[name] for name in found if name in meanings]
    if not dongs:
        return (), found[0] if found else known.district if known.district in said else ""
    if len(found) == 1 and found[0] in known.dongs and not _says_more(within, found[0]):
        return (found[0],), found[0]
    common = [dong for dong in dongs[0] if all(dong in others for others in dongs)]
    return tuple(common or dict.fromkeys(dong for each in dongs for dong in each)), found[0]


def _any_of(names: Sequence[str]) -> str:
    """Of names that begin alike the longest; a stem without 동 only where a word ends."""
    longest_first = sorted(names, key=len, reverse=True)
    ends = (re.escape(name) + (_AFTER_DONG if name[-1] in "동가" else _AFTER_NAME) for name in longest_first)
    return f"(?<![가-힣])(?:{'|'.join(ends)})"


def _says_more(within: str, name: str) -> bool:
    """Whether a lot or a house is named beside the dong, which is the legal one then."""
    return bool(re.search(r"\d|아파트|빌라", within.replace(name, "", 1)))


def _is_away(said: str, known: Table) -> bool:
    others = "|".join(f"{name[:-1]}구?" if len(name) > 2 else name for name in known.city_districts)
    in_city = rf"(?<![가-힣])(?:{known.city}(?:특별시|시)?)?\s*(?<![가-힣])(?:{others}){_AFTER_NAME}"
    return bool(_IN_OTHER_CITY.search(said) or (others and re.search(in_city, said)))


def _unknown(said: str, known: Table) -> Place | None:
    dong = _OTHER_DONG.search(said) if known.legal else None
    if dong:
        return Place(named=dong[1], is_known=False)
    return Place() if _LIKE_AN_ADDRESS.search(said) else None

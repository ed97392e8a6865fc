"""Which district an address is in, also where its parts are glued: "서울 도봉구802호" is "서울 도봉구"."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from handlers.language.letters.spelling import unspaced

FILE = Path(__file__).with_name("regions.toml")
HOME = "서울"  # a district without its province is one of ours


class Region(NamedTuple):
    name: str
    code: str


UNKNOWN = Region("", "")


def of(address: str) -> Region:
    """The district, or the province where no district of ours follows; UNKNOWN where neither is told."""
    glued = re.sub(r"^[\W\d_]+", "", unspaced(address))
    found = _beginnings().match(glued)
    return _by_beginning()[found[0]] if found else UNKNOWN


@cache
def neighbours(code: str) -> frozenset[str]:
    """Codes of districts from which one easily gets to this one."""
    return frozenset(tomllib.loads(FILE.read_text(encoding="utf-8"))["neighbours"].get(code, ()))


@cache
def _by_beginning() -> dict[str, Region]:
    known: dict[str, Region] = {}
    for province in tomllib.loads(FILE.read_text(encoding="utf-8"))["province"]:
        heads = (province["name"], *province["also"])
        known |= {head: Region(province["name"], province["code"]) for head in heads}
        for district, code in map(str.split, province.get("districts", ())):
            region = Region(f"{province['name']} {district}", code)
            alone = (district,) if province["name"] == HOME else ()
            known |= dict.fromkeys((*(head + district for head in heads), *alone), region)
    return known


@cache
def _beginnings() -> re.Pattern[str]:
    """Longest first, as 고용24 has 서울 before 서울 중구; never by the ending 구, which many a building has too."""
    return re.compile("|".join(sorted(map(re.escape, _by_beginning()), key=len, reverse=True)))

"""Names of persons: read from what people say of theirs, and masked where others see them."""

import re
import unicodedata

from handlers.language.answers import Unparsed, bounded

_NAME_LEAD = re.compile(r"^(?:저는\s*|나는\s*|(?:(?:제|내|저의|나의)\s*)?(?:이름|성함)(?:은|이)?\s*)")
_NAME_TAILS = (r"이?라고\s*(?:합니다|해요|하는데요)", "입니다", "이에요", "예요", "에요", "이예요", "인데요", "이요")
_HANGUL_NAME = re.compile(r"(?:[가-힣] ?){1,5}[가-힣]")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ][A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ .'’-]{1,39}")
_SENTENCE = re.compile(".{2,}(?:니다|세요|어요|아요|해요|네요|나요|까요)")


def person_name(text: str) -> str:
    said = " ".join(unicodedata.normalize("NFKC", bounded(text)).split()).rstrip(".!,~ ")
    for name in _without_tails(_NAME_LEAD.sub("", said)):
        if _is_name(name):
            return name
    raise Unparsed("answers.name_wrong")


def _without_tails(said: str) -> list[str]:
    shorter = [re.sub(rf"\s*{tail}$", "", said) for tail in _NAME_TAILS]
    return [*(name for name in shorter if name != said), said]


def _is_name(name: str) -> bool:
    if _HANGUL_NAME.fullmatch(name):
        return not _SENTENCE.fullmatch(name)
    return bool(_LATIN_NAME.fullmatch(name))


def mask_name(name: str) -> str:
    """The name with all but its first and last letter hidden: 홍*동, 홍*."""
    if len(name) < 3:
        return name[:-1] + "*"
    return name[0] + re.sub(r"\S", "*", name[1:-1]) + name[-1]

"""Whether a sentence says what is to be learnt, though no course may have it."""

import re

from handlers.search.words import says_nothing

_ABOUT = re.compile(
    r"([가-힣A-Za-z]{2,}?)(?:을|를|은|는|도|이|가)?\s*"
    r"(?:자격증|수업|강좌|강의|과정|반(?=\s|이|은|도|없|있|$)|교육|배[우울워]|따[는고려]|class|course|lesson)"
    r"|(?:learn|study)\s+(?:how\s+)?(?:to\s+)?(?P<learnt>[A-Za-z]{3,})"
)
_THERE_IS = re.compile(r"(?P<learnt>[가-힣]{2,}?)(?:은|는|도|이|가)?\s*[없있](?:나요?|어요?|을까|냐|니|음|습니까)")
_NO_SUBJECT = re.compile(
    r".*(?:는|은|된|할|한|던|들|고|에|서|요|지|데|만|면|운|뭐|머|이런|그런|어떤)"
    r"|요즘|무슨|다른|여러|직업|개설|전체|아무|우리|저희|이번|다음|오늘|내일|저녁|오전|오후|주말|평일|무료|자리|any|the|what|new|my|a"
)


def is_said(text: str) -> bool:
    """중국어 수업, 요양보호사 자격증."""
    return _names(text, _ABOUT)


def is_asked_for(text: str) -> bool:
    """우쿨렐레는 없나요: where something is looked for, that is what."""
    return _names(text, _THERE_IS)


def _names(text: str, words: re.Pattern[str]) -> bool:
    subjects = (found[1] or found["learnt"] for found in words.finditer(text))
    return any(not says_nothing(word) and not _NO_SUBJECT.fullmatch(word) for word in subjects)

"""What a text that found nothing is about, in a few words without the person; and whether that may be a course."""

import re

from handlers.language.letters.spelling import tidy
from handlers.language.masking import without_personal
from handlers.language.questions import is_question
from handlers.search import words as search_words

# What is longer is a story of somebody's, not the name of something to learn.
LONGEST = 40  # signs
MOST_WORDS = 3
_LEGIBLE = re.compile("[가-힣A-Za-z]")
_OBJECT = re.compile(r"(?<=[가-힣]{2})[을를]$")
_OF_COURSES = re.compile(
    r"강좌|수업|강의|과정|교육|프로그램|클래스|배[우울워]|자격증|\b(?:course|class|lesson|learn|study)", re.I
)
_ASKS_FACTS = re.compile("얼마|언제|어디|어떻게|어떡|몇|왜|누가|누구|when|where|how|why|who", re.I)
_SPOKEN = re.compile(  # a verb, of a sentence; not 민요 or 대중가요
    ".+(?:[어아여워와해했데네세에예게래나줘죠지]요|니다|죠|까|는데|거든|려고|해서|ㅋ|ㅠ)"
)

# What stands for something that isn't named: 재밌는거, 그거말고, 여기서.
_THING = re.compile(
    "(?:.*(?:는|은|던|만한))?(?:거|것|게|걸)(?:로|로요|요|나)?|.*(?:는|은|던|만한)(?:거|것|게|걸|데|날)|.*말고|[이그저](?:거|것)"
    "|[월화수목금토일](?:욜|요일)|여기서|거기서|담주|담달|재[미밌].*|괜찮.*|좋은|개?꿀(?:잼|강좌|수업|강의)?"
    "|또|나중에|아무[가-힣]*|.*에서|.*까지만?|.*싶[가-힣]*"
)
# What stands before a word for courses, or is asked whether there is one.
_BEFORE_COURSE = re.compile(
    r"([가-힣A-Za-z]{2,}?)(?:을|를|은|는|도|이|가)?\s*"
    r"(?:자격증|수업|강좌|강의|과정|반(?=\s|이|은|도|없|있|$)|교육|배[우울워]|따[는고려]|class|course|lesson)"
    r"|(?:learn|study)\s+(?:how\s+)?(?:to\s+)?(?P<learnt>[A-Za-z]{3,})"
)
_THERE_IS = re.compile(r"(?P<learnt>[가-힣]{2,}?)(?:은|는|도|이|가)?\s*[없있](?:나요?|어요?|을까|냐|니|음|습니까)")
_NO_SUBJECT = re.compile(
    rf"{_THING.pattern}|.*(?:는|은|된|할|한|던|들|고|에|서|요|지|데|만|면|운|뭐|머|이런|그런|어떤)"
    r"|요즘|무슨|다른|여러|직업|개설|전체|아무|우리|저희|이번|다음|오늘|내일|저녁|오전|오후|주말|평일|무료|자리|any|the|what|new|my|a|next|first|last|this|that|your|our|이거|이걸|이것|그거|그걸|그것|저거|여기|거기|이번거"
)


def subject(text: str) -> str:
    """The telling words, with spaces between them and personal data taken out; "" for what isn't to be kept."""
    said = _telling(text)
    telling = [_OBJECT.sub("", word) for word in said if not (_SPOKEN.fullmatch(word) or _THING.fullmatch(word))]
    is_enough = any(map(search_words.is_enough, telling)) and len(said) <= MOST_WORDS
    return " ".join(telling) if is_enough else ""


def may_be_course(text: str) -> bool:
    """Whether somebody may wish for a course of it: a question or a sentence only where it speaks of one."""
    if not subject(text) or _ASKS_FACTS.search(text):
        return False
    is_sentence = is_question(text) or any(map(_SPOKEN.fullmatch, _telling(text)))
    return not is_sentence or bool(_OF_COURSES.search(text))


def _telling(text: str) -> list[str]:
    said = tidy(text)
    found = search_words.of_query(without_personal(said)) if len(said) <= LONGEST else []
    return [word for word in found if _LEGIBLE.search(word) and not search_words.says_nothing(word)]


def names_one(text: str) -> bool:
    """Whether a whole sentence says what is to be learnt: 중국어 수업은 언제 해요, 요양보호사 자격증."""
    return _names(text, _BEFORE_COURSE)


def asks_for_one(text: str) -> bool:
    """Whether it does, where something is looked for: 우쿨렐레는 없나요."""
    return names_one(text) or _names(text, _THERE_IS)


def _names(text: str, words: re.Pattern[str]) -> bool:
    named = (found[1] or found["learnt"] for found in words.finditer(text))
    return any(not search_words.says_nothing(word) and not _NO_SUBJECT.fullmatch(word) for word in named)

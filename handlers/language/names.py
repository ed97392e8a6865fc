"""Names of persons: read from what people say of theirs, and masked where others see them."""

import re
import unicodedata

from handlers.language.answers import Unparsed, bounded
from handlers.language.letters.spelling import without_unseen
from handlers.language.questions import asks

# Since June 2025 a name in the family register may be as long as it is in another country's.
LONGEST_NAME = 80
_FILLER = r"(?:(?:저기요?|어|음|그|아|네|예)[\s,.]+)"
_LEAD = re.compile(
    rf"^(?:안녕하세요[\s,.!~]+)?{_FILLER}*"
    r"(?:저는\s*|나는\s*|(?:(?:제|내|저의|나의)\s*)?(?:이름|성함)(?:은|이)?\s*|my name is\s+|i am\s+|i'm\s+)",
    re.I,
)
_TELLS = re.compile(r"(?:(?:제|내)\s*)?(?:이름|성함)[은이]\s|my name is\s", re.I)
_COURTESY = re.compile(
    r"(?<=\S)[\s,.!]+(?:잘\s*)?(?:부탁\s*(?:드려요|드립니다|해요|합니다)|감사합니다|고맙습니다)[.!~\s]*$"
)
_TAILS = (
    r"이?라고\s*(?:합니다|해요|하는데요)",
    "입니다",
    "이에요",
    "예요",
    "에요",
    "이예요",
    "인데요",
    "이고요?",
    "이요",
)
_MOST_WORDS_TOLD = 3  # of a name in a sentence: 응우옌 티 란입니다
_VOWEL_TAIL = re.compile("(?<=[가-힣]{3})요$")  # 김철수요
_SENTENCE = re.compile(
    "(?:.*[가-힣])?.{2,}(?:니다|세요|어요|아요|해요|네요|나요|까요|줘요?|래요|게요|고요|군요)"
    r"|[가-힣]{3,} (?:\S+ )*[가-힣]+요|(?:\S+ ){2,}\S*(?:죠|지요|[은는]데|거든|을게|니까|싶[어다음])|(?:\S+ ){3,}\S*요"
    r"|(?:[가-힣]\S* ){4,}\S+|(?:\S+ ){9,}\S+"
)
_BETWEEN = " .-'’‘ʼ·,"
_ALIKE = str.maketrans(dict.fromkeys("`´′", "'") | dict.fromkeys("‐‑–−", "-") | dict.fromkeys("・ㆍ", "·"))
_SECOND = re.compile(r"[^()]+\([^()]+\)")
_LONE_JAMO = re.compile("[ㄱ-ㆎ]")
# Nine in ten Koreans have one of these.
_FAMILY = (
    "[가강고공곽구권김나남노류문민박배백변서성손송신심안양엄염오우원유윤이임장전정조주지진차채천최추하한함허현홍황]"
)
_SAID_SO = "(?:님|씨|입니다|이?라고|이에요|예요|에요|인데요?|이고)"
_TOLD = re.compile(
    rf"(?:(?:제|내)\s*)?(?:이름|성함)(?:은|는|이)?\s*[가-힣]{{2,4}}?(?:{_SAID_SO}|요|고)?(?![가-힣])"
    rf"|(?<![가-힣]){_FAMILY}[가-힣]{{1,2}}\s?{_SAID_SO}|(?:my name is|i am|i'm)\s+\S+",
    re.I,
)
_LONE = re.compile(rf"{_FAMILY}[가-힣]{{2}}")
# Before a whole name only: 어 영진 may be one.
_FILLERS = re.compile(rf"^{_FILLER}+(?={_FAMILY}[가-힣]{{2}}(?:{_SAID_SO}|이?[요고라])?[\s.,]*$)")


def person_name(text: str) -> str:
    """A name of any script, with a second one in brackets where there is one; raises Unparsed with what is wrong."""
    said = _FILLERS.sub("", _LEAD.sub("", _COURTESY.sub("", _tidied(bounded(text)))))
    candidates = [said] if asks(text) else _without_tails(said)
    problems = [_problem(name) for name in candidates]
    if "" in problems:
        return candidates[problems.index("")]
    raise Unparsed(problems[-1], limit=LONGEST_NAME)


def _tidied(text: str) -> str:
    """With single spaces, one kind of each sign, and nothing unseen; jamo that stand alone stay alone."""
    seen = unicodedata.normalize("NFC", without_unseen(text)).translate(_ALIKE)
    folded = seen if _LONE_JAMO.search(seen) else unicodedata.normalize("NFKC", seen)
    bracketed = re.sub(r"\s*\(\s*([^()]*?)\s*\)", r" (\1)", folded)
    return " ".join(bracketed.split()).rstrip(".!?,~ ")


def _without_tails(said: str) -> list[str]:
    shorter = [re.sub(rf"\s*{tail}$", "", said) for tail in _TAILS]
    told = [name for name in shorter if name != said and len(name.split()) <= _MOST_WORDS_TOLD]
    return [*told, *([] if told or _SENTENCE.fullmatch(said) else [_VOWEL_TAIL.sub("", said)]), said]


def _problem(name: str) -> str:
    """The key of what keeps this from being a name; "" when nothing does."""
    if any(map(_is_pictorial, name)):
        return "answers.name_emoji"
    if any(unicodedata.category(char)[0] == "N" for char in name):
        return "answers.name_digits"
    if len(name) > LONGEST_NAME:
        return "answers.name_long"
    if _SENTENCE.fullmatch(name) or asks(name):
        return "answers.name_sentence"
    return "" if _is_written_as_a_name(name) else "answers.name_wrong"


def _is_written_as_a_name(name: str) -> bool:
    outside = re.sub("[()]", "", name) if _SECOND.fullmatch(name) else name
    letters = [char for char in outside if unicodedata.category(char)[0] in "LM"]
    is_spelt = all(char in _BETWEEN or unicodedata.category(char)[0] in "LM" for char in outside)
    return is_spelt and len(letters) > 1 and outside[0].isalpha() and not _LONE_JAMO.search(outside)


def _is_pictorial(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk", "Cn", "Co")


def mask_name(name: str) -> str:
    """The name with all but its first and last letter hidden: 홍*동, 홍*."""
    if len(name) < 3:
        return name[:-1] + "*"
    return name[0] + re.sub(r"\S", "*", name[1:-1]) + name[-1]


def mask_told(text: str, mask: str) -> str:
    """Names that somebody tells as such; one that stands alone can't be told from a word."""
    return _TOLD.sub(mask, text)


def tells_name(text: str) -> bool:
    """Whether it says that a name follows: 제 이름은 …, my name is …"""
    return bool(_TELLS.match(text.strip()))


def may_be_name(text: str) -> bool:
    """Whether a text is written as most Korean names are, as some words are too."""
    return bool(_LONE.fullmatch(text))


def initial(name: str) -> str:
    """Enough of a name to tell one's own people apart by: 김○○, J○○○."""
    return name[:1] + "○" * len(name[1:].replace(" ", ""))

"""Questions that people ask back, told apart from answers."""

import re

from handlers.language.letters.spelling import compact, tidy

_ASKS = re.compile(
    "(?:얼마|언제|어디|어떻게|어떡|몇(?:시|명|번|회|시간|개월|일)|무엇|무슨|뭔가요|뭐예요|뭐에요|뭐죠|누가|누구|왜).*"
)
_ENDS = re.compile(
    ".{3,}(?:나요|까요|가요|는지요?|은지요|인지요|습니까|입니까|합니까|됩니까|[되돼](?:요|죠)|있어요|있죠|하죠)"
    "|.{2,}면(?:못|안)[가-힣]+(?:요|죠)"
)
_ENDS_ASKING = re.compile(
    ".{2,}(?:얼마|언제|어디|누구|무엇|뭐|며칠|몇(?:시|명|번|회|시간|개월|일|층))"
    "(?:예요|에요|이에요|이예요|죠|지요|이죠|인데요|해요|가요|와요|고요|입니까)?"
)
_ASKS_WITHIN = re.compile(
    r".*\s(?:왜|언제(?!든|나|라도)|어디(?!든|나|서나)|얼마(?!든|나)|어떻게|어떡|누가|무슨|무엇|뭘|뭐[가예해]|몇).*"
    r"(?:요|죠|까|지|나|니)[\s.!~]*",
    re.S,
)
_ENGLISH = re.compile(
    r"(?:how|what|where|when|who|why|which"
    r"|(?:is|are|was|will|would|can|could|should|must|may|do|does|did|am)"
    r" (?:i|you|we|it|they|there|the|this|that|my))\b.*",
    re.I,
)


def is_question(text: str) -> bool:
    """Whether something is asked, with a question mark or by its words; a lone mark asks nothing."""
    return bool(re.search(r"\w.*[?？]\s*$", text, re.S)) or asks(text)


def asks(text: str) -> bool:
    """By its words alone: answers get question marks, too."""
    said = compact(text)
    is_asked = any(words.fullmatch(said) for words in (_ASKS, _ENDS, _ENDS_ASKING))
    return bool(is_asked or _ASKS_WITHIN.fullmatch(tidy(text)) or _ENGLISH.fullmatch(tidy(text)))

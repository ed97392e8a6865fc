"""What in a resident's query names a course, once particles, asking and small talk are taken away."""

import re

from handlers.language.letters import particles, spelling

_LONGEST_QUERY = 100
_MOST_WORDS = 8

_WORD = re.compile(r"[^\W_]+")
_TOO_LITTLE = re.compile("[0-9ㄱ-ㅣA-Za-z]")
_LAUGHTER = r"([ㄱ-ㅣ])\1*|ㅇㅋ|ㄱㅅ|ㅈㅅ|ㅊㅋ|ㄹㅇ"
_SMALL_WORDS = "네|넵|예|응|음|어|아|오|와|왜|그|이|저|나|너|수|것|거|더|못|안|및"
_LEFT = re.compile("에|에서|에는|은|는|가|을|를|로|으로|도|만|의|과|부터|까지|쪽|dong")  # of what was understood
_OF_COURSES = (
    "신청(?:하기|서)?|등록|접수|수강(?:신청|료)?|수업료?|강좌|강의|과정|교육|프로그램|클래스|반|자격증?|수료증"
    "|무료|비용|가격|재료비|돈|근처|근방|인근|부근"
)
_ASKING_ALONE = (
    "배우(?:고|는|려|기|면|러).*|배[울워].*|따[고는려].*|듣[고는].*|들을.*|싶.*|[있없](?:나요?|어요?|습니까|을까요?|는지요?|는데요?|는|다)"
    "|하(?:고|고싶.*|는|는데|는지|나요|려고|려면)|할(?:수|래요?|게요|까요)?|해(?:요|줘요?|주세요|보고|볼래요)?|되(?:나요|는지|는)|될까요|돼요"
    "|찾.*|알려.*|알고(?:싶.*)?|보여.*|보고(?:싶.*)?|주세요|줘요?|부탁.*|추천.*|원해요|궁금.*|문의.*|질문.*|가능.*|관련된?|관한|대한|대해서?"
    "|언제.*|얼마.*|어디.*|어떻게.*|어떤|어때요?|뭐.*|뭘|무슨|무엇.*|몇.*|시간|요일|날짜|기간|일정|장소|위치|인가요?|좀|혹시|제가|저는|나는"
    "|안녕(?:하세요|히.*)?|감사(?:합니다|해요|드려요)?|고마워.*|고맙습니다|목록|전체|모든|모두|다른|다시|지금|오늘|내일|이번|다음"
)
_ASKING = f"{_OF_COURSES}|{_ASKING_ALONE}"
_ASKING_IN_ENGLISH = (
    "a|an|the|i|me|my|you|we|it|is|are|am|be|do|does|can|could|would|like|want|to|in|on|at|of|for|with|and|or|how|what"
    "|which|where|when|any|some|there|this|that|about|have|has|learn|learning|study|take|teach|find|show|tell|know|need"
    "|looking|become|get|please|pls|plz|courses?|class(?:es)?|lessons?|programs?|programmes?|training|free|he|she|they"
    "|his|her|him|them|their|our|us|your|yours|mine|was|were|been|did|will|shall|should|may|might|must|had|not|no|yes"
    "|if|so|but|than|then|as|by|from|into|until|before|after|near|around|under|over|up|down|out|off|all|both|each"
    "|every|other|another|such|only|just|also|too|very|still|again|already|yet|now|today|tomorrow|here|these|those|why"
    "|who|whom|whose|because|ok|okay|hi|hello|thanks|one|ones|something|anything|someone|thing|things|make|made|give"
    "|let|put|use|say|said|ask|see|look|help|keep|think|don|t|s|m|re|ve|ll|im|dont|cant|didnt"
    "|late|good|nice|best|better|more|less|much|many|new|old|big|day|days|time|hour|hours|week|month|year|place|way"
    "|morning|noon|evening|night|drop|book|bring|come|came|go|going|went|start|stop|open|close|wait|stay|leave|name"
)
_SAYS_NOTHING = re.compile(f"{_LAUGHTER}|{_SMALL_WORDS}|{_ASKING}|(?i:{_ASKING_IN_ENGLISH})")
_ONLY_ASKS = re.compile(f"{_LAUGHTER}|{_SMALL_WORDS}|{_ASKING_ALONE}|(?i:{_ASKING_IN_ENGLISH})")
_PLURAL = re.compile("([A-Za-z]{3,}?)(?<![Ss])s")
_ASKING_AFTER = re.compile(f"(.+?)(?:{_ASKING})")
_PARTICLE_PAIRS = (
    "은/는",
    "이/가",
    "을/를",
    "과/와",
    "이나/나",
    "으로/로",
    "이랑/랑",
    "이란/란",
    "이요/요",
    "이에요/예요",
)
_OTHER_PARTICLES = ("에서", "부터", "까지", "도", "만", "의", "에")


def words(text: str) -> list[str]:
    return _WORD.findall(spelling.tidy(text))


def of_query(query: str) -> list[str]:
    # "2 급" is "2급".
    return words(re.sub(r"(?<=[0-9])\s+(?=[가-힣])", "", query[:_LONGEST_QUERY]))[:_MOST_WORDS]


def is_enough(word: str) -> bool:
    """Whether the word may be searched for alone: no single digit, letter or jamo."""
    return not _TOO_LITTLE.fullmatch(word)


def says_nothing(word: str) -> bool:
    return bool(_LEFT.fullmatch(word)) or any(map(_SAYS_NOTHING.fullmatch, (word, *shortened(word))))


def only_asks(word: str) -> bool:
    """Whether the word asks, and names nothing that may be asked about: 있나요, but not 신청."""
    return bool(_ONLY_ASKS.fullmatch(word))


def shortened(word: str) -> list[str]:
    """The word without its particle or the asking glued to it, once, twice and so on: 꽃차수업은, 꽃차수업, 꽃차."""
    shorter = []
    while word := _without_tail(word):
        shorter.append(word)
    return shorter


def _without_tail(word: str) -> str:
    if found := _ASKING_AFTER.fullmatch(word) or _PLURAL.fullmatch(word):
        return found[1]
    for pair in _PARTICLE_PAIRS:
        for tail in pair.split("/"):
            stem = word.removesuffix(tail)
            if stem not in ("", word) and particles.with_particle(stem, pair) == word:
                return stem
    return next((word.removesuffix(tail) for tail in _OTHER_PARTICLES if word.endswith(tail) and word != tail), "")

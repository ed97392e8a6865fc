"""Phrases as they are compared: without the words of asking that people speak."""

import re

from handlers.language.letters.particles import with_particle
from handlers.language.letters.spelling import compact

_LONGEST_PHRASE = 100
_GIVE = "(?:줘요?|주세요|주실래요|주시겠어요|주십시오)"
_ASKING = (
    f"(?:보여|알려|찾아|보내|가르쳐|안내해|말해){_GIVE}"
    "|(?:하|보|배우|듣|받|알)고싶(?:어요?|습니다|은데요?)|부탁(?:해요?|합니다|드려요|드립니다)"
)
_ASKING_BRIEFLY = f"해?{_GIVE}|(?:할|볼|해볼)(?:래요?|게요?|께요|까요)|합니다|해요|하겠습니다"
_REQUEST = re.compile(f"(?<=.)(?:{_ASKING})$|(?<=..)(?:{_ASKING_BRIEFLY})$")
_ONLY_A_REQUEST = re.compile(f"{_ASKING}|{_ASKING_BRIEFLY}")


def squeeze(text: str) -> str:
    """The form in which phrases are compared: compact, and without the words of asking that people speak."""
    phrase = compact(text)
    if len(phrase) > _LONGEST_PHRASE:
        return phrase
    while (shorter := _without_request(phrase)) != phrase:
        phrase = shorter
    return phrase


def _without_request(phrase: str) -> str:
    if _ONLY_A_REQUEST.fullmatch(phrase):
        return phrase
    stem = compact(_REQUEST.sub("", phrase))
    noun = stem[:-1]
    return noun if stem != phrase and len(noun) > 1 and with_particle(noun, "을/를") == stem else stem

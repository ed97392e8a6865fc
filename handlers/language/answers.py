"""Reads what residents type or say into values, or raises Unparsed with the key of what to tell them."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain

from handlers.language.letters.spelling import compact, tidy
from handlers.language.phrases import squeeze

LONGEST = 300


class Unparsed(ValueError):
    """An answer that can't be read: the key of the text that says so, and the data which that text shows."""

    def __init__(self, key: str, **data: object) -> None:
        super().__init__(key)
        self.key = key
        self.data = data


def free_text(text: str) -> str:
    """The text without space around it; at most LONGEST characters, at least one."""
    said = bounded(text).strip()
    if not tidy(said):
        raise Unparsed("answers.empty")
    return said


def bounded(text: str) -> str:
    """The text as it is; a longer one than anybody types is refused."""
    if len(text.strip()) > LONGEST:
        raise Unparsed("answers.too_long", limit=LONGEST)
    return text


# --- choices ---

_NATIVE = ("첫", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_RANKED = ("첫", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_SPOKEN_ORDINALS = dict(
    chain.from_iterable(
        ((f"{native}번째", at), (f"{ranked}째", at), (f"{digit}번", at))
        for at, (native, ranked, digit) in enumerate(
            zip(_NATIVE, _RANKED, "일이삼사오육칠팔구십", strict=True), start=1
        )
    )
)
_DENIAL = re.compile(
    "않|아니|아닌|아님|없|못|안[가-힣]|싫|말[고아기]|거부|거절|n['’]t|not|never|none|without|decline|refuse|no"
)
_CHOICE_TAIL = re.compile("(?:으로|로|것|거|꺼)?(?:입니다|이에요|예요|에요|이요|요)?$")

Choices = Sequence[tuple[str, str]]


# Labels are said again and again; what residents type isn't kept.
_compact_label, _squeezed_label = lru_cache(1024)(compact), lru_cache(1024)(squeeze)


def one_of(choices: Choices) -> Callable[[str], str]:
    """A parser of one of the (value, label) pairs: by value, label, an unmistakable beginning, or its place ("2번").

    A value wins over a place, so values that are numbers must be those which residents see.
    """

    def read(text: str) -> str:
        said = compact(bounded(text))
        for phrase in (said, squeeze(said), _CHOICE_TAIL.sub("", squeeze(said))):
            if (value := _chosen(phrase, choices)) is not None:
                return value
        raise Unparsed("answers.choice_wrong")

    return read


def _chosen(phrase: str, choices: Choices) -> str | None:
    if not phrase:
        return None
    for form in (_compact_label, _squeezed_label):
        for value, label in choices:
            if phrase in (form(value), form(label)):
                return value
    begun = [value for value, label in choices if _compact_label(label).startswith(phrase)]
    if re.fullmatch("[0-9]{1,3}", phrase):
        return _numbered(int(phrase), choices)
    if not begun:
        return _placed(_place(phrase), choices)
    return begun[0] if len(begun) == 1 and not _is_denied_after(phrase, begun[0], choices) else None


def _is_denied_after(phrase: str, value: str, choices: Choices) -> bool:
    """Whether the label goes on to deny what the phrase says: "중구" is no answer "중구에 살지 않아요"."""
    label = _compact_label(dict(choices)[value])
    return bool(_DENIAL.search(label[len(phrase) :])) and not _DENIAL.search(phrase)


def _numbered(number: int, choices: Choices) -> str | None:
    """The choice that a bare number means, unless it could mean two: "2" of the labels 2회, 3회, 4회."""
    begun = [value for value, label in choices if re.match(rf"{number}(?![0-9])", _compact_label(label))]
    placed = _placed(number, choices)
    if not begun or placed in begun:
        return placed
    return begun[0] if len(begun) == 1 and placed is None else None


def _place(phrase: str) -> int:
    if found := re.fullmatch("([0-9]{1,3})번째?", phrase):
        return int(found[1])
    return _SPOKEN_ORDINALS.get(phrase, 0)


def _placed(place: int, choices: Choices) -> str | None:
    return choices[place - 1][0] if 1 <= place <= len(choices) else None


# --- consent ---

_YES = re.compile(
    "(?=.)(?:네|예|넵|넹|응|웅|ㅇ|y|yes|ok|okay|오케이)*(?:ㅇㅋ|그래요?|그럼요|맞아요|맞습니다|알겠어요|알겠습니다"
    "|좋아요?|좋습니다|찬성(?:합니다|해요)?|동의(?:해요?|합니다|함|할게요?|하겠습니다|하고요)?)?"
)
_NO = re.compile(
    "(?=.)(?:아니요|아니오|아니|아뇨|ㄴ|n|no|nope|노)*(?:싫어요?|싫습니다|싫음|(?:동의)?안(?:해요?|합니다|함|할래요?|하겠습니다)"
    "|동의(?:하지|하진|하지는)?않(?:아요?|음|습니다|을래요?|겠습니다)|동의못(?:해요?|합니다|함|하겠습니다)"
    "|미동의|비동의|(?:거부|거절|반대)(?:해요?|합니다|함|할게요?|하겠습니다)?)?"
)


def agreement(text: str) -> bool:
    """Whether the resident agrees; anything but a plain yes or no is refused, since consent rests on it."""
    said = re.sub("[,.!]", "", compact(bounded(text)))
    if _YES.fullmatch(said):
        return True
    if _NO.fullmatch(said):
        return False
    raise Unparsed("answers.agreement_wrong")

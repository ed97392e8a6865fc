"""Tells which of the questions that are answered often a sentence asks, and whether that is sure.

A question is asked where a sentence has every word of one of its wordings. It is sure where nothing else stands there
that might be meant: any other word asks, is of the question or its answer, or only tells of circumstances.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from handlers.language.letters import jamo, spelling
from handlers.search import words as search_words

_LONGEST = 200  # signs of a sentence that are looked at
_LONGEST_WORD = 20  # of which endings are looked at
_RUN_ON = 4  # signs from which a word may be several that are written without spaces
_TELLING = {"못", "안", "다시"}  # small words that make another question of one
_ENDED = re.compile(
    "(.+?)(?:으?면(?:은|요)?|으?려(?:면|고)(?:요|하.*)?|으?러|[는은]?데(?:요|도)?|는지|고(?:요|서|도)?|[아어여]?[서도야]|지(?:만|요|는)?"
    "|네요?|나요|까요?|[아어여에예]?요|죠|니까?|습니다|다|던|게(?:요|되.*)?|기|을|를|은|는|[하한할함합했해된될됨됩됐되돼][가-힣]{0,4})"
)
_CLOSED_BY_ENDING = ("ㄴ", "ㄹ", "ㅂ", "ㅆ")  # 가 in 간, 갈, 갑니다, 갔어요
_VERB = re.compile(
    ".+(?:요|다|까|죠|면|고|서|데|니|네|야|게|려|러|지|지만|거든|더니|다가|을|할|한|될|된|던|[져해와워가]도)"
)
_OF_NOUN = re.compile("(.{2,}?)[하한할함합했해][가-힣]{0,4}")  # 신고하려면 speaks of 신고
_CIRCUMSTANCE = re.compile(
    "저희?|우리|나도?|내가?|제가?|본인|사람|분들?|엄마|어머니|어머님|아빠|아버지|아버님|부모님?|할머니|할아버지|남편|아내|딸|아들|가족|친구|어르신"
    "|거기|여기|그곳|이곳|센터|(?:평생)?학습관|교육장|강의실|건물|구청|근처|안에|밖에|[0-9]+(?:층|일|시|번|명|분)|수강생|수강|참여|참석"
    "|당일|첫날|하루|이틀|며칠|한번|두번|아침|저녁|평일|주말|[월화수목금토일]요일|이미|아직|벌써|먼저|미리|만약|만일|그냥|따로|같이|함께|정도|나중"
    "|어떡|어쩌|경우|방법|규정|기준|절차|안내|내용|정보|사항|여부|필요|가능|제도|이후|이전|도중|중간|개강|종강|시작"
)
_CIRCUMSTANCE_IN_ENGLISH = re.compile(
    "bring|come|go|going|take|give|got|will|if|from|by|back|after|before|it|its|your|our|they|has|had|was|were|not|no|as|so"
    "|also|still|too|much|many|long|sign|up|register|join|attend|enroll?|apply|use|possible|allowed|may|must|should|ok|okay"
    "|hello|hi|thanks|policy|rules?|people|someone|starts?|started"
)
# What else these ask for is done elsewhere, unless the question itself has them.
_ELSEWHERE = re.compile(
    "취소|철회|그만|그만두|포기|변경|바꾸|바꿔|바뀌|고치|고쳐|수정|정정|채용|구인|구직|일자리|알바|아르바이트|취업|취직|직원|설문|상담|소식|알림|문자|불법|신고|과태료|떼|발급|출력"
    "|cancel|withdraw|change|jobs?|hiring|survey|news|fine|ticket"
)
_LAUGHTER = re.compile("(?<=[가-힣])[ㄱ-ㅣ]+")
_NOT_THAT = ("말고", "빼고", "아니고", "아니라")


@dataclass(frozen=True)
class Asked:
    """A question with all its wordings, and what is answered."""

    id: int
    wordings: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Found:
    """Ids, the likeliest first; when sure, the first is what was asked."""

    ids: tuple[int, ...] = ()
    sure: bool = False


@dataclass(frozen=True)
class _Word:
    written: str

    @cached_property
    def _ways(self) -> set[str]:
        """Itself, and without particles, asking and endings."""
        found, waiting = {self.written}, [self.written] if len(self.written) <= _LONGEST_WORD else []
        while waiting:
            shorter = set(_shorter(waiting.pop())) - found
            found |= shorter
            waiting += shorter
        return found

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(self._ways | {_opened(way) for way in self._ways})

    @cached_property
    def stem(self) -> str:
        return min((way for way in self._ways if len(way) > 1), key=len, default=self.written)

    def shared(self, other: "_Word") -> int:
        """The length of what both may be, or 0; words of one syllable are as short when they end in something."""
        longest = max(map(len, self.forms & other.forms), default=0)
        is_short = len(self.written) < 3 and len(other.written) < 4
        return longest if longest > 1 or is_short else 0


def _shorter(word: str) -> Iterator[str]:
    yield from search_words.shortened(word)
    if ended := _ENDED.fullmatch(word):
        yield ended[1]


def _opened(word: str) -> str:
    """Without what an ending closes a verb with: 빠지 for 빠질."""
    last = word[-1]
    is_closed = jamo.final(last) in _CLOSED_BY_ENDING
    return word[:-1] + chr(ord(last) - (ord(last) - ord("가")) % 28) if is_closed else word


@dataclass(frozen=True)
class _Match:
    """One wording in a sentence: the words that say it, how much that is, and all others; parts of words, too."""

    words: frozenset[str]
    weight: int
    others: tuple[_Word, ...]


class _Sentence:
    def __init__(self, words: Sequence[_Word]) -> None:
        self.words = words
        self.forms = frozenset(form for word in words for form in word.forms)
        self.long = "\n".join(word.written for word in words if len(word.written) >= _RUN_ON)


class _Wording:
    def __init__(self, text: str) -> None:
        self.words = _words(text)
        together = {"".join(word.written for word in self.words), "".join(word.stem for word in self.words)}
        self._together = [part for part in sorted(together, key=len, reverse=True) if len(part) > 1]

    def match(self, said: _Sentence) -> _Match | None:
        if not any(word.forms.isdisjoint(said.forms) for word in self.words) and (found := self._apart(said.words)):
            return found
        part = next((part for part in self._together if part in said.long or part in said.forms), "")
        return (
            next(filter(None, (_within(said.words, at, part) for at in range(len(said.words)))), None) if part else None
        )

    def _apart(self, said: Sequence[_Word]) -> _Match | None:
        """Each of the words is one of the sentence; in a row, where a syllable alone is one."""
        places: list[int] = []
        for word in self.words:
            at = next((at for at, other in enumerate(said) if at not in places and word.shared(other)), None)
            if at is None:
                return None
            places.append(at)
        shared = [word.shared(said[at]) for word, at in zip(self.words, places, strict=True)]
        if (min(shared) == 1 and not _are_in_a_row(places)) or _is_refused(said, places):
            return None
        said_by = frozenset(said[at].written for at in places)
        return _Match(said_by, sum(shared), tuple(word for at, word in enumerate(said) if at not in places))


def _within(said: Sequence[_Word], at: int, part: str) -> _Match | None:
    """In one long word, not behind a digit: 혹시주차되나요, but not 3주차."""
    written = said[at].written
    before, found, after = written.partition(part)
    if not found or (before and len(written) < _RUN_ON) or before[-1:].isdigit():
        return None
    if after.startswith(_NOT_THAT) or _is_refused(said, [at]):
        return None
    rest = (_Word(each) for each in (before, after) if each)
    return _Match(frozenset({part}), len(part), (*said[:at], *rest, *said[at + 1 :]))


def _are_in_a_row(places: Sequence[int]) -> bool:
    return len(places) > 1 and all(after - before == 1 for before, after in pairwise(places))


def _is_refused(said: Sequence[_Word], places: Sequence[int]) -> bool:
    following = said[max(places) + 1 : max(places) + 2]
    return any(word.written.startswith(_NOT_THAT) for word in following)


class _Question:
    def __init__(self, asked: Asked) -> None:
        self.id = asked.id
        self._wordings = [wording for wording in map(_Wording, asked.wordings) if wording.words]
        self._own = _forms_of(word for wording in self._wordings for word in wording.words)
        self._answered = _forms_of(_words(asked.answer))

    def match(self, said: _Sentence, named: frozenset[str]) -> tuple[int, _Match] | None:
        """The wording that fits best, with how many words stand in the way of being sure."""
        matches = filter(None, (wording.match(said) for wording in self._wordings))
        found = ((sum(self._stands_in_the_way(word, named) for word in match.others), match) for match in matches)
        return min(found, key=_by_fit, default=None)

    def _stands_in_the_way(self, word: _Word, named: frozenset[str]) -> bool:
        if word.forms & self._own:
            return False
        if any(map(_ELSEWHERE.fullmatch, word.forms)) or word.forms & named:
            return True
        if word.forms & self._answered or _tells_of_circumstances(word):
            return False
        noun = _OF_NOUN.fullmatch(word.written)
        return noun[1] not in self._answered if noun else not _VERB.fullmatch(word.written)


def _by_fit(found: tuple[int, _Match]) -> tuple[int, int]:
    in_the_way, match = found
    return in_the_way, -match.weight


def _tells_of_circumstances(word: _Word) -> bool:
    known = (_CIRCUMSTANCE, _CIRCUMSTANCE_IN_ENGLISH)
    return (
        search_words.says_nothing(word.written)
        or len(word.written) == 1
        or any(each.fullmatch(form) for each in known for form in word.forms)
    )


def _forms_of(words: Iterable[_Word]) -> frozenset[str]:
    return frozenset(form for word in words for form in word.forms if len(form) > 1)


def _words(text: str) -> list[_Word]:
    """Without those that only ask."""
    written = search_words.words(_LAUGHTER.sub(" ", spelling.normalise(text[:_LONGEST])))
    return [_Word(each) for each in written if each in _TELLING or not search_words.only_asks(each)]


class Questions:
    def __init__(self, asked: Iterable[Asked]) -> None:
        self._questions = [_Question(each) for each in asked]

    def find(self, text: str, named: Collection[str] = ()) -> Found:
        """`named` are words that stand for something else, such as courses, unless a question has them."""
        said = _Sentence(_words(text))
        found = [(each.id, fit) for each in self._questions if (fit := each.match(said, frozenset(named)))]
        if not found and (meant := jamo.slipped(text)):
            return self.find(meant, named)
        found.sort(key=lambda each: _by_fit(each[1]))
        return Found(tuple(question_id for question_id, _ in found), _is_sure([fit for _, fit in found]))


def _is_sure(fits: Sequence[tuple[int, _Match]]) -> bool:
    """Nothing stands in the way of the first, and it takes in all words by which any other one is asked, and more."""
    if not fits or fits[0][0]:
        return False
    first, *others = (match for _, match in fits)
    told = "\n".join(first.words)
    return all(match.weight < first.weight and all(word in told for word in match.words) for match in others)

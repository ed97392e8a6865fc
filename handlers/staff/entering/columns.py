"""Which column of an answer file is which question: by its name, by its text, or by a text that is much like it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import fuzz

from handlers.language.letters.jamo import jamo
from handlers.language.letters.spelling import normalise
from handlers.staff.files.rows import Value, is_blank
from storage.asking.survey import MULTI, Item

NUMBER = "번호"  # the column of our sheet in which the number of the paper stands
TIMES = {
    "응답일시",
    "응답일",
    "응답시간",
    "응답시각",
    "타임스탬프",
    "timestamp",
    "제출시간",
    "제출일시",
    "제출일",
    "참여일시",
    "완료시간",
    "완료일시",
    "제출날짜",
    "등록일시",
    "응답일자",
    "응답날짜",
    "종료시간",
    "종료일시",
    "종료날짜",
    "설문종료시간",
    "설문응답시간",
    "completiontime",
    "enddate",
    "submittedat",
}
EXPECTED = {
    NUMBER,
    *TIMES,
    "참여자",
    "응답자",
    "순번",
    "연번",
    "no",
    "응답번호",
    "시작시간",
    "시작일시",
    "시작날짜",
    "설문시작시간",
    "starttime",
    "startdate",
}

EXACT, NAMED = 102, 101  # what is surer than any likeness of texts
ALIKE = 80  # of 100, from where on a text may be a question that was reworded
APART = 10  # by so much less it must be like any other question
TOP_LINES = 20  # among these is the header

_NUMBERING = re.compile(r"^\s*(?:q|문항?|질문)?\s*\d{1,2}(?:-\d{1,2})?\s*[.):]\s*(?!\d)")
_NAME = re.compile(r"^\s*[\[(]?([a-z0-9]{1,8})[\])]?\s*(?:[.):\s]|$)\s*")
_REMARK = re.compile(
    r"[(\[][^()\[\]]*(?:필수|선택|복수|중복|까지|최대|이내|주관식|객관식|단답|서술|단일|척도|택일)[^()\[\]]*[)\]]"
)
_INSIDE = re.compile(r"\[([^\[\]]+)\]\s*$")  # a row of a grid, behind the question that the grid has in common
_ASKING = re.compile("(?:을|를)?(?:골라|선택해|적어|써|알려|말씀해)?주(?:세요|십시오|시기바랍니다)$")


class Header(NamedTuple):
    """What a header says: the name that it begins with, if any, and its text without signs, in all that it may be."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """Where in a sheet everything stands; columns are counted from 0.

    `questions` are columns by the names of questions. `differing` were matched though they say something else;
    `unknown` match nothing that is expected; `spread` are the columns without a header behind a question of several
    choices, where other forms give each choice a column.
    """

    questions: Mapping[str, int]
    differing: Sequence[int] = ()
    unknown: Sequence[int] = ()
    number: int | None = None
    time: int | None = None
    spread: Mapping[str, Sequence[int]] = field(default_factory=dict)


def letters(text: str) -> str:
    """How headers and texts are compared: without numbering, remarks, spaces and signs."""
    plain = _REMARK.sub("", _NUMBERING.sub("", normalise(text)))
    return re.sub(r"[\W_]+", "", plain)


class Questions:
    """The questions of a survey, to be found in headers."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._several = {item.name: len(item.labels) for item in items if item.kind == MULTI}
        self._names = {item.name.casefold(): item.name for item in items}
        self._texts = {item.name: letters(item.text.ko) for item in items}
        self._sounds = {name: _sound(text) for name, text in self._texts.items()}

    def top(self, grid: Sequence[Sequence[Value]]) -> int | None:
        """The line with the headers: the first that has half of the questions, or else the first that isn't empty."""
        written = [at for at, line in enumerate(grid) if not all(map(is_blank, line))]
        half = len(self._texts) / 2
        full = (at for at in written[:TOP_LINES] if len(self._matched(_headers(grid[at]))) >= half)
        return next(full, written[0] if written else None)

    def find(self, line: Sequence[Value]) -> Places:
        headers = _headers(line)
        known = [letters(header) for header in headers]
        found = self._matched(headers)
        taken = set(found.values())
        return Places(
            found,
            differing=[at for name, at in found.items() if self._differs(headers[at], name)],
            unknown=[at for at, each in enumerate(known) if at not in taken and each not in EXPECTED],
            number=next((at for at, each in enumerate(known) if at not in taken and each == NUMBER), None),
            time=next((at for at, each in enumerate(known) if at not in taken and each in TIMES), None),
            spread={
                name: _behind(headers, at, self._several[name]) for name, at in found.items() if name in self._several
            },
        )

    def _matched(self, headers: Sequence[str]) -> dict[str, int]:
        """One column a question, the likest pairs first."""
        pairs = [(-score, at, name) for at, header in enumerate(headers) for name, score in self._may_be(header)]
        found: dict[str, int] = {}
        for _, at, name in sorted(pairs, key=lambda pair: pair[:2]):
            if name not in found and at not in found.values():
                found[name] = at
        return found

    def _may_be(self, header: str) -> Iterator[tuple[str, float]]:
        """The questions that a header may mean, surely or by a likeness that it has to no other."""
        said = self._said(header)
        exact = [name for name, text in self._texts.items() if text in said.texts]
        if exact or said.name:
            yield from ((name, EXACT) for name in exact)
            yield from [(said.name, NAMED)] if said.name else []
            return
        (first, name), (second, _) = [*self._likest(said.texts), (0, ""), (0, "")][:2]
        if first >= ALIKE and first - second >= APART:
            yield name, first

    def _likest(self, texts: Sequence[str]) -> list[tuple[float, str]]:
        sounds = [_sound(text) for text in texts]
        likeness = ((max(fuzz.ratio(sound, its) for sound in sounds), name) for name, its in self._sounds.items())
        return sorted(likeness, reverse=True) if sounds else []

    def _said(self, header: str) -> Header:
        plain = normalise(header)
        begins = _NAME.match(plain)
        name = self._names.get(begins[1], "") if begins else ""
        rest = plain[begins.end() :] if begins and name else plain
        if name.isdigit() and letters(rest):  # another form's numbering looks the same
            name = ""
        inside = _INSIDE.search(rest)
        texts = (letters(rest), letters(inside[1]) if inside else "")
        return Header(name, tuple(filter(None, texts)))

    def _differs(self, header: str, name: str) -> bool:
        said = self._said(header)
        return said.name not in ("", name) or (bool(said.texts) and self._texts[name] not in said.texts)


def _behind(headers: Sequence[str], at: int, most: int) -> Sequence[int]:
    named = (behind for behind in range(at + 1, len(headers)) if headers[behind])
    return range(at + 1, min(next(named, at + most), at + most))


def _headers(line: Sequence[Value]) -> list[str]:
    return [" ".join(str("" if value is None else value).split()) for value in line]


def _sound(text: str) -> str:
    """Without what every question ends with, which would make all of them alike."""
    return jamo(_ASKING.sub("", text))

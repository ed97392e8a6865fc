"""How paper and other forms write a choice: with its number, in stars, in a list, or with an ending of its own."""

import re
from collections.abc import Sequence

from handlers.language.letters.spelling import compact
from handlers.residents.surveys.questions import listed
from handlers.staff.entering import yes_no
from storage.asking.survey import POINTS, SCALE, Item

UNANSWERED = {"무응답", "미응답", "응답없음", "미기재", "(무응답)", "n/a"}

_BULLET = re.compile(r"^[\s•▪■◦○●·*✓✔☑√-]+(?=\S)")
_CIRCLED = re.compile(r"([①-⑳])(?=\s*\S)")
# "3-4시간" and "1.5시간" aren't numbered
_NUMBERED = re.compile(r"[(\[]?(?P<number>\d{1,2})(?P<points>점)?(?:[)\]]|[-.)\]:=]*(?=\D))[(\[]?(?P<label>.+?)[)\]]?")
_POINTED = re.compile(r"(?P<label>.*?\D)-?[(\[]?(?P<number>\d)(?P<points>점?)[)\]]?")
_STARS = re.compile(r"(?P<full>[★⭐]{1,5})☆*")
_OF_ALL = re.compile(rf"[(\[]?(?P<points>[1-{POINTS}])(?:\.0+)?점?(?:/{POINTS}점?)?[)\]]?")
_ENDING = re.compile(r"(?<=.)(?:합니다|하였다|했다|하다|함|입니다|이다|임|음|다)$")
_STRONGLY = re.compile(r"^(?:매우|아주|전혀|정말)")
_ALIKE = ({"남", "남자", "남성", "m", "male"}, {"여", "여자", "여성", "f", "female"})


def label(item: Item, text: str) -> str | None:
    """The label or the points that are meant where the text says neither."""
    if compact(text) in map(compact, item.labels):
        return None
    if item.kind == SCALE and (points := _points(text)):
        return points
    said = compact(_CIRCLED.sub(r"\1)", _BULLET.sub("", text)))
    return _alike(item, said) or _with_its_number(item, said)


def _points(text: str) -> str | None:
    drawn = re.sub(r"[\s\ufe0f]", "", text)
    if stars := _STARS.fullmatch(drawn):
        return str(len(stars["full"])) if len(drawn) in (len(stars["full"]), POINTS) else None
    found = _OF_ALL.fullmatch(compact(text))
    return found["points"] if found else None


def _alike(item: Item, said: str) -> str | None:
    """The only label that differs by no more than its ending; of a scale also "매우" and "전혀"."""
    known = {compact(each): each for each in item.labels}
    if said in known:
        return known[said]
    of_one = next((group for group in _ALIKE if said in group), set())
    is_whole = bool(_ENDING.search(said))  # "그렇" may be any of them
    alike = [
        written
        for each, written in known.items()
        if each in of_one or (_stem(item, each) == _stem(item, said) and (is_whole or not _ENDING.search(each)))
    ]
    return alike[0] if len(alike) == 1 else None


def _stem(item: Item, text: str) -> str:
    stem = _ENDING.sub("", compact(text))
    return _STRONGLY.sub("매우", stem).replace("아니", "그렇지않") if item.kind == SCALE else stem


def _with_its_number(item: Item, said: str) -> str | None:
    """A label is surer than a number, but points of a scale must agree with it."""
    for pattern in (_NUMBERED, _POINTED) if item.kind == SCALE else (_NUMBERED,):
        found = pattern.fullmatch(said)
        meant = (_alike(item, found["label"]) or yes_no.chosen(item.labels, found["label"])) if found else None
        if found and meant:
            place = item.labels.index(meant)
            is_place = pattern is _NUMBERED and not found["points"] and int(found["number"]) == place + 1
            return meant if item.kind != SCALE or is_place or int(found["number"]) == POINTS - place else None
    return None


def parts(labels: Sequence[str], text: str) -> list[str]:
    """The parts of a list, which may also be numbered, or be one of a program's."""
    if re.fullmatch(r"\[.*\]", text, re.DOTALL) and re.search("[\"']", text):
        text = text[1:-1]
    apart = re.sub(r"(?<=\S)\s*(?=[①-⑳])|(?<=\S)\s+(?=\d{1,2}[.)]\s*\D)", ";", text)
    return [part.strip().strip("\"'") for part in listed(labels, apart)]

"""What kind of thing a sentence asks for, as learnt from examples beforehand, and how sure that is.

Run as a module it learns them anew; that is due whenever the examples, the words or what is looked at change.
"""

import gzip
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log
from pathlib import Path
from typing import Any

from handlers.language.letters import jamo
from handlers.language.letters.spelling import normalise
from handlers.language.questions import is_question
from handlers.understanding import learning, wish
from handlers.understanding.learning import Learned

_HERE = Path(__file__).parent
FILE = _HERE / "meanings.gz"
_LONGEST = 200  # signs that are listened to
_PARTS = (2, 3, 4, 5)  # keys pressed in a row that are looked at together
_OF_WORDS = 5.0  # what a word that we listen for weighs, against such a row of keys
_OF_MOMENT = 2.0
_TODAY = date(2026, 3, 10)  # on which the examples were said
SEEK = "seek"
_CERTAIN = 100.0  # a lead
_SURE = 1.0
# Who only names a course, or says what it should be like, looks for it.
_OF_SEEKING = frozenset({"class", "learn", "want", "certificate", "register", "apply_now", "cheap_one"})
_SEEKING = frozenset({"class", "learn", "want", "cheap_one"})  # without one of these nothing is looked for
_POLITE = frozenset({"hello", "thanks"})
_OTHERS = frozenset({"nothing"})  # what other offices do
_OURS = frozenset({"class", "learn", "register", "apply_now"})
# Endings as they are often misspelt.
_ENDINGS = str.maketrans("햇꼇엇앗잇겟됫됬봣왓갓엿랫쳣렷짯", "했꼈었았있겠됐됐봤왔갔였랬쳤렸짰")
_HANGUL = re.compile("[가-힣]")
_FEW_WORDS = 4
_NOT = re.compile("않(?=[되돼들나오가갈할하받보])")


@dataclass(frozen=True)
class Meaning:
    """The kinds of request that a sentence may be, the likeliest first; `lead` is how far it is ahead of the next."""

    kinds: tuple[str, ...]
    lead: float
    heard: frozenset[str]

    @property
    def kind(self) -> str:
        return self.kinds[0]

    @property
    def is_sure(self) -> bool:
        """Else it is told as a question."""
        return self.lead >= _SURE


def understand(text: str, known: Collection[str], by_meaning: bool = False) -> Meaning:
    """`known` of the moment: a course is "named" in it (one that is "taken"), one is "shown" on the screen, or it says
    a "wish".

    `by_meaning` needs the extra, and weighs what the sentence means beside its letters.
    """
    words = heard(text)
    is_plain = bool(_HANGUL.search(text)) or len(text.split()) <= _FEW_WORDS  # few English words are listened for
    is_sought = {"named", "wish"} & set(known) and "taken" not in known
    if is_plain and is_sought and not words - _OF_SEEKING:
        return Meaning((SEEK,), _CERTAIN, words)
    ruled_out = _ruled_out(text, words, known)
    ranked = [each for each in _ranked(text, words, known, by_meaning) if each[0] not in ruled_out]
    first, second = (score for _, score in ranked[:2])
    return Meaning(tuple(kind for kind, _ in ranked[:3]), first - second, words)


def _ruled_out(text: str, words: frozenset[str], known: Collection[str]) -> frozenset[str]:
    """Kinds that other words in the sentence leave no room for: who greets and asks something asks that."""
    is_sought = {"named", "wish"} & set(known) or (words & _SEEKING and "class_on_day" not in words)
    out = frozenset() if is_sought else frozenset({SEEK})
    if words - _POLITE and is_question(text):
        out |= _POLITE
    return out | _OTHERS if words & _OURS and "elsewhere" not in words else out


def _ranked(text: str, words: Collection[str], known: Collection[str], by_meaning: bool) -> list[tuple[str, float]]:
    ranked = _learned().ranked(_features(text, words, known))
    if not by_meaning:
        return ranked
    from handlers.understanding import senses  # numpy takes its time and 20 MB

    meant = senses.scores(text[:_LONGEST])
    return sorted(((kind, score + meant[kind]) for kind, score in ranked), key=lambda each: -each[1])


def heard(text: str) -> frozenset[str]:
    """The names of the words of words.toml that a sentence has."""
    said = _NOT.sub("안", re.sub(r"[\W_]+", "", normalise(text[:_LONGEST])).translate(_ENDINGS))
    return frozenset(name for name, word in _words().items() if word.search(said))


def recall() -> None:
    """What was learnt, which takes a tenth of a second once; else the first sentence takes it."""
    _learned()


def learn() -> bytes:
    """From the examples, which takes seconds, and far more memory than what is learnt."""
    return learning.learn(_examples())


def learnt() -> bytes:
    return gzip.decompress(FILE.read_bytes())


def kinds() -> frozenset[str]:
    return frozenset(_table("examples"))


def _features(text: str, words: Collection[str], known: Collection[str]) -> dict[str, float]:
    said = " ".join(re.findall(r"\w+", normalise(text[:_LONGEST])))
    keys = jamo.jamo(f" {said} ")
    rows = Counter(keys[at : at + size] for size in _PARTS for at in range(len(keys) - size + 1))
    weighed = {row: 1 + log(count) for row, count in rows.items()}
    return weighed | {f"word {name}": _OF_WORDS for name in words} | {f"is {name}": _OF_MOMENT for name in known}


def _examples() -> Iterator[tuple[str, dict[str, float]]]:
    for kind, said in _table("examples").items():
        for moment, sentences in said.items():
            of_moment = {name for name in ("named", "shown") if name in moment}
            for sentence in sentences:
                is_wish = {"wish"} if wish.read(sentence, _TODAY, {}).parts else set()
                yield kind, _features(sentence, heard(sentence), of_moment | is_wish)


@cache
def _learned() -> Learned:
    return Learned(learnt())


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(word.lower()) for name, word in _table("words").items()}


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


if __name__ == "__main__":
    FILE.write_bytes(gzip.compress(learn(), mtime=0))

"""Learns from examples which kind of thing a sentence is: complement naive Bayes over weighted features.

The way of Rennie and others (2003): what speaks for a kind is how rare its features are in the examples of all others.
"""

import json
import sys
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from math import log, sqrt
from typing import Any

Weights = dict[str, float]
_SMOOTHING = 0.05
_ROWS = "QfIBf"  # what kinds of numbers they hold, as `array` names them


class Learned:
    """What was learnt, as `learn` wrote it: rows of numbers, which take a tenth of what Python's own would."""

    def __init__(self, written: bytes) -> None:
        head, _, numbers = written.partition(b"\n")
        told = json.loads(head)
        self._rarest: float = told["rarest"]
        self._outside: Weights = told["outside"]
        self._features, self._rarity, self._ends, self._kinds, self._telling = _read(told["lengths"], numbers)

    def ranked(self, features: Mapping[str, float]) -> list[tuple[str, float]]:
        """The kinds with their scores, the likeliest first."""
        known = {each: place for each in features if (place := self._place(each)) is not None}
        weighed = _weighed(features, {each: self._rarity[place] for each, place in known.items()}, self._rarest)
        loud = sum(weighed.values())
        scores = [outside * loud for outside in self._outside.values()]
        for feature, weight in weighed.items():
            place = known[feature]
            these = slice(self._ends[place - 1] if place else 0, self._ends[place])
            for kind, telling in zip(self._kinds[these], self._telling[these], strict=True):
                scores[kind] += weight * telling
        return sorted(zip(self._outside, scores, strict=True), key=lambda each: -each[1])

    def _place(self, feature: str) -> int | None:
        number = _number(feature)
        place = bisect_left(self._features, number)
        return place if place < len(self._features) and self._features[place] == number else None


def learn(examples: Iterable[tuple[str, Mapping[str, float]]]) -> bytes:
    """Each example is its kind, and its features with how often they are in it.

    A line of JSON: how rare what no example has is, the kinds with what speaks for them from outside, how long the rows
    are. Then `_ROWS`: the features by number, how rare each is, where it ends in the last two, which hold the places of
    kinds and how much it tells of them.
    """
    known = list(examples)
    seen_in = Counter(feature for _, features in known for feature in features)
    rarest = 1 + log(1 + len(known))
    rarity = {feature: 1 + log((1 + len(known)) / (1 + count)) for feature, count in seen_in.items()}
    total: Weights = defaultdict(float)
    of_kind: dict[str, Weights] = defaultdict(lambda: defaultdict(float))
    for kind, features in known:
        for feature, weight in _weighed(features, rarity, rarest).items():
            total[feature] += weight
            of_kind[kind][feature] += weight
    everything = sum(total.values()) + _SMOOTHING * len(total)
    outside = {kind: round(log(everything - sum(weights.values())), 6) for kind, weights in of_kind.items()}
    rows: Sequence[array[Any]] = [array(code) for code in _ROWS]
    for feature in sorted(rarity, key=_number):
        telling = dict(_telling(feature, total, of_kind))
        rows[3].extend(telling)
        rows[4].extend(round(each, 3) for each in telling.values())
        for row, value in zip(rows, (_number(feature), round(rarity[feature], 4), len(rows[3])), strict=False):
            row.append(value)
    head = {"rarest": round(rarest, 6), "outside": outside, "lengths": [len(row) for row in rows]}
    return json.dumps(head).encode() + b"\n" + _written(rows)


def _number(feature: str) -> int:
    """By which it is found; that two have the same of so many is less likely than that the machine errs."""
    return int.from_bytes(blake2b(feature.encode(), digest_size=8).digest())


def _written(rows: Iterable["array[Any]"]) -> bytes:
    """The lowest byte of each number first, whatever the machine's way is."""
    return b"".join((row if sys.byteorder == "little" else _swapped(row)).tobytes() for row in rows)


def _read(lengths: Iterable[int], numbers: bytes) -> list["array[Any]"]:
    rows, at = [], 0
    for code, length in zip(_ROWS, lengths, strict=True):
        row: array[Any] = array(code)
        row.frombytes(numbers[at : at + length * row.itemsize])
        at += length * row.itemsize
        rows.append(row if sys.byteorder == "little" else _swapped(row))
    return rows


def _swapped(row: "array[Any]") -> "array[Any]":
    turned = row[:]
    turned.byteswap()
    return turned


def _telling(feature: str, total: Weights, of_kind: Mapping[str, Weights]) -> Iterator[tuple[int, float]]:
    usual = log(total[feature] + _SMOOTHING)
    for at, weights in enumerate(of_kind.values()):
        if feature in weights:
            outside = max(total[feature] - weights[feature], 0.0) + _SMOOTHING
            yield at, usual - log(outside)


def _weighed(features: Mapping[str, float], rarity: Mapping[str, float], rarest: float) -> Weights:
    """Of length one, so that long sentences speak no louder; what no example has only makes the rest less sure."""
    weighed = {each: rarity.get(each, rarest) * count for each, count in features.items()}
    length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    return {each: weight / length for each, weight in weighed.items() if each in rarity}

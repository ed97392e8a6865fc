"""Learns from examples which kind of thing a sentence is: complement naive Bayes over weighted features.

The way of Rennie and others (2003): what speaks for a kind is how rare its features are in the examples of all others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import log, sqrt

Weights = dict[str, float]
_SMOOTHING = 0.05


class Learned:
    """What was learnt, as the lines of `learn`; of a feature only what is asked for is read."""

    def __init__(self, lines: str) -> None:
        first, *others = lines.split("\n")
        rarest, *outside = first.split("\t")
        self._rarest = float(rarest)
        self._outside = {kind: float(weight) for kind, weight in (each.split(" ") for each in outside)}
        self._kinds = tuple(self._outside)
        self._known = dict(line.split("\t", 1) for line in others)

    def ranked(self, features: Mapping[str, float]) -> list[tuple[str, float]]:
        """The kinds with their scores, the likeliest first."""
        known = {each: self._known[each].split("\t") for each in features if each in self._known}
        rarity = {each: float(parts[0]) for each, parts in known.items()}
        weighed = _weighed(features, rarity, self._rarest)
        scores = {kind: outside * sum(weighed.values()) for kind, outside in self._outside.items()}
        for feature, weight in weighed.items():
            for kind, telling in (each.split(" ") for each in known[feature][1:]):
                scores[self._kinds[int(kind)]] += weight * float(telling)
        return sorted(scores.items(), key=lambda each: -each[1])


def learn(examples: Iterable[tuple[str, Mapping[str, float]]]) -> str:
    """Each example is its kind, and its features with how often they are in it; none of these holds a tab.

    First how rare what no example has is, and the kinds with what speaks for them from outside; then a line a feature:
    how rare it is, and the places of kinds among these with how much it tells of them.
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
    outside = (f"{kind} {log(everything - sum(weights.values())):.6g}" for kind, weights in of_kind.items())
    lines = [[f"{rarest:.6g}", *outside]]
    lines += ([feature, f"{rare:.5g}", *_telling(feature, total, of_kind)] for feature, rare in sorted(rarity.items()))
    return "\n".join("\t".join(line) for line in lines)


def _telling(feature: str, total: Weights, of_kind: Mapping[str, Weights]) -> Iterator[str]:
    usual = log(total[feature] + _SMOOTHING)
    for at, weights in enumerate(of_kind.values()):
        if feature in weights:
            outside = max(total[feature] - weights[feature], 0.0) + _SMOOTHING
            yield f"{at} {usual - log(outside):.4g}"


def _weighed(features: Mapping[str, float], rarity: Mapping[str, float], rarest: float) -> Weights:
    """Of length one, so that long sentences speak no louder; what no example has only makes the rest less sure."""
    weighed = {each: rarity.get(each, rarest) * count for each, count in features.items()}
    length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    return {each: weight / length for each, weight in weighed.items() if each in rarity}

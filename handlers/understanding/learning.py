"""Learns from examples which kind of thing a sentence is: complement naive Bayes over weighted features.

The way of Rennie and others (2003): what speaks for a kind is how rare its features are in the examples of all others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log, sqrt

Weights = dict[str, float]
_SMOOTHING = 0.05


class Learned:
    def __init__(self, examples: Iterable[tuple[str, Mapping[str, float]]]) -> None:
        """Each example is its kind, and its features with how often they are in it."""
        known = list(examples)
        seen_in = Counter(feature for _, features in known for feature in features)
        self._rarest = 1 + log(1 + len(known))
        self._rarity = {feature: 1 + log((1 + len(known)) / (1 + count)) for feature, count in seen_in.items()}
        total: dict[str, float] = defaultdict(float)
        of_kind: dict[str, Weights] = defaultdict(lambda: defaultdict(float))
        for kind, features in known:
            for feature, weight in self._weighed(features).items():
                total[feature] += weight
                of_kind[kind][feature] += weight
        everything = sum(total.values()) + _SMOOTHING * len(total)
        self._outside = {kind: log(everything - sum(weights.values())) for kind, weights in of_kind.items()}
        self._usual = {feature: log(weight + _SMOOTHING) for feature, weight in total.items()}
        self._telling: dict[str, Weights] = defaultdict(dict)
        for kind, weights in of_kind.items():
            for feature, weight in weights.items():
                outside = max(total[feature] - weight, 0.0) + _SMOOTHING
                self._telling[feature][kind] = self._usual[feature] - log(outside)

    def ranked(self, features: Mapping[str, float]) -> list[tuple[str, float]]:
        """The kinds with their scores, the likeliest first."""
        weighed = self._weighed(features)
        scores = {kind: outside * sum(weighed.values()) for kind, outside in self._outside.items()}
        for feature, weight in weighed.items():
            for kind, telling in self._telling[feature].items():
                scores[kind] += weight * telling
        return sorted(scores.items(), key=lambda each: -each[1])

    def _weighed(self, features: Mapping[str, float]) -> Weights:
        """Of length one, so that long sentences speak no louder; what no example has only makes the rest less sure."""
        weighed = {each: self._rarity.get(each, self._rarest) * count for each, count in features.items()}
        length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        return {each: weight / length for each, weight in weighed.items() if each in self._rarity}

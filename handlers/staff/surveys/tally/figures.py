"""Figures of answers to a question, each named as what it is: a mean, a score of 100, a share of good answers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from storage.asking.survey import FEWEST, MULTI, NPS, NUMBER, POINTS, SCALE, Item, Wording, points_of

GOOD = (4, 5)  # points of a scale
PROMOTERS, DETRACTORS = range(9, 11), range(7)
WITHHELD = f"{FEWEST}명 미만이라 가립니다"


@dataclass(frozen=True)
class Share:
    """How many chose an option; `share` is of those who answered the question."""

    label: str
    count: int
    share: float


@dataclass(frozen=True)
class Figures:
    """Of `n` answers, which are five or more. What a kind of question doesn't have is None."""

    n: int
    shares: tuple[Share, ...] = ()
    mean: float | None = None
    score: float | None = None  # of 100
    positive: float | None = None  # the share of 4 and 5 points
    promoters: float | None = None
    detractors: float | None = None
    least: int | None = None
    most: int | None = None

    @property
    def nps(self) -> float | None:
        """Promoters minus detractors, in points of 100."""
        return None if self.promoters is None or self.detractors is None else 100 * (self.promoters - self.detractors)


def figures(item: Item, values: Mapping[str, int]) -> Figures | None:
    """None of fewer than five answers. `values` are as they are kept, with how many gave each."""
    n = sum(values.values())
    if n < FEWEST:
        return None
    if item.kind == SCALE:
        return of_points(values, tuple(_share(f"{label.ko}({at}점)", values, str(at), n) for at, label in _best(item)))
    if item.kind == NPS:
        return _of_recommendation(values, n)
    if item.kind == NUMBER:
        numbers = [int(value) for value in values]
        return Figures(n, mean=_mean(values), least=min(numbers), most=max(numbers))
    return Figures(n, _chosen(item, values, n))


def of_points(values: Mapping[str, int], shares: tuple[Share, ...] = ()) -> Figures | None:
    """Of answers to one or more five-point questions."""
    n = sum(values.values())
    if n < FEWEST:
        return None
    mean = _mean(values)
    return Figures(n, shares, mean, (mean - 1) / (POINTS - 1) * 100, _part(values, GOOD))


def _of_recommendation(values: Mapping[str, int], n: int) -> Figures:
    shares = tuple(_share(f"{at}점", values, str(at), n) for at in range(11))
    promoters, detractors = _part(values, PROMOTERS), _part(values, DETRACTORS)
    return Figures(n, shares, _mean(values), promoters=promoters, detractors=detractors)


def _chosen(item: Item, values: Mapping[str, int], n: int) -> tuple[Share, ...]:
    """All options, and behind them what is none."""
    chosen: Counter[str] = Counter()
    for value, count in values.items():
        for label in value.split("\n") if item.kind == MULTI else [value]:
            chosen[label] += count
    return tuple(_share(label, chosen, label, n) for label in dict.fromkeys([*item.labels, *chosen]))


def _best(item: Item) -> Sequence[tuple[int, Wording]]:
    return points_of(item)[::-1]


def _share(label: str, values: Mapping[str, int], value: str, n: int) -> Share:
    count = values.get(value, 0)
    return Share(label, count, count / n)


def _mean(values: Mapping[str, int]) -> float:
    return sum(int(value) * count for value, count in values.items()) / sum(values.values())


def _part(values: Mapping[str, int], points: Sequence[int]) -> float:
    return sum(count for value, count in values.items() if int(value) in points) / sum(values.values())


# --- in words ---


def named(item: Item, found: Figures | None) -> list[str]:
    """Each figure with its name, as it may be quoted."""
    if found is None:
        return [WITHHELD]
    told = [f"응답 {found.n:,}건"]
    if found.score is not None:
        return [*told, *scores(found)]
    if found.nps is not None:
        parts = f"추천 9~10점 {percent(found.promoters)}, 비추천 0~6점 {percent(found.detractors)}"
        return [*told, f"평균 {rounded(found.mean)}/10점", f"추천지수(NPS) {rounded(found.nps, 0, '+')} ({parts})"]
    if found.least is not None:
        return [*told, f"평균 {rounded(found.mean)}", f"가장 작은 값 {found.least:,}", f"가장 큰 값 {found.most:,}"]
    return [*told, "여러 개 선택, 비율은 응답한 사람 기준"] if item.kind == MULTI else told


def scores(found: Figures) -> list[str]:
    return [
        f"평균 {rounded(found.mean)}/5점",
        f"100점 환산 {rounded(found.score)}점",
        f"긍정응답률 {percent(found.positive)} (4·5점)",
    ]


def rounded(value: float | None, digits: int = 1, sign: str = "") -> str:
    """Halves go up, as a spreadsheet shows them."""
    if value is None:
        return "-"
    exact = Decimal(repr(round(value, 9))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{exact + 0:{sign},f}"


def percent(share: float | None) -> str:
    return "-" if share is None else f"{rounded(100 * share, 0)}%"

"""Words in postings: one that is only a part of a longer word with another meaning isn't there."""

from collections.abc import Mapping

LONGER: Mapping[str, tuple[str, ...]] = {
    "청소": ("청소년",),
    "조리": ("산후조리",),
    "경비": ("경비행기", "경비정산", "경비처리"),
    "카페": ("카페트",),
    "포장": ("포장마차", "포장도로"),
    "차": ("자동차", "주차", "세차", "승차", "하차", "차장", "차량", "1차", "2차", "3차"),
    "꽃": ("꽃게",),
    "홀": ("홀몸", "홀로"),
}
"""By the word that is looked for, as compact as it: the longer words in which it means something else."""


def holds(text: str, word: str) -> bool:
    """Whether a compact text has a compact word in its own meaning."""
    for longer in LONGER.get(word, ()):
        text = text.replace(longer, "\n")
    return word in text

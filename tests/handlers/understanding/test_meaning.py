"""What is learnt from the examples beforehand is what they teach."""

from handlers.understanding import learning, meaning
from handlers.understanding.learning import Learned


def test_kinds_were_learnt_from_the_examples_the_words_and_what_is_looked_at_as_they_are():
    assert meaning.learnt() == meaning.learn(), "run python -m handlers.understanding.meaning"


def test_what_is_rare_in_all_others_tells_of_a_kind():
    examples = [("tea", {"leaf": 1.0, "cup": 1.0}), ("coffee", {"bean": 1.0, "cup": 1.0})] * 3
    learned = Learned(learning.learn(examples))
    (first, ahead), (_, behind) = learned.ranked({"bean": 1.0, "cup": 1.0})
    assert (first, ahead > behind + 1) == ("coffee", True)
    (_, one), (_, other) = learned.ranked({"cup": 1.0, "never seen": 1.0})
    assert one == other

"""A figure is told as it is: beside its goal, with its spread, and beside what it was before."""

from pathlib import Path

import pytest

from tests.bench import figures
from tests.bench.figures import Figure, ratio


def test_the_median_of_the_rounds_meets_a_goal_or_does_not():
    assert Figure("speed", (0.9, 0.8, 3.0), at_least=1).verdict == "NOT MET"
    assert Figure("speed", (0.9, 1.0, 3.0), at_least=1).verdict == "met"
    assert Figure("wait", (90, 100, 110), at_most=100).verdict == "NOT MET"
    assert Figure("wait", (90, 99, 110), at_most=100).verdict == "met"


def test_what_has_no_goal_is_neither_met_nor_not():
    assert (Figure("messages", (5.0,)).goal, Figure("messages", (5.0,)).verdict) == ("", "")


def test_of_two_goals_it_says_which_is_met():
    verdicts = [Figure("speed", (value,), at_least=1, further=2).verdict for value in (0.9, 1.5, 2.0)]
    assert verdicts == ["NOT MET", "met, the first", "met, both"]


def test_a_ratio_is_taken_round_by_round():
    assert ratio("speed", (10, 40), (10, 20), at_least=1).values == (1.0, 2.0)
    with pytest.raises(ValueError):
        ratio("speed", (10, 40), (10,))


def test_two_runs_stand_side_by_side_with_what_only_one_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    figures.write(before, "a machine", {"starting": [Figure("ready", (4.0,), "s", at_most=1.5), Figure("old", (1,))]})
    figures.write(after, "a machine", {"starting": [Figure("ready", (1.0,), "s", at_most=1.5), Figure("new", (2,))]})
    figures.compare(before, after)
    lines = {line.split()[0]: line.split() for line in capsys.readouterr().out.splitlines() if line}
    assert lines["ready"] == ["ready", "4.00", "s", "1.00", "s", "x", "0.25", "<", "1.5", "met"]
    assert lines["old"][-1] == "-"
    assert lines["new"][1] == "-"

"""Charts of a report: words that say all of it, a drawing for any page, and nothing that people wrote as HTML."""

import pytest
from defusedxml.ElementTree import fromstring

from handlers.staff.year.reports import charts
from handlers.staff.year.reports.charts import LONGEST

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*bars, unit="명"):
    return fromstring(charts.svg(charts.bars("나이대별", bars, unit)).replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1))


def widths(found):
    return [float(each.get("width")) for each in found.iter(f"{SVG}rect") if each.get("class") == "bar"]


def test_words_say_the_title_and_every_bar():
    chart = charts.bars("나이대별", [("40대", 12.0), ("50대", 9.0)], "명")
    assert chart.words == "나이대별: 40대 12명, 50대 9명"
    assert drawn(*chart.bars).get("aria-label") == chart.words
    assert drawn(*chart.bars).get("role") == "img"


def test_the_longest_bar_is_as_long_as_there_is_room_and_shares_are_of_a_hundred():
    assert widths(drawn(("가", 10.0), ("나", 5.0))) == [LONGEST, LONGEST / 2]
    assert widths(drawn(("가", 50.0), unit="%")) == [LONGEST / 2]
    assert widths(drawn(("가", 200.0), ("나", 100.0), unit="%")) == [LONGEST, LONGEST / 2]


def test_nothing_and_less_than_nothing_have_no_bar():
    assert widths(drawn(("가", 0.0), ("나", -5.0))) == [0, 0]
    assert widths(drawn()) == []


@pytest.mark.parametrize("written", ['<script>alert("1")</script>', '"onload="x', "a & b"])
def test_what_people_wrote_is_text(written):
    found = drawn((written, 1.0))
    assert {each.tag.removeprefix(SVG) for each in found.iter()} == {"svg", "text", "rect"}
    assert "".join(found.find(f"{SVG}text").itertext()) == written
    assert not any("style" in each.attrib or "onload" in each.attrib for each in found.iter())


def test_a_long_question_breaks_into_lines_within_the_drawing():
    found = drawn(("S11. 이 과정이 취업·창업 준비에 도움이 되었고 다음에도 이런 과정을 듣고 싶다.", 1.0))
    assert len(list(found.iter(f"{SVG}text"))) == 3

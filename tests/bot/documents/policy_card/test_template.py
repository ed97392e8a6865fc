"""A district's own template is filled in by its labels, however they are written, and nothing is lost unseen."""

import pytest

from bot.documents import policy_card
from bot.documents.policy_card import template
from handlers.staff.year.counted.figures import IndicatorFigures, OfYear
from storage.year.entries import Indicator
from tests.support.year import papers
from tests.support.year.papers import card, tables

FACTS = (("관 리 번 호:", "", "사업명", ""), ("사업구분", "□ 임기내 □ 임기후", "총사업비", "100백만원"))
INDICATORS = (
    ("구분", "‘22", "'23", "'24", "'25", "'26", "합계", "이행률", "비고"),
    ("목 표", "9", "9", "9", "9", "24", "", "20%", ""),
    ("실 적", "9", "", "", "", "", "", "", "주의"),
)
BUDGET = (("구분", "2022", "2023", "2024", "계"), ("확보액", "", "", "", ""), ("2. 집행", "", "", "", ""))
TRANSPOSED = (
    ("구분", "설명회‧공청회 등", "만족도조사", "민간전문가 자문", "언론ㆍ방송보도", "주민 설문조사(수요조사)"),
    ("건수", "", "", "", "", ""),
    ("일 자", "", "", "", "", ""),
)


@pytest.fixture
def form(tmp_path):
    """Makes a template of tables."""
    return lambda *grids: papers.form(tmp_path / "form.hwpx", *grids)


def filled(path, **changed):
    return tables(policy_card.write(card(**changed), ".hwpx", path))


def test_words_stand_beside_their_labels(form):
    facts, *_ = filled(form(FACTS))
    assert facts == [
        ["관 리 번 호:", "3-1", "사업명", papers.TASK.title],
        ["사업구분", "■ 임기내  □ 임기후", "총사업비", "188백만원"],
    ]


def test_figures_stand_where_their_row_and_column_meet_in_place_of_those_of_before(form):
    figures, *_ = filled(form(INDICATORS))
    assert figures[1:] == [
        ["목 표", "3", "12", "16", "20", "24", "75", "21%", ""],
        ["실 적", "3", "13", "", "", "", "16", "", "주의"],
    ]


def test_money_stands_under_its_year(form):
    money, *_ = filled(form(BUDGET))
    assert money[1:] == [["확보액", "20", "50", "30", "70"], ["2. 집행", "8", "50", "-", "58"]]


def test_a_table_may_stand_the_other_way_round(form):
    _, counts, days = filled(form(TRANSPOSED))[0]
    assert counts == ["건수", "-", "13", "-", "9", "1"]
    assert days[2:5] == ["'23.5.19. ~ 12.12.", "-", "'23.3.28. / 8.29. / 9.1."]


def test_what_the_template_has_no_place_for_stands_at_its_end(form):
    path = form(FACTS, BUDGET)
    *_, left = filled(path)
    assert ["목표 2023년", "12"] in left
    assert ["언론·방송보도 횟수", "9"] in left
    assert ["이행률", "21%"] in left
    assert [name for name, _ in left if "확보" in name] == []
    assert "목표 2023년" in template.gaps(path, card())


def test_no_label_is_written_over(form):
    grid, *_ = filled(form((("문제점", "대책"), ("지난 문제점", "지난 대책"))))
    assert grid == [["문제점", "대책"], ["2024년 예산이 50백만원에서 30백만원으로 줄어듦", "위탁 대신 직영으로 운영"]]


def test_one_cell_takes_the_words_of_one_label(form):
    grid, left = filled(form((("", "향후계획"), ("총사업비", ""))))
    assert grid[1] == ["총사업비", "188백만원"]
    assert "향후계획" in [name for name, _ in left]


def test_a_template_with_a_place_for_all_has_nothing_at_its_end(form):
    rest = (
        "사업시기",
        "사업주체",
        "신규여부",
        "이행단계",
        "작성부서",
        "주요내용",
        "추진실적",
        "문제점",
        "대책",
        "향후계획",
    )
    path = form(FACTS, INDICATORS, BUDGET, TRANSPOSED, tuple((name, "") for name in rest))
    assert template.gaps(path, card()) == []
    assert len(filled(path)) == 5


def test_each_of_several_indicators_has_its_own_rows(form):
    years = (OfYear(2022, 30, 41),)
    more = tuple(IndicatorFigures(Indicator(number, name, "courses", ""), years) for number, name in enumerate("가나"))
    grid = (("지표", "구분", "2022년"), ("나", "목표", ""), ("가", "목표", ""))
    given = (more[0], IndicatorFigures(more[1].indicator, (OfYear(2022, 7, 5),)))
    assert filled(form(grid), indicators=given)[0][1:] == [["나", "목표", "7"], ["가", "목표", "30"]]


def test_a_template_without_a_label_is_refused(form):
    with pytest.raises(template.FormError, match="하나도 찾지 못했습니다"):
        filled(form((("가", "나"),)))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_file_of_hangul_is_refused(tmp_path, content):
    (tmp_path / "form.hwpx").write_bytes(content)
    with pytest.raises(template.FormError, match=r"form.hwpx: .hwpx 파일이 아니거나"):
        filled(tmp_path / "form.hwpx")


def test_a_template_that_is_not_there_is_told(tmp_path):
    with pytest.raises(template.FormError, match="열 수 없습니다"):
        filled(tmp_path / "none.hwpx")

"""Whether policy cards can be filled into the template of the settings is told before one is asked for."""

from bot.checks import cards
from bot.settings import Settings
from tests.support.year.papers import form


def check(template):
    return cards.check(Settings(policy_card={"template": template}))


def test_without_a_template_nothing_is_told():
    assert check(None) == []


def test_a_template_is_green_and_what_it_has_no_place_for_is_told(tmp_path):
    (told,) = check(form(tmp_path / "form.hwpx", (("관리번호", "", "제목", ""),)))
    assert told.is_good
    assert "이행단계" in told.finding
    assert "관리번호" not in told.finding


def test_a_template_that_can_not_be_read_is_red(tmp_path):
    (tmp_path / "form.hwpx").touch()
    (told,) = check(tmp_path / "form.hwpx")
    assert not told.is_good
    assert "form.hwpx" in told.finding
    assert "policy_card.template" in told.finding

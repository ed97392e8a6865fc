"""Texts for approval: one for each kind, or why there is none; short enough, and right whatever they are given."""

import re

import pytest

from handlers.dialogue.router import router
from handlers.notices import templates
from handlers.notices.kinds import KINDS
from handlers.notices.templates.texts import LONGEST, LONGEST_BUTTON, VARIABLES
from storage.notices.outbox import NEWS
from tests.support.clock.occasions import SCENES

AFTER = ("", "\n", "]", "님,", "번\n", "회\n", "개\n")  # what may stand behind a value, whatever it is


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_either_a_text_or_a_reason_why_there_is_none(kind):
    assert (kind in templates.TEXTS) != bool(templates.why_not(kind))


def test_news_never_has_a_text():
    assert [kind for kind in templates.TEXTS if KINDS[kind].rank == NEWS] == []


def test_every_text_has_a_scene_in_which_it_is_owed():
    assert set(SCENES) == set(templates.TEXTS)


@pytest.mark.parametrize("kind", templates.TEXTS)
def test_a_text_is_short_enough_with_the_longest_of_all_values(kind):
    text = templates.TEXTS[kind].text
    assert len(templates.fill(text, {name: "가" * each.most for name, each in VARIABLES.items()})) <= LONGEST


@pytest.mark.parametrize("kind", templates.TEXTS)
def test_no_particle_follows_a_variable(kind):
    text = templates.TEXTS[kind].text
    after = [text[found.end() :] for found in re.finditer(r"#\{[^}]+\}", text)]
    assert [rest[:9] for rest in after if rest and not rest.startswith(AFTER[1:])] == []


@pytest.mark.parametrize("kind", templates.TEXTS)
def test_a_text_begins_with_who_speaks_and_ends_with_whom_to_call(kind):
    text = templates.TEXTS[kind].text
    assert text.startswith("[#{기관}] ")
    assert text.endswith("\n\n문의: #{문의}\n그만 받으시려면: #{전화}")
    assert all(line == line.strip() for line in text.splitlines())


@pytest.mark.parametrize("kind", templates.TEXTS)
def test_a_button_says_what_the_conversation_understands(kind):
    button = templates.TEXTS[kind].button
    assert not button or (len(button) <= LONGEST_BUTTON and router.meant(button))


def test_texts_are_told_apart_by_their_names():
    assert len(set(templates.NAMED.values())) == len(templates.NAMED) == len(templates.TEXTS)


def test_every_variable_is_used_and_its_example_short_enough():
    used = {name for kind in templates.TEXTS for name in templates.known_in(kind)}
    assert used == set(VARIABLES)
    assert [name for name, each in VARIABLES.items() if not 0 < len(each.example) <= each.most] == []


def test_what_is_filled_in_is_not_looked_through_for_variables():
    assert templates.fill("#{이름} #{강좌} #{이름}", {"이름": "#{강좌}", "강좌": "떡"}) == "#{강좌} 떡 #{강좌}"


def test_a_variable_without_a_value_is_an_error():
    with pytest.raises(KeyError):
        templates.fill("#{이름}", {})

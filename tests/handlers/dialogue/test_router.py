"""Paths and phrases lead to one handler, or to none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import handlers.residents  # noqa: F401
from handlers.dialogue.router import Router, router


def show(chat, course_id: int):
    raise NotImplementedError


def enroll(chat, course_id: int):
    raise NotImplementedError


def test_a_path_finds_its_handler_with_its_values():
    own = Router()
    own.view("courses/{course_id}")(show)
    assert own.at("courses/42").values == {"course_id": 42}


@pytest.mark.parametrize(
    "path", ["courses/x", "courses/-1", "courses/1/2", "courses", "", "/", "courses/①", "courses/1e3"]
)
def test_a_path_that_is_no_path_of_ours_leads_nowhere(path):
    own = Router()
    own.view("courses/{course_id}")(show)
    assert own.at(path) is None


def test_a_fixed_part_of_a_path_wins_over_a_value_whichever_came_first():
    own = Router()
    own.view("news/{purpose}")(show)
    own.view("news/stop")(enroll)
    assert own.at("news/stop").route.handler is enroll


def test_every_phrase_leads_to_the_handler_that_declares_it():
    assert [path for path in router.phrases().values() if router.at(path).route.template != path] == []


def test_two_handlers_for_one_path_are_refused():
    own = Router()
    own.view("courses/{course_id}")(show)
    with pytest.raises(ValueError, match="two routes"):
        own.act("courses/{other_id}")(enroll)


def test_a_phrase_with_two_meanings_is_refused():
    own = Router()
    own.view("courses", "강좌")(show)
    with pytest.raises(ValueError, match="강 좌"):
        own.view("mine", "강 좌")(enroll)


@pytest.mark.parametrize("said", ["강좌", "강 좌", "강좌!", "강좌 보여 주세요", "rkdwhk", "/courses", "Courses"])
def test_a_phrase_is_understood_however_it_is_typed(said):
    assert router.meant(said).route.template == "courses"


@pytest.mark.parametrize("said", ["안녕히 가세요", "강좌가 너무 어려워서 그만뒀어요", "", "ㅋㅋ"])
def test_a_sentence_is_no_phrase(said):
    assert router.meant(said) is None


@given(st.text(max_size=80))
def test_no_path_and_no_text_breaks_the_router(said):
    router.at(said)
    router.meant(said)


def test_every_phrase_leads_to_a_path_that_exists():
    assert all(router.at(path) for path in router.phrases().values())


def test_every_command_of_the_menu_is_understood():
    from bot.channels.telegram.client import COMMANDS

    assert all(router.meant(f"/{name}") for name in (*COMMANDS, "english", "korean"))

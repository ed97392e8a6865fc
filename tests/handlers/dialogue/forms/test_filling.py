"""The engine that fills in forms, by itself: no chat, no page, no database."""

from dataclasses import replace

import pytest

from handlers.dialogue.forms.filling import SKIPPED, Filling, read
from handlers.dialogue.forms.form import Choice, Question
from handlers.language.answers import Unparsed, free_text, one_of

YES_NO = (Choice("yes", "네"), Choice("no", "아니요"))
FRUIT = (Choice("o1", "사과"), Choice("o2", "배"), Choice("o3", "감"))

WORKS = Question("works", "일하시나요?", one_of([("yes", "네"), ("no", "아니요")]), YES_NO)
WHERE = Question("where", "어디서요?", free_text, asked=lambda answers: answers.get("works") == "yes", label="직장")
HOW = Question("how", "어떻게 가세요?", free_text, asked=lambda answers: "where" in answers)
LIKES = Question("likes", "무엇을 좋아하세요?", str.split, FRUIT, most=2, show=", ".join)
WORDS = Question("words", "하실 말씀은?", free_text, is_optional=True)


@pytest.fixture
def filling() -> Filling:
    return Filling([WORKS, WHERE, HOW, LIKES, WORDS], [])


def at(filling: Filling) -> str:
    return filling.current.name if filling.current else ""


def answered(filling: Filling, *texts: str) -> Filling:
    for text in texts:
        filling = filling.answer(at(filling), text)
    return filling


def test_the_first_question_without_an_answer_is_asked(filling):
    assert [at(answered(filling, *["네", "시청", "버스"][:count])) for count in range(4)] == [
        "works", "where", "how", "likes",
    ]  # fmt: skip


def test_what_is_asked_depends_on_the_answers_and_so_does_how_many_there_are(filling):
    some, all_of_them = answered(filling, "아니요"), answered(filling, "네", "시청")
    assert (at(some), some.number, len(some.asked)) == ("likes", 2, 3)
    assert (at(all_of_them), all_of_them.number, len(all_of_them.asked)) == ("how", 3, 5)


def test_an_answer_to_a_question_that_is_not_asked_any_more_counts_for_nothing(filling):
    changed = answered(filling, "네", "시청", "버스").correct("works").answer("works", "아니요")
    assert [question.name for question in changed.asked] == ["works", "likes", "words"]
    assert changed.answers == {"works": "no"}


def test_it_counts_again_when_it_is_asked_again(filling):
    changed = answered(filling, "네", "시청", "버스").correct("works").answer("works", "네")
    assert (at(changed), changed.answers["where"]) == ("likes", "시청")


def test_an_old_button_or_a_second_tap_changes_nothing(filling):
    one = answered(filling, "네")
    assert one.answer("works", "no") is one
    assert one.skip("words") is one
    assert one.tick("likes", "o1", True) is one
    assert one.correct("words") is one


def test_back_takes_back_the_last_step_also_a_correction(filling):
    two = answered(filling, "네", "시청")
    assert two.back().answers == {"works": "yes"}
    assert two.correct("works").back().answers == two.answers
    assert filling.back().log == []


def test_ticks_are_kept_until_they_are_the_answer(filling):
    ticked = answered(filling, "아니요").tick("likes", "o3", True).tick("likes", "o1", True)
    assert ticked.ticked(LIKES) == ["o3", "o1"]
    assert ticked.tick("likes", "o3", False).tick_no_more("likes").answers["likes"] == ["o1"]
    assert "likes" not in ticked.answers


def test_no_more_are_ticked_than_may_be(filling):
    ticked = answered(filling, "아니요").tick("likes", "o3", True).tick("likes", "o1", True)
    with pytest.raises(Unparsed, match="too_many"):
        ticked.tick("likes", "o2", True)


def test_only_what_is_optional_is_skipped(filling):
    words = answered(filling, "아니요", "o1")
    assert (words.skip("words").answers["words"], words.answer("words", " \n").answers["words"]) == (SKIPPED, SKIPPED)
    for step in (filling.skip, answered(filling, "아니요").skip, answered(filling, "아니요").tick_no_more):
        with pytest.raises(Unparsed, match="needed"):
            step("works" if step == filling.skip else "likes")


def test_a_complete_form_asks_nothing_and_says_what_was_answered(filling):
    complete = answered(filling, "네", "시청", "버스", "o1 o2", "없어요")
    assert complete.current is None
    assert [complete.shown(question) for question in complete.asked if question.label] == ["시청"]
    assert complete.shown(LIKES) == "o1, o2"


def test_an_answer_that_todays_wording_does_not_take_is_asked_for_again(filling):
    half_way = answered(filling, "네", "시청", "버스")
    moved = replace(WHERE, is_valid=lambda value: value != "시청")
    assert at(Filling([WORKS, moved, HOW, LIKES, WORDS], half_way.log)) == "where"


def test_a_question_more_and_one_less_are_met_half_way(filling):
    half_way = answered(filling, "네", "시청")
    first = Question("first", "처음이세요?", free_text)
    changed = Filling([first, WORKS, LIKES], half_way.log)
    assert (at(changed), changed.answers) == ("first", {"works": "yes"})
    assert at(answered(changed, "네")) == "likes"


@pytest.mark.parametrize(
    "number", ["900101-1234567", "９００１０１－１２３４５６７", "900101\n1234567", "[주민등록번호 가림]"]
)
def test_a_registration_number_is_no_answer_to_anything(number):
    for question in (WHERE, LIKES, WORDS):
        with pytest.raises(Unparsed, match="resident_number"):
            read(question, f"제 번호는 {number}")

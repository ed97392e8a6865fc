"""Which question a sentence asks: all words of one of its wordings, and nothing else that may be meant."""

import pytest

from handlers.search.questions import Asked, Questions

PARKING, REFUND, COMPLETION, REISSUE, ABSENCE = range(1, 6)
QUESTIONS = Questions(
    [
        Asked(
            PARKING,
            ("주차할 수 있나요?", "주차장", "차를 가져가도 되나요", "차를 대다", "parking"),
            "버스로 와 주세요.",
        ),
        Asked(REFUND, ("환불", "돈을 돌려받고 싶어요", "refund"), "취소하시면 재료비를 돌려 드려요."),
        Asked(COMPLETION, ("수료 기준", "수료하려면"), "80% 이상 출석하시면 수료예요."),
        Asked(REISSUE, ("수료증 재발급", "수료증을 다시 받고 싶어요"), "신분증을 가져오세요."),
        Asked(ABSENCE, ("못 가면", "결석"), "미리 알려 주세요."),
    ]
)


def sure(text, named=()):
    """The question that is surely asked, or 0."""
    found = QUESTIONS.find(text, named)
    return found.ids[0] if found.sure else 0


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("주차", PARKING),
        ("주차가 되나요?", PARKING),
        ("혹시주차되나요", PARKING),
        ("주차되나요ㅠㅠ", PARKING),
        ("wnck", PARKING),
        ("차 가져가려고 하는데 괜찮을까요", PARKING),
        ("차를가져가도되나요", PARKING),
        ("차 댈 수 있어요?", PARKING),
        ("Is there any parking?", PARKING),
        ("재료비 환불", REFUND),
        ("환불규정", REFUND),
        ("돈 돌려받을 수 있어요?", REFUND),
        ("수료 기준이 뭔가요", COMPLETION),
        ("수료할 수 있으려면 어떻게 해요", COMPLETION),
        ("수료증을 재발급해 주세요", REISSUE),
        ("못가면 어떻게 돼요", ABSENCE),
        ("못 갈 때 어떡해요", ABSENCE),
    ],
)
def test_a_question_is_known_however_it_is_put(text, asked):
    assert sure(text) == asked


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3주차 수업은 뭐 해요", "a digit before it makes another word"),
        ("3주차수업은뭐해요", "a digit before it makes another word"),
        ("차 수업 대기 몇 번째예요", "syllables that don't stand together"),
        ("불법주차 신고할게요", "another wish"),
        ("주차관리원 채용 있나요", "another word that only begins so"),
        ("환불 말고 다른 거요", "it is what isn't meant"),
        ("환불 받게 취소해 주세요", "an act that the question itself doesn't have"),
        ("여권 재발급", "half of a wording"),
        ("수료증", "half of a wording"),
        ("신청하고 싶어요", "asking alone"),
        ("수료증 재발급하고 환불 둘 다요", "two questions at once"),
        ("", "nothing"),
    ],
)
def test_what_only_sounds_like_a_question_is_not_sure(text, why):
    assert sure(text) == 0, why


def test_who_names_something_else_may_ask_about_that():
    assert (sure("꽃차 주차"), sure("주차", {"주차"})) == (0, PARKING)
    assert (sure("버스 주차"), sure("버스 주차", {"버스"})) == (PARKING, 0)


def test_the_question_of_which_most_is_said_comes_first():
    assert QUESTIONS.find("수료증 재발급 기준이 있나요? 수료 기준도요").ids[0] == REISSUE


def test_two_questions_with_the_same_wording_are_asked_back():
    twins = Questions([Asked(1, ("주차",), "가"), Asked(2, ("주차",), "나")])
    found = twins.find("주차")
    assert (set(found.ids), found.sure) == ({1, 2}, False)


def test_a_wording_that_only_asks_answers_nothing():
    assert Questions([Asked(1, ("어떻게 하나요?", "있나요", "신청"), "가")]).find("어떻게 하나요").ids == ()

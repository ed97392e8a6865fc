"""What a text that found nothing is about, and whether that may be a course."""

import pytest

from handlers.search.subjects import LONGEST, may_be_course, subject


@pytest.mark.parametrize(
    "said",
    ["피아노", "피아노 배우고 싶어요", "피아노 강좌 있나요?", "피아노를 배우고 싶은데요", "혹시 피아노 수업 있어요"],
)
def test_what_is_said_around_a_subject_does_not_matter(said):
    assert (subject(said), may_be_course(said)) == ("피아노", True)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "네",
        "ㅁㄴㅇㄹ",
        "전화주세요",
        "강좌 있어요?",
        "010-1234-5678",
        "홍길동입니다",
        "12345",
        "재밌는거 없나",
        "그거말고",
        "노는날 하는거 뭐있어",
        "개꿀강좌 추천",
        "나중에",
        "싶음",
    ],
)
def test_nothing_is_left_of_what_names_nothing(said):
    assert subject(said) == ""


def test_a_story_is_not_kept_at_all():
    story = "남편이 실직해서 제가 일해야 하는데 무엇을 배우면 좋을지 모르겠어요"
    assert len(story) < LONGEST
    assert subject("가" * LONGEST)
    assert subject("가" * (LONGEST + 1)) == subject(story) == ""


@pytest.mark.parametrize(
    "said", ["주차 되나요?", "주차장 어디예요", "날씨 좋네요", "where can I park", "남편이 실직했어요"]
)
def test_a_question_or_a_sentence_is_counted_and_is_no_course(said):
    assert subject(said)
    assert not may_be_course(said)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("우쿨렐레 반 언제 열어요", "우쿨렐레"),
        ("남편이 실직했어요", "남편이"),
        ("민요 부르기", "민요 부르기"),
        ("대중가요", "대중가요"),
    ],
)
def test_verbs_of_a_sentence_are_not_kept(said, left):
    assert subject(said) == left


@pytest.mark.parametrize("said", ["Is there a piano class?", "piano", "I want to learn piano"])
def test_english_is_read_alike(said):
    assert (subject(said), may_be_course(said)) == ("piano", True)

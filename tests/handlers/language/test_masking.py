"""What tells of a person is taken out of a text."""

import pytest

from handlers.language.masking import without_personal


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("010-1234-5678로 전화 주세요", "전화 주세요"),
        ("피아노 0212345678", "피아노"),
        ("+82 10 1234 5678 피아노", "피아노"),
        ("공일공 일이삼사 오육칠팔 피아노", "피아노"),
        ("공일공에 일이삼사에 오육칠팔 피아노", "피아노"),
        ("900101-1234567 요가", "요가"),
        ("me@example.org 요가", "요가"),
        ("@gildong 요가", "요가"),
        ("https://example.org/me 요가", "요가"),
        ("1983년생 네일", "네일"),
        ("청구동 12-34 302호", "청구동"),
        ("１２３４ 네일", "네일"),
    ],
)
def test_numbers_and_addresses_are_gone_with_the_words_that_touch_them(said, left):
    assert without_personal(said) == left


@pytest.mark.parametrize(
    "said",
    [
        *(
            "제 이름은 홍길동입니다 요가",
            "저는 홍길동이고 요가",
            "홍길동씨 요가",
            "홍길동님 요가",
            "홍길동이라고 합니다 요가",
        ),
        *("성함 홍길동 요가", "my name is Gildong 요가", "I'm Gildong 요가"),
    ],
)
def test_a_name_that_is_told_as_one_is_gone(said):
    left = without_personal(said)
    assert ("길동" in left, "Gildong" in left, "요가" in left) == (False, False, True)


@pytest.mark.parametrize("said", ["컴활 2급", "3D 프린팅", "1인 방송", "영어 회화", "일이 없어요", "고구마 농사"])
def test_what_tells_of_nobody_stays(said):
    assert without_personal(said) == said

"""Questions that people ask back are told apart from answers."""

import pytest

from handlers.language.questions import asks


@pytest.mark.parametrize(
    "said",
    [
        "재료비는 언제 내요",
        "이건 왜 물어보는 거예요",
        "그런데 수강료는 얼마를 내죠",
        "중구민 아니면 못 들어요",
        "번호는 어디에 쓰나",
    ],
)
def test_a_word_of_asking_may_stand_within(said):
    assert asks(said)


@pytest.mark.parametrize(
    "said", ["아무 때나 언제든지 좋아요", "저는 어디든 괜찮아요", "응우옌 티 란", "홍길동이에요", "몸이 안 좋아요"]
)
def test_answers_ask_nothing(said):
    assert not asks(said)

"""Names of people, as they are typed and masked."""

from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handlers.language import names
from handlers.language.answers import Unparsed
from handlers.language.questions import asks


def refusal(parse, text):
    with pytest.raises(Unparsed) as refused:
        parse(text)
    return refused.value.key


INTRODUCED = (
    "홍길동",
    "홍길동입니다",
    "저는 홍길동이에요",
    "제 이름은 홍길동입니다.",
    "홍길동이라고 합니다",
    "홍길동이요",
    "어 제 이름은 홍길동이에요",
    "저기 이름이 홍길동이고요",
    "홍길동입니다 잘 부탁드려요",
    "안녕하세요 저는 홍길동입니다",
    "어 저기 홍길동이요",
    "네, 홍길동입니다.",
    "아 홍길동",
)

WHOLE = (
    "김예요",
    "이니다",
    "남궁 민",
    "어 영진",
    "예 지원",
    "응우옌 티 란",
    "John Smith",
    "Anna-María O’Neil",
    "박하늘별님구름햇님보다사랑스러우리",
    "Nguyen Thi Hoa (응우옌)",
    "Nguyễn Thị Hoa",
    "Иванова Мария-Анна",
    "李小龍",
    "A" * 80,
)

NO_NAMES = {
    "answers.name_digits": ("홍길동1", "010-1234-5678", "홍길동 ①"),
    "answers.name_emoji": ("홍길동😊", "홍길동 ★"),
    "answers.name_long": ("A" * 81, "가" * 300),
    "answers.name_sentence": (
        "안녕하세요",
        "모르겠어요",
        "얼마예요",
        "주차 되나요?",
        "문자 보내지 마세요",
        "이건 왜 물어보는 거예요",
        "엄마 대신 신청하는 건데 엄마 이름 써요?",
        "이름은 말 안하고 싶은데",
        "아니 근데 돈은 언제 내요",
        "화면이 너무 복잡해요 큼직하게 몇 줄만 나오게",
        "자격증 나와요?",
        "will there be a certificate",
        "is it free",
        "do you have parking",
    ),
    "answers.name_wrong": ("홍", "ㅎㄱㄷ", "J", "", "???", "(홍길동)", "홍길동 ()"),
}

UNSEEN = "\u200b\u200d\u202e\u2066\ufeff\ufe0f\U000e0100\u00ad\x07"

letters = st.characters(categories=("Lu", "Ll", "Lo"), exclude_characters="".join(map(chr, range(0x3131, 0x318F))))


@pytest.mark.parametrize(("text", "name"), [(text, "홍길동") for text in INTRODUCED] + [(name, name) for name in WHOLE])
def test_a_name_is_read_without_the_words_around_it(text, name):
    assert names.person_name(text) == name


@pytest.mark.parametrize(("text", "wrong"), [(text, wrong) for wrong, texts in NO_NAMES.items() for text in texts])
def test_what_is_no_name_is_refused_with_what_is_wrong(text, wrong):
    assert refusal(names.person_name, text) == wrong


@pytest.mark.parametrize("text", ["김철수요", "김철수요.", "my name is 김철수", " 김철수 ", "이름은 김철수예요"])
def test_what_stands_around_a_name_is_left_out(text):
    assert names.person_name(text) == "김철수"


@given(st.sampled_from(WHOLE), st.data())
def test_signs_that_nobody_sees_change_no_name(name, data):
    places = data.draw(st.lists(st.tuples(st.integers(0, len(name)), st.sampled_from(UNSEEN)), max_size=5))
    hidden = name
    for at, sign in sorted(places, reverse=True):
        hidden = hidden[:at] + sign + hidden[at:]
    assert names.person_name(hidden) == name


@given(st.one_of(st.text(letters, min_size=1, max_size=90), st.sampled_from(WHOLE), st.text(max_size=90)))
def test_a_name_that_was_read_is_read_as_the_same_again_and_has_nothing_unseen(text):
    with suppress(Unparsed):
        name = names.person_name(text)
        assert not set(name) & set(UNSEEN)
        assert len(name) <= names.LONGEST_NAME
        assert name.startswith(names.person_name(name))


@given(st.text(letters, min_size=2, max_size=8), st.text(letters, min_size=2, max_size=8))
def test_no_name_in_letters_of_any_script_is_refused_for_its_letters(first, second):
    with suppress(Unparsed):
        names.person_name(f"{first}-{second}")
        return
    assert refusal(names.person_name, f"{first}-{second}") == "answers.name_sentence"


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=3))
def test_a_short_korean_name_stays_whole_or_loses_only_its_tail(name):
    assume(not name.startswith(("이름", "성함")))  # what leads a name
    assume(not asks(name))  # "누가"
    assert name.startswith(names.person_name(name))


@pytest.mark.parametrize(
    ("name", "masked"), [("홍길동", "홍*동"), ("홍길", "홍*"), ("남궁길동", "남**동"), ("Jo Li", "J* *i")]
)
def test_the_middle_of_a_name_is_masked(name, masked):
    assert names.mask_name(name) == masked

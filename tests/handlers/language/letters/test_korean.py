"""Particles, loose spelling, jamo, keyboard slips and resident numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language import phrases
from handlers.language.letters import jamo, particles, spelling

PAIRS = (
    "은/는",
    "이/가",
    "을/를",
    "과/와",
    "아/야",
    "이나/나",
    "이라/라",
    "이에요/예요",
    "으로/로",
    "로/으로",
    "는/은",
)
USUAL_SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4) if len(chr(code).encode("euc_kr")) == 2]
hangul_words = st.text(st.sampled_from(USUAL_SYLLABLES), min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("꽃차소믈리에", "은/는", "꽃차소믈리에는"),
        ("바리스타 2급", "을/를", "바리스타 2급을"),
        ("정리수납컨설턴트", "이/가", "정리수납컨설턴트가"),
        ("3월 8일", "으로/로", "3월 8일로"),
        ("MBTI", "은/는", "MBTI는"),
        ("강의실 3", "으로/로", "강의실 3으로"),
        ("SNS", "을/를", "SNS를"),
        ("엑셀", "로/으로", "엑셀로"),
        ("홍길동", "아/야", "홍길동아"),
        ("커피", "이에요/예요", "커피예요"),
        ("상담", "이나/나", "상담이나"),
        ("꽃", "과/와", "꽃과"),
    ],
)
def test_a_particle_fits_the_sound_before_it(word, pair, expected):
    assert particles.with_particle(word, pair) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0", "0이"),
        ("2", "2가"),
        ("3", "3이"),
        ("10", "10이"),
        ("12", "12가"),
        ("200", "200이"),
        ("1,000", "1,000이"),
        ("100,000,000", "100,000,000이"),
        ("1000000000000", "1000000000000가"),
        ("3.5", "3.5가"),
        ("１０", "１０이"),
    ],
)
def test_a_number_takes_the_particle_of_its_reading(number, expected):
    assert particles.with_particle(number, "이/가") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("URL", "URL로"), ("QR", "QR로"), ("IBM", "IBM으로"), ("Excel", "Excel로"), ("Zoom", "Zoom으로"), ("PC", "PC로")],
)
def test_latin_takes_the_particle_of_its_letter_names_or_sound(word, expected):
    assert particles.with_particle(word, "으로/로") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("플로리스트(주간)", "은"),
        ("‘꽃차’", "는"),
        ("「바리스타」", "는"),
        ("꽃🌸", "은"),
        ("정말요?!", "는"),
        ("50%", "는"),
    ],
)
def test_quotes_and_brackets_are_not_heard(word, expected):
    assert particles.particle(word, "은/는") == expected


@given(st.text(max_size=30), st.sampled_from(PAIRS))
def test_whatever_the_word_one_of_the_pair_follows(word, pair):
    assert particles.with_particle(word, pair) in {word + form for form in pair.split("/")}


@pytest.mark.parametrize("pair", ["은/를", "은", "", "은는"])
def test_what_is_no_pair_is_refused(pair):
    with pytest.raises(ValueError):
        particles.particle("꽃", pair)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＭＢＴＩ　과정", "mbti 과정"),
        ("  꽃차\n\t소믈리에 ", "꽃차 소믈리에"),
        ("꽃\u200b차🌸", "꽃차"),
        ("ㅂㄹㅅㅌ", "ㅂㄹㅅㅌ"),
        ("바ㄳ", "바ㄳ"),
        ("\u1100\u1161\u11a8", "각"),
        ("2️⃣", "2"),
        ("①", "1"),
        ("\u3164", ""),
    ],
)
def test_text_is_normalised(text, expected):
    assert spelling.normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("강좌 보여 주세요", "강좌"),
        ("강좌를 보여줘!", "강좌"),
        ("내 신청 알려주세요", "내신청"),
        ("취소할래요", "취소"),
        ("상담 신청하고 싶습니다", "상담신청"),
        ("신청해 주세요.", "신청"),
        ("강좌, 부탁드려요~", "강좌"),
        ("정리 수납", "정리수납"),
        ("메뉴ㅋㅋ", "메뉴"),
        ("꽃 보여줘", "꽃"),
    ],
)
def test_asking_politely_is_the_same_as_the_bare_phrase(text, expected):
    assert phrases.squeeze(text) == expected


@pytest.mark.parametrize("phrase", ["보여주세요", "알려줘", "가을보여줘요", "구해줘", "???", "ㅋㅋㅋ"])
def test_a_phrase_is_not_eaten_whole(phrase):
    assert phrases.squeeze(phrase)


def test_a_text_too_long_for_a_phrase_keeps_its_asking():
    assert phrases.squeeze("해 줘 " * 2000) == "해줘" * 2000


def test_a_noun_that_ends_like_a_particle_is_kept():
    assert phrases.squeeze("가을 보여줘") == "가을"


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text):
    assert spelling.normalise(spelling.normalise(text)) == spelling.normalise(text)


@given(
    st.one_of(
        st.text(max_size=60),
        st.text(st.sampled_from("강좌보여알려해줘주세요할래요하고싶어부탁을를ㅋㅠ.,! 👍"), max_size=30),
    )
)
def test_squeezing_twice_changes_nothing(text):
    assert phrases.squeeze(phrases.squeeze(text)) == phrases.squeeze(text)


def test_jamo_are_split_as_they_are_typed():
    assert jamo.jamo("꽃과 값 a") == "ㄲㅗㅊㄱㅗㅏ ㄱㅏㅂㅅ a"


@pytest.mark.parametrize(("text", "expected"), [("꽃차", "ㄲㅊ"), ("ㄳ", "ㄱㅅ"), ("바ㄹㅅ 2급", "ㅂㄹㅅ 2ㄱ")])
def test_initials_are_taken(text, expected):
    assert jamo.initials(text) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("qkfltmxk", "바리스타"),
        ("QKFLTMXK", "바리스타"),
        ("apsb", "메뉴"),
        ("Rhc", "꽃"),
        ("RhcCk", "꽃차"),
        ("qkfltmxk 2rmq", "바리스타 2급"),
        ("sns", "눈"),
    ],
)
def test_latin_typed_for_hangul_is_read(keys, expected):
    assert jamo.slipped(keys) == expected


@pytest.mark.parametrize(
    "text", ["barista", "MBTI", "hello", "the", "excel", "start", "help", "꽃", "바리스xk", "12", "", "café", "?"]
)
def test_what_was_not_typed_for_hangul_is_left_alone(text):
    assert jamo.slipped(text) is None


@given(hangul_words)
def test_any_hangul_word_typed_on_latin_keys_comes_back(word):
    assert jamo.slipped(jamo.typed(word)) == word

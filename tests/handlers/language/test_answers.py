"""Free text, choices, and yes or no."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language import answers, names, phones
from handlers.language.answers import Unparsed
from handlers.language.days import years

TODAY = date(2024, 8, 20)

LEVELS = [("all", "매우 만족"), ("well", "만족"), ("so", "보통"), ("bad", "불만족"), ("worst", "매우 불만족")]

PARSERS = (
    answers.free_text,
    names.person_name,
    years.birth_year(TODAY),
    phones.mobile,
    answers.one_of(LEVELS),
    answers.agreement,
)

spoken = st.text(st.sampled_from("0123456789공일이삼사오년월일생세살번째네예아니요동의안함-+().:  "), max_size=20)


def refusal(parse, text):
    with pytest.raises(Unparsed) as refused:
        parse(text)
    return refused.value.key


@given(st.sampled_from(PARSERS), st.one_of(st.text(max_size=400), spoken))
def test_a_parser_raises_nothing_but_unparsed(parse, text):
    with suppress(Unparsed):
        parse(text)


@pytest.mark.parametrize("parse", PARSERS)
def test_more_than_300_characters_are_refused(parse):
    assert refusal(parse, "가" * 301) == "answers.too_long"


def test_free_text_is_kept_as_it_is():
    assert answers.free_text("  좋았어요 😊\n또 할래요 ") == "좋았어요 😊\n또 할래요"


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "😊"])
def test_free_text_without_words_is_refused(text):
    assert refusal(answers.free_text, text) == "answers.empty"


PLACES = ("2", "2번", "2번으로 할게요", "둘째", "두 번째", "두번째 거요", "이번", "②", "2️⃣")

LABELS = (
    ("매우 만족", "all"),
    ("매우만족!", "all"),
    ("만족해요", "well"),
    ("보통이요", "so"),
    ("so", "so"),
    ("매우 불", "worst"),
)


@pytest.mark.parametrize(("text", "value"), LABELS)
def test_a_choice_is_read_by_label_beginning_or_value(text, value):
    assert answers.one_of(LEVELS)(text) == value


HERE = [("a", "청구동"), ("b", "명동"), ("elsewhere", "중구에 살지 않아요"), ("none", "해당 없음·답하지 않음")]


@pytest.mark.parametrize("text", ["중구", "중구에", "중구에 살지", "중구에 살"])
def test_a_beginning_never_chooses_what_denies_it(text):
    assert refusal(answers.one_of(HERE), text) == "answers.choice_wrong"


@pytest.mark.parametrize(("text", "value"), [("중구에 살지 않", "elsewhere"), ("해당 없음", "none"), ("청구", "a")])
def test_a_beginning_that_denies_as_well_is_meant(text, value):
    assert answers.one_of(HERE)(text) == value


@given(st.sampled_from(HERE), st.integers(1, 12))
def test_no_beginning_says_the_contrary_of_its_label(choice, length):
    begun = choice[1][:length].rstrip()
    with suppress(Unparsed):
        assert ("않" in begun or "없" in begun) or answers.one_of(HERE)(begun) not in ("elsewhere", "none")


@pytest.mark.parametrize("text", PLACES)
def test_a_choice_is_read_by_its_place(text):
    assert answers.one_of(LEVELS)(text) == "well"


@pytest.mark.parametrize("text", ["매우", "6", "0", "6번", "여섯째", "최고", "", "?"])
def test_what_names_no_single_choice_is_refused(text):
    assert refusal(answers.one_of(LEVELS), text) == "answers.choice_wrong"


def test_a_number_that_could_mean_two_choices_is_refused():
    times = answers.one_of([("two", "2회"), ("three", "3회"), ("four", "4회")])
    assert refusal(times, "2") == "answers.choice_wrong"
    assert (times("2회"), times("2번"), times("4")) == ("two", "three", "four")


def test_labels_that_are_numbers_are_meant_by_them():
    assert answers.one_of([(f"n{number}", str(number)) for number in range(11)])("2") == "n2"


def test_this_week_is_not_taken_for_the_second():
    assert answers.one_of([("this", "이번 주"), ("next", "다음 주"), ("soon", "이번 달")])("이번 달") == "soon"
    assert refusal(answers.one_of([("this", "이번 주"), ("soon", "이번 달")]), "이번") == "answers.choice_wrong"


@given(st.lists(st.text(st.sampled_from("가나다12번 "), min_size=1, max_size=4), min_size=1, max_size=6, unique=True))
def test_a_label_on_its_own_chooses_itself(labels):
    choices = [(f"v{at}", label) for at, label in enumerate(labels)]
    spaceless = [label.replace(" ", "") for label in labels]
    for (value, label), plain in zip(choices, spaceless, strict=True):
        if plain and spaceless.count(plain) == 1:
            assert answers.one_of(choices)(label) == value


YES = (
    "네",
    "예",
    "응",
    "넵ㅎㅎ",
    "좋아요",
    "동의",
    "동의합니다",
    "네, 동의해요",
    "ㅇㅇ",
    "OK!",
    "yes",
    "오케이",
    "그래요",
    "동의함",
)

NO = (
    "아니요",
    "아니오",
    "아뇨",
    "싫어요",
    "동의하지 않음",
    "동의하지 않습니다",
    "동의 안 함",
    "no",
    "ㄴㄴ",
    "아니요, 싫어요",
    "거부합니다",
)


@pytest.mark.parametrize("text", YES)
def test_yes_is_heard(text):
    assert answers.agreement(text) is True


@pytest.mark.parametrize("text", NO)
def test_no_is_heard(text):
    assert answers.agreement(text) is False


@pytest.mark.parametrize("text", ["아니 네", "네 아니요", "글쎄요", "동의할까요?", "괜찮아요", ""])
def test_consent_is_never_guessed(text):
    assert refusal(answers.agreement, text) == "answers.agreement_wrong"

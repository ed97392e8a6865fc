"""Reading what residents type or say."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language import answers, names, phones, years
from handlers.language.answers import Unparsed

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


INTRODUCED = (
    "홍길동",
    "홍길동입니다",
    "저는 홍길동이에요",
    "제 이름은 홍길동입니다.",
    "홍길동이라고 합니다",
    "홍길동이요",
)
WHOLE = (
    "김예요",
    "이니다",
    "남궁 민",
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
    "answers.name_sentence": ("안녕하세요", "모르겠어요", "얼마예요", "주차 되나요?", "문자 보내지 마세요"),
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
    assert name.startswith(names.person_name(name))


YEARS = ("1983", "83", "'83", "83년", "83년생", "1983년생이에요", "８３")
DATES = ("1983년 3월", "1983년 3월 5일에 태어났어요", "1983-03-05", "1983. 3. 5.", "19830305", "830305")
AGES = ("41세", "41살이에요", "만 41살")


@pytest.mark.parametrize("text", YEARS + DATES + AGES)
def test_a_year_of_birth_is_read(text):
    assert years.birth_year(TODAY)(text) == 1983


@pytest.mark.parametrize(("text", "year"), [("05", 2005), ("09", 2009), ("11", 1911), ("20100820", 2010)])
def test_two_digits_are_the_latest_year_of_someone_old_enough(text, year):
    assert years.birth_year(TODAY)(text) == year


@pytest.mark.parametrize("text", ["2030", "1890", "쉰여덟 살", "3", "19831305", "1983-02-30", "130세", "830305-1", ""])
def test_what_is_no_year_of_birth_is_refused(text):
    assert refusal(years.birth_year(TODAY), text) == "answers.birth_year_wrong"


TOO_YOUNG = (("2011", 14), ("20100821", 14), ("10살", 14), ("2008", 18), ("08", 18))


@pytest.mark.parametrize(("text", "minimum_age"), TOO_YOUNG)
def test_the_too_young_are_told_the_age(text, minimum_age):
    assert refusal(years.birth_year(TODAY, minimum_age), text) == "answers.too_young"


UNSURE = ("2010", "10", "'10년생", "14살", "14세", "15살이에요", "2010년 8월")
SURE = ("만 14세", "2010년 7월", "2010-08-20", "100819", "만 15살")


@pytest.mark.parametrize("text", UNSURE)
def test_who_may_be_fourteen_or_not_yet_is_asked_for_what_decides_it(text):
    assert refusal(years.birth_year(TODAY), text) == "answers.birthday_needed"


@pytest.mark.parametrize("text", SURE)
def test_who_is_fourteen_for_sure_is_asked_no_more(text):
    assert TODAY.year - years.birth_year(TODAY)(text) in (14, 15)


WRITTEN = ("01012345678", "010-1234-5678", "010.1234.5678", "010 1234 5678", "010ㅡ1234ㅡ5678")
ABROAD = ("+82 10-1234-5678", "+82(0)10 1234 5678", "(+82)1012345678", "0082 10 1234 5678")
SPOKEN = ("공일공 일이삼사 오육칠팔", "공일공에 일이삼사에 오육칠팔이에요", "제 번호는 ０１０-１２３４-５６７８입니다")


@pytest.mark.parametrize("text", WRITTEN + ABROAD + SPOKEN)
def test_a_mobile_number_is_read_however_it_is_written(text):
    assert phones.mobile(text) == "+821012345678"


def test_a_last_digit_is_not_taken_for_a_verb():
    assert phones.mobile("공일공 일이삼사 오육칠이요") == "+821012345672"


@pytest.mark.parametrize(
    "text", ["02-123-4567", "02-1234-5678", "031-123-4567", "070 1234 5678", "1588-1234", "+82 2 123 4567"]
)
def test_a_landline_is_told_apart(text):
    assert refusal(phones.mobile, text) == "answers.mobile_landline"


@pytest.mark.parametrize("text", ["+1 202 555 0100", "010-1234", "010-1234-56789", "1012345678", "없어요", ""])
def test_what_is_no_korean_mobile_number_is_refused(text):
    assert refusal(phones.mobile, text) == "answers.mobile_wrong"


@given(st.from_regex(r"\A01(?:0[0-9]{8}|[16789][0-9]{7,8})\Z"))
def test_a_printed_mobile_number_is_read_as_the_same(number):
    read = phones.mobile(number)
    assert phones.mobile(phones.print_mobile(read)) == read == "+82" + number[1:]


def test_mobile_numbers_are_printed_in_three_parts():
    assert phones.print_mobile("+821012345678") == "010-1234-5678"
    assert phones.print_mobile("+82111234567") == "011-123-4567"


@pytest.mark.parametrize(
    ("name", "masked"), [("홍길동", "홍*동"), ("홍길", "홍*"), ("남궁길동", "남**동"), ("Jo Li", "J* *i")]
)
def test_the_middle_of_a_name_is_masked(name, masked):
    assert names.mask_name(name) == masked


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

"""Mobile numbers, as they are typed and printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language import phones
from handlers.language.answers import Unparsed


def refusal(parse, text):
    with pytest.raises(Unparsed) as refused:
        parse(text)
    return refused.value.key


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

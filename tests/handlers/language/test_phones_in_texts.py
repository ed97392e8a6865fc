"""Telephone numbers in running text: which are noticed by whom."""

import pytest

from handlers.language.phones import contains_mobile, contains_number, mask_numbers


@pytest.mark.parametrize(
    ("text", "number", "mobile", "masked"),
    [
        ("문의 010-0000-0000", True, True, "문의 *"),
        ("문의 02)000-0000", True, False, "문의 *"),
        ("문의 +82 10 0000 0000", True, True, "문의 *"),
        ("문의 0505-000-0000", True, False, "문의 *"),
        ("문의 1588-0000", True, False, "문의 1588-0000"),
        ("0 1 0 0 0 0 0 0 0 0 0", True, True, "*"),
        ("시급 11,000원, 2026-12-24 18:00", False, False, "시급 11,000원, 2026-12-24 18:00"),
    ],
)
def test_a_number_is_noticed_as_its_use_demands(text, number, mobile, masked):
    assert (contains_number(text), contains_mobile(text), mask_numbers(text, "*")) == (number, mobile, masked)


GLUED = ("전화01000001111", "TEL010-0000-1111입니다", "010-0000-1111이에요", "[010-0000-1111]", "1.010-0000-1111")
SPACED = ("010 - 0000 - 1111", "0101234-5678", "010 123 45678", "0-1-0-1-2-3-4-5-6-7-8", "010\u200b-0000-1111")
DASHES = tuple(f"010{dash}0000{dash}1111" for dash in "-–—−ㅡ~_./·・ー一")
DRAWN = tuple(f"010{sign}0000{sign}1111" for sign in ("=", ":", ";", "+", "→", "|", "…", "#", "♥", "   -   ", "]["))
WORDS_BETWEEN = ("010(0000)1111", "010에 0000에 1111")
ABROAD = (
    "+82-10-0000-1111",
    "82-10-0000-6666",
    "+82(0)10 0000 1111",
    "0082 10 0000 1111",
    "821000001111",
    "8210-0000-1111",
)
ALOUD = (
    "공일공 일이삼사 오육칠팔",
    "공일공에 일이삼사에 오육칠팔이에요",
    "공일공 일이삼사 오육칠이요",
    "O1O-1234-5678",
    "0ㅣ0-1234-5678",
)
OTHER = ("０１０－００００－５５５５", "⓪①⓪-①②③④-⑤⑥⑦⑧", "1000001111", "10-1234-5678", "011-123-4567")


@pytest.mark.parametrize("text", GLUED + SPACED + DASHES + DRAWN + WORDS_BETWEEN + ABROAD + ALOUD + OTHER)
def test_a_persons_number_is_noticed_however_it_is_written(text):
    masked = mask_numbers(f"연락은 {text} 로 주세요", "*")
    assert (contains_mobile(text), contains_number(masked), "0000" in masked) == (True, False, False)


def test_each_of_several_numbers_is_masked_and_nothing_between_them():
    said = "문의010-0000-1111 또는 010 - 0000 - 2222, 02-000-3333/010ㅡ0000ㅡ4444-010-0000-5555."
    assert mask_numbers(said, "*") == "문의* 또는 *, */*-*."


MONEY = ("1000000000원", "1,000,000,000원", "월급 2,150,000원 ~ 2,300,000원", "10,500,000 원", "15881234원")
HOURS = ("1800-2000", "1600-1800 근무", "0900-1800, 0930-1830", "18:00~20:00", "1800~2000")
DATES = ("2026-01-10 ~ 2026-03-20", "01.10 ~ 2026.03.20 10시", "2026. 11. 28. 10:01:05", "20260310 0900 1800")
CODES = ("26-01-010", "26-010 2026-03-02", "K99002408000", "123-45-67890", "110-123-456789", "제2026-1588호")
LISTS = ("0,1,2,3,4,5,6,7,8,9,10", "5 5 5 4 3 5 5 5 5 9", "정원 10 2026 0302", "사업자등록번호 1012345678")
WORDS = ("이번 일이 오육 개 있어요", "구이 일 이 삼사일 공부", "031호 1234동")


@pytest.mark.parametrize("text", MONEY + HOURS + DATES + CODES + LISTS + WORDS)
def test_what_only_looks_like_a_number_is_none(text):
    assert (contains_number(text), mask_numbers(text, "*")) == (False, text)

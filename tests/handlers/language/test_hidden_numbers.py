"""Registration numbers are found in every disguise, and what only looks like one is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language.hidden_numbers import MASK, contains_resident_number, mask_resident_numbers
from tests.support.sentences.registration_numbers import DISGUISES

PHONES = (
    "010-1234-5678",
    "900101 010-1234-5678",
    "홍길동 900101 010-0000-0001",
    "홍길동 1990-01-01 010 0000 0001",
    "홍길동 1990년 1월 1일 01000000001",
    "생년월일 900101, 전화 02-123-4567",
    "02-1234-5678, 031-123-4567",
    "1588-1234, 1644-1234",
)
TIMES = (
    "2026-12-01 14:00 ~ 2026-12-15 18:00",
    "2026-12-01, 2026-12-08, 2026-12-15",
    "26.12.01~26.12.15 (7일)",
    "12.01~12.15 09:00 3시",
    "261201 10:00~12:30",
    "261201 261208 261215",
    "20261201 20261208",
    "2026년 12월 1일 오후 2시, 2026년 12월 8일",
    "10:00~12:00, 12-15, 14:00",
)
SUMS = (
    "정원 15명, 재료비 120000원, 응시료 60000원",
    "260101 교육비 1500000원",
    "2026.12.01 수강료 3500000원",
    "26-01-20 월급 2500000",
    "연봉 32000000 ~ 36000000",
    "1,234,567원 900,101원",
)
NUMBERS = (
    "110-123-456789",
    "3333-01-1234567",
    "1002-123-456789",
    "123456-04-123456",
    "1234-5678-9012-3456",
    "120-81-12345",
    "978-89-6077-123-4",
    "과정 2026-101, 신청 1234567번",
    "T202612-01 3회차",
    "1 2 3 4 5 6 7 8 9 10 11 12 13",
    "5 5 4 3 5 1 1 2 3 4 5 5 4 3 2 1",
    "이 일은 일이삼사 오 육칠팔구",
    "123456\n1234567",
    "time=2026-11-29T01:01:35+0000 level=INFO from=bot update=123456789",
)
PARTS = ("900101-1", "900101-1******", "1900101-1234567", "900101-12345678", "900101-0234567", "")


@pytest.mark.parametrize("number", DISGUISES, ids=ascii)
def test_a_registration_number_is_masked_in_every_disguise(number):
    assert contains_resident_number(number)
    masked = mask_resident_numbers(f"제 번호는 {number}입니다 ㅠ")
    assert MASK in masked
    assert not any(char.isdigit() for char in masked)
    assert masked.endswith("입니다 ㅠ")


@pytest.mark.parametrize("text", PHONES + TIMES + SUMS + NUMBERS + PARTS, ids=ascii)
def test_other_numbers_are_left_as_they_are(text):
    assert not contains_resident_number(text)
    assert mask_resident_numbers(text) == text


def test_every_registration_number_is_masked():
    both = mask_resident_numbers("900101-1234567, 910202 뒷자리 2345678, 010-0000-0001")
    assert both == f"{MASK}, {MASK}, 010-0000-0001"


@given(st.text(max_size=40), st.sampled_from(DISGUISES), st.text(max_size=40))
def test_no_registration_number_survives_masking(before, number, after):
    assert not contains_resident_number(mask_resident_numbers(f"{before} {number} {after}"))


@given(st.text(max_size=40), st.from_regex(r"\A[0-9]{6}[ .*-]{0,3}[1-8][0-9]{6}\Z"), st.text(max_size=40))
def test_six_digits_and_seven_are_masked_whatever_they_say(before, number, after):
    assert not contains_resident_number(mask_resident_numbers(f"{before} {number} {after}"))

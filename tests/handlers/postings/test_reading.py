"""What feeds write, in all the ways in which they write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.postings import seoul
from handlers.postings.reading import days, regions
from handlers.postings.records import MASK, UnreadablePosting, line, link, without_persons

URL = "https://example.invalid/{no}"
SEOUL = {"JO_REQST_NO": "K1", "JO_SJ": "바리스타", "CMPNY_NM": "예시카페", "RCEPT_CLOS_NM": "채용시까지"}


# --- days ---


@pytest.mark.parametrize(
    ("text", "day", "until_filled"),
    [
        ("채용시까지  26-11-07", date(2026, 11, 7), True),
        ("채용시까지 25-06-24", date(2025, 6, 24), True),
        ("채용시까지", None, True),
        ("상시채용", None, True),
        ("26-09-14", date(2026, 9, 14), False),
        ("2026-09-14", date(2026, 9, 14), False),
        ("20260914", date(2026, 9, 14), False),
        ("20260914180000", date(2026, 9, 14), False),
        ("26.9.14", date(2026, 9, 14), False),
        ("2026년 9월 14일", date(2026, 9, 14), False),
        ("２６－０９－１４", date(2026, 9, 14), False),
        ("마감일 (2026-09-26)", date(2026, 9, 26), False),
        ("26-09-01 ~ 26-09-14", date(2026, 9, 14), False),
        ("", None, False),
    ],
)
def test_a_closing_day_is_read_in_every_form(text, day, until_filled):
    assert days.closing(text) == (day, until_filled)


@pytest.mark.parametrize("text", ["26-13-45", "2026-02-30", "9월 14일", "1899-01-01", "26-09-1400"])
def test_a_closing_day_that_can_not_be_is_refused_and_not_guessed(text):
    with pytest.raises(UnreadablePosting):
        days.closing(text)


@pytest.mark.parametrize("text", ["20240812", "24-08-12", "2024-08-12", "20240812101500", " 24-08-12 "])
def test_a_day_of_registration_is_read_in_every_form(text):
    assert days.registered(text) == date(2024, 8, 12)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y%m%d", "%y-%m-%d", "%Y-%m-%d", "%Y.%m.%d"]))
def test_every_day_is_itself_in_every_form(day, form):
    assert days.registered(day.strftime(form)) == day
    assert days.closing(f"채용시까지  {day:{form}}") == (day, True)


# --- texts ---


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("음료 &amp;amp;amp; 홀", "음료 & 홀"),
        ("&amp;lt;b&amp;gt;급구&amp;lt;/b&amp;gt; 주방", "급구 주방"),
        ("<급구> 주방 이모", "<급구> 주방 이모"),
        ("&lt;급구&gt; 주방", "<급구> 주방"),
        ("<b>주방</b><br/>보조", "주방 보조"),
        ("★주방★\u200b  보조\n", "주방 보조"),
    ],
)
def test_a_title_reads_as_a_person_would_have_written_it(raw, read):
    assert line(raw) == read


def test_a_title_that_is_escaped_without_end_is_read_in_the_end():
    assert line("&" + "amp;" * 5000).startswith("&amp;")


@pytest.mark.parametrize("raw", ["javascript:alert(1)", "//example.invalid", "https://a b", 'https://a"><b', "ftp://a"])
def test_what_is_no_web_address_is_not_linked(raw):
    assert link(raw) == ""


def test_no_name_and_no_number_of_a_person_is_left():
    personal = {"reperNm", "contactTelno", "chargerFaxNo", "empChargerDpt", "MNGR_NM", "MNGR_PHON_NO", "mngr_nm"}
    left = without_persons({**dict.fromkeys(personal, "홍길동 010-0000-0001"), "MNGR_INSTT_NM": "예시 일자리센터"})
    assert left == {"MNGR_INSTT_NM": "예시 일자리센터"}


@pytest.mark.parametrize(
    "phone", ["010-0000-0001", "01000000001", "02-000-0000", "02)000-0000", "+82 10 0000 0001", "010ㅡ0000ㅡ0001"]
)
def test_a_number_within_a_text_is_masked_too(phone):
    told = seoul.read({**SEOUL, "DTY_CN": f"문의 {phone} 주세요"}, URL)
    assert (told.posting.description, told.payload["DTY_CN"]) == (f"문의 {MASK} 주세요",) * 2


def test_a_key_is_never_taken_for_a_phone_number():
    for key in ("K990024080001", "KJA01000000001", "1000000001"):
        assert without_persons({"wantedAuthNo": key, "busino": "0000000000"})["wantedAuthNo"] == key


# --- places ---


@pytest.mark.parametrize(
    ("address", "name", "code"),
    [
        ("서울 도봉구802호", "서울 도봉구", "11320"),
        ("경기 구리시대림어린이집", "경기 구리시", "41310"),
        ("서울 중구예시빌딩 1층", "서울 중구", "11140"),
        ("서울특별시중구을지로", "서울 중구", "11140"),
        ("서울 중랑구 면목동", "서울 중랑구", "11260"),
        ("서울 강북구청구빌딩", "서울 강북구", "11305"),
        ("(04558) 서울시 종로구2층", "서울 종로구", "11110"),
        ("인천 중구", "인천 중구", "28110"),
        ("경기 광주시예시공장", "경기 광주시", "41610"),
        ("광주광역시 북구", "광주", "29000"),
        ("중구 신당동", "서울 중구", "11140"),
        ("서울", "서울", "11000"),
        ("서울 전지역", "서울", "11000"),
        ("해외", "", ""),
        ("", "", ""),
    ],
)
def test_an_address_is_in_its_district_however_it_is_glued(address, name, code):
    assert regions.of(address) == (name, code)

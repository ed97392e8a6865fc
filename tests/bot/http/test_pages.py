"""What becomes of texts on the pages."""

from dataclasses import replace

import pytest

from bot.http.pages import Pages, callable_numbers
from bot.settings import Settings


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("평생학습팀(02-000-0000)에 전화해 주세요.", "020000000"),
        ("02)000-0000", "020000000"),
        ("문의 031-000-0000 (내선 3)", "0310000000"),
        ("010-0000-0000", "01000000000"),
        ("010 0000 0000", "01000000000"),
        ("+82-2-000-0000", "+8220000000"),
        ("1588-0000", "15880000"),
        ("1800-0000", "18000000"),
        ("전화02-000-0000", "020000000"),
        ("02–000–0000", "020000000"),
        ("070-0000-0000", "07000000000"),
    ],
)
def test_a_telephone_number_can_be_tapped(text, href):
    assert f'<a href="tel:{href}">' in callable_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-29",
        "1,500,000원",
        "신청번호 C12-000123",
        "09:00~18:00",
        "11월 29일 10시",
        "04500-1234567",
        "20261129-0001",
        "1800-2000",
        "1600-1830",
        "1500-2000원",
    ],
)
def test_what_is_no_telephone_number_is_left_alone(text):
    assert callable_numbers(text) == text


def test_what_somebody_wrote_stays_text():
    assert callable_numbers("<b>02-000-0000</b>") == '&lt;b&gt;<a href="tel:020000000">02-000-0000</a>&lt;/b&gt;'


def test_where_people_tell_their_own_number_only_offices_are_called():
    shown = callable_numbers("내 번호 010-0000-0000, 문의 02-000-0000", but_mobiles=True)
    own, office = '<span class="phone">010-0000-0000</span>', '<a href="tel:020000000">02-000-0000</a>'
    assert shown == f"내 번호 {own}, 문의 {office}"


@pytest.mark.parametrize("phone", ["02-000-0000", "02) 000-0000", "02-000-0000~3"])
def test_the_number_above_every_page_is_dialled_by_its_digits(phone):
    pages = Pages(replace(Settings().to_organization(), phone=phone))
    page = pages.write("problem.html", "ko", title="", problem="", text="", path="")
    assert '<a class="call" href="tel:020000000">' in page
    assert f"<b>{phone}</b>" in page

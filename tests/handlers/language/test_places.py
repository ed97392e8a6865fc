"""Where somebody lives, read from what people say of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language import places
from handlers.language.places import Place
from tests.support.domain import SETTINGS

ORGANIZATION = SETTINGS.to_organization()
JUNG_GU = places.table(ORGANIZATION.district, ORGANIZATION.dongs)
SINDANG = ("신당동", "다산동", "약수동", "청구동", "신당5동", "동화동")

ONE = {
    "청구동": (
        "청구동",
        "청구동 살아요",
        "저는 청구동에 살아요",
        "서울 중구 청구동",
        "서울시중구청구동",
        "청구",
        "신당4동",
        "중구 청구동 12-3",
    ),
    "약수동": ("신당동 남산타운 3동", "남산타운아파트", "신당3동이요"),
    "신당동": ("신당동", "신당동이요", "무학동", "흥인동 12", "중구 신당동"),
    "신당5동": ("신당5동", "신당 5동", "신당제5동"),
    "을지로동": ("을지로3가", "을지로 3가 120", "초동", "입정동"),
    "광희동": ("서울특별시 중구 을지로7가 12", "예관동", "쌍림동 12-3", "오장동"),
    "명동": ("명동", "명동 성당 옆", "다동", "남산동2가"),
    "중림동": ("만리동1가 62", "서울역 센트럴자이", "중림동입니다"),
    "황학동": ("황학동 롯데캐슬 베네치아",),
}
SEVERAL = {
    "신당동 843-1": SINDANG,
    "신당 살아요": SINDANG,
    "충무로 4가": ("필동", "광희동"),
    "정동": ("소공동", "회현동"),
}
AWAY = (
    "용산구", "종로구 살아요", "강남 살아요", "동대문구", "부산 중구", "인천 중구 신포동", "경기도 고양시", "광명시",
    "세종시",    "성동구에 살고 중구에서 일해요", "중구 살다가 용산구로 이사",
    "중구에 안 살아요", "중구에 살지 않아요", "다른 구에 살아요",
    "아니요",
)  # fmt: skip
TO_ASK = (
    "중구",
    "중구 살아요",
    "을지로 100",
    "퇴계로88길 10",
    "세종대로 110",
    "명동길 14",
    "충무로",
    "다산로 20",
    "만리동",
)
UNKNOWN = ("압구정동", "서초동", "봉천동", "광명동")


@pytest.mark.parametrize(("said", "dong"), [(said, dong) for dong, all_ in ONE.items() for said in all_])
def test_a_dong_is_read_from_however_its_people_name_it(said, dong):
    assert places.read(said, JUNG_GU).dongs == (dong,)


@pytest.mark.parametrize(("said", "dongs"), SEVERAL.items())
def test_a_legal_dong_that_is_divided_may_be_any_of_its_parts(said, dongs):
    assert places.read(said, JUNG_GU).dongs == dongs


@pytest.mark.parametrize("said", AWAY)
def test_another_district_is_elsewhere(said):
    assert places.read(said, JUNG_GU) == Place(is_elsewhere=True)


@pytest.mark.parametrize("said", TO_ASK)
def test_the_district_or_a_street_tells_no_dong_and_denies_none(said):
    place = places.read(said, JUNG_GU)
    assert (place.dongs, place.is_elsewhere, place.is_known) == ((), False, True)


@pytest.mark.parametrize("said", UNKNOWN)
def test_a_dong_that_merely_ends_like_one_of_ours_is_not_ours(said):
    assert places.read(said, JUNG_GU) == Place(named=said, is_known=False)


@pytest.mark.parametrize("said", ["3", "3번", "바리스타", "네", ""])
def test_what_is_no_place_is_none(said):
    assert places.read(said, JUNG_GU) is None


def test_the_table_leads_every_legal_dong_to_dongs_that_there_are():
    assert len(JUNG_GU.legal) == 74
    led = {dong for dongs in [*JUNG_GU.legal.values(), JUNG_GU.old_names.values()] for dong in dongs}
    assert led == set(JUNG_GU.dongs)
    assert set(JUNG_GU.apartments.values()) <= set(JUNG_GU.dongs)


def test_a_district_without_a_table_knows_its_own_dongs():
    own = places.table("가람구", ("가온동", "누리동"))
    assert places.read("누리동 살아요", own).dongs == ("누리동",)
    assert places.read("가람구 안 살아요", own).is_elsewhere
    assert places.read("봉천동", own) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text):
    places.read(text, JUNG_GU)

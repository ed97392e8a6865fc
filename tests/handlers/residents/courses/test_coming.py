"""How one comes to a course: parking, lift, the way in with a wheelchair, and a map."""

from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.on_sqlite

TOLD = {"parking": "건물 뒤 3대", "lift": "no", "access": "정문에 경사로가 있어요."}


async def test_what_officers_told_of_coming_stands_with_the_rest(school, visitor):
    resident = visitor()
    await resident.goes_to(f"courses/{await school.opens(**TOLD)}/more")
    told = {"주차": "건물 뒤 3대", "엘리베이터": "없어요", "휠체어": "정문에 경사로가 있어요."}
    assert told.items() <= dict(resident.screen.cards[0].facts).items()


async def test_what_nobody_told_is_not_made_up(school, visitor):
    more = await visitor().goes_to(f"courses/{await school.opens()}/more")
    assert [word for word in ("주차", "엘리베이터", "휠체어") if word in more] == []


async def test_who_reads_english_is_told_in_english(school, visitor):
    course = await school.opens(**TOLD, parking_en="3 behind the house", access_en="A ramp")
    resident = visitor()
    await resident.says("English")
    more = await resident.goes_to(f"courses/{course}/more")
    assert [each in more for each in ("Parking: 3 behind", "Elevator: No", "Wheelchair: A ramp")] == [True] * 3


@pytest.mark.parametrize(
    ("venue", "map_", "url"),
    [
        ("중구 평생학습관(예시) 2층 실습실", "", "https://map.kakao.com/link/search/중구 평생학습관"),
        ("동네배움터 지하 1층", "", "https://map.kakao.com/link/search/동네배움터"),
        ("실습실 A", "서울 중구 예시로 1", "https://map.kakao.com/link/search/서울 중구 예시로 1"),
        ("실습실 A", "https://map.example.org/12", "https://map.example.org/12"),
        ("실습실/A&B?", "", "https://map.kakao.com/link/search/실습실/A&B?"),
        ("온라인(줌)", "", ""),
        ("비대면", "", ""),
    ],
)
async def test_the_place_is_a_link_to_a_map(school, visitor, venue, map_, url):
    resident = visitor()
    await resident.goes_to(f"courses/{await school.opens(venue=venue, map=map_)}/more")
    found = [button.url for button in resident.screen.links if button.label == "지도 보기"]
    assert [unquote(each) for each in found] == [url] * bool(url)
    assert [each for each in found if "?" in each or " " in each or "&" in each] == []


async def test_a_map_is_asked_in_korean_by_whoever_reads_english(school, visitor):
    course = await school.opens(venue_en="Workshop A")
    resident = visitor()
    await resident.says("English")
    await resident.goes_to(f"courses/{course}/more")
    assert [unquote(each.url).split("/")[-1] for each in resident.screen.links if each.url] == ["실습실 A"]


@pytest.mark.parametrize(
    ("asked", "differing", "told"),
    [
        ("주차 되나요?", TOLD, "주차: 건물 뒤 3대"),
        ("엘리베이터 있나요?", TOLD, "엘리베이터: 없어요"),
        ("휠체어로 갈 수 있어요?", TOLD, "휠체어: 정문에 경사로"),
        ("주차 되나요?", {"directions": "주차는 못 해요."}, "찾아오는 길: 주차는 못 해요."),
        ("휠체어로 갈 수 있어요?", {}, "02-000-0000"),
    ],
)
async def test_what_is_asked_of_coming_is_answered_or_a_number_to_call(school, visitor, asked, differing, told):
    resident = visitor()
    await resident.fills_in(await school.opens(**differing), until="name")
    assert told in await resident.says(asked)

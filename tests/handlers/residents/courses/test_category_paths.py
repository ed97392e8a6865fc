"""Buttons that name a category: they mean the same when the file of categories is in another order."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import pytest

from handlers.postings.reading import categories
from handlers.residents import topics
from storage.jobs import wishes
from storage.people import preferences
from tests.support.domain import School, Visitor
from tests.support.postings.market import Market

pytestmark = pytest.mark.on_sqlite

BEFORE = [
    "식음료",
    "화훼·공예",
    "심리·상담",
    "생활서비스",
    "교육·지도",
    "디지털·사무",
    "취업역량",
]


@pytest.fixture
async def florist(school: School, visitor: Callable[..., Visitor]) -> Visitor:
    """Somebody in a town where a café and a flower shop hire."""
    await Market(school).offers({}, {"title": "꽃집 플로리스트", "occupation": ""})
    return visitor()


@pytest.fixture
def reorders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    def reorder() -> None:
        head, *rows = categories.FILE.read_text(encoding="utf-8").split("[[category]]")
        file = tmp_path / "categories.toml"
        file.write_text(head + "".join(f"[[category]]{row.rstrip()}\n\n" for row in reversed(rows)), encoding="utf-8")
        monkeypatch.setattr(categories, "FILE", file)
        categories.known.cache_clear()

    yield reorder
    monkeypatch.undo()
    categories.known.cache_clear()


async def test_a_button_for_a_field_means_it_after_the_file_was_reordered(florist, reorders):
    await florist.goes_to("jobs/fields")
    reorders()
    shown = await florist.presses("화훼")
    assert ("플로리스트" in shown, "카페 바리스타" in shown) == (True, False)


async def test_a_button_of_the_digest_means_its_field_after_the_file_was_reordered(school, florist, reorders):
    await florist.goes_to("jobs/digest")
    reorders()
    await florist.presses("화훼")
    assert await school.database.read(lambda tx: wishes.fields(tx, 1)) == {"화훼·공예"}


@pytest.mark.parametrize(("place", "field"), list(enumerate(BEFORE, 1)))
async def test_a_place_of_before_means_what_it_meant_when_it_was_sent(school, florist, reorders, place, field):
    reorders()
    await florist.goes_to(f"jobs/digest/{place}/on")
    assert await school.database.read(lambda tx: wishes.fields(tx, 1)) == {field}


async def test_a_place_of_before_lists_the_postings_that_it_listed(florist, reorders):
    reorders()
    shown = await florist.goes_to("jobs/field/2/0")
    assert ("플로리스트" in shown, "카페 바리스타" in shown) == (True, False)


async def test_what_was_wished_for_before_stays_wished_for(school, florist, reorders):
    await florist.goes_to("jobs/digest/2/on")
    reorders()
    assert "✓ 화훼·공예" in [button.label for button in await buttons(florist, "jobs/digest")]
    await florist.presses("✓ 화훼·공예")
    assert await school.database.read(lambda tx: wishes.fields(tx, 1)) == set()


@pytest.mark.parametrize("name", ["식음료", "우리 동네 이야기"])
async def test_a_button_of_before_for_courses_of_a_category_leads_to_them(school, florist, reorders, name):
    await school.opens(title="이 강좌", category=name)
    reorders()
    assert "이 강좌" in await florist.goes_to(f"courses/category/{crc32(name.encode())}/0")
    await florist.goes_to("courses/categories")
    assert "이 강좌" in await florist.presses(name)


@pytest.mark.parametrize("topic", ["category:식음료", "category:우리 동네 이야기", *topics.TIMES])
async def test_a_button_of_before_for_a_topic_chooses_it(school, florist, topic):
    await school.opens(title="이 강좌", category=topic.removeprefix("category:"))
    await florist.goes_to(f"news/topics/{crc32(topic.encode())}/on")
    assert await school.database.read(lambda tx: preferences.topics(tx, 1)) == {topic}
    await florist.goes_to(f"news/topics/{crc32(topic.encode())}/off")
    assert await school.database.read(lambda tx: preferences.topics(tx, 1)) == set()


async def test_a_category_is_named_alike_in_all_paths(school, florist):
    await school.opens(category="식음료")
    of_topic = named(await buttons(florist, "news/topics"), "식음료")
    of_course = named(await buttons(florist, "courses/categories"), "식음료")
    of_jobs = named(await buttons(florist, "jobs/fields"), "식음료")
    of_digest = named(await buttons(florist, "jobs/digest"), "식음료")
    assert {of_topic, of_course, of_jobs, of_digest} == {"food"}


def test_every_category_has_a_code_of_its_own_that_is_no_number():
    codes = [category.code for category in categories.known()]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not re.fullmatch("[a-z]{2,12}", code)] == []
    assert not {topic.removeprefix("time:") for topic in topics.TIMES} & set(codes)


async def buttons(someone: Visitor, path: str) -> list:
    await someone.goes_to(path)
    return someone.screen.all_buttons


def named(shown: list, label: str) -> str:
    """The part of the path that says which category it is."""
    (path,) = [button.path for button in shown if button.label == label]
    return path.split("/")[2]

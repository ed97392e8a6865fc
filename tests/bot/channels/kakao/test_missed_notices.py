"""What couldn't be sent to residents on KakaoTalk is told first thing when they write again."""

import pytest

from storage.notices import backlog
from tests.support.kakao.owing import loses_courses, owes_a_closed_course

pytestmark = pytest.mark.on_sqlite


async def test_who_could_not_be_written_to_is_told_first_thing(school, talker):
    course, hana = await school.opens(), talker()
    await hana.registers(course)
    await talker("다른 분").says("강좌")
    await owes_a_closed_course(school, course)
    assert "열리지 않게 되었어요" in await hana.says("강좌")
    assert "열리지 않게" not in await hana.says("강좌")


async def test_many_missed_notices_and_the_answer_below_them_are_all_read(school, talker):
    hana, titles = talker(), [f"정리수납컨설턴트 2급 자격증반 {n}기" for n in range(1, 13)]
    await loses_courses(school, hana, titles)
    await school.opens(title="꽃차소믈리에")
    pages = [await hana.says("강좌")]
    while "더 보기" in hana.labels:
        pages.append(await hana.presses("더 보기"))
    assert len(pages) > 1
    assert [title for title in [*titles, "꽃차소믈리에"] if title not in "".join(pages)] == []
    assert "자격증 과정" in hana.labels


async def test_what_stands_on_pages_that_were_never_turned_is_not_told(school, talker):
    hana, titles = talker(), [f"정리수납컨설턴트 2급 자격증반 {n}기" for n in range(1, 22)]
    await loses_courses(school, hana, titles)
    first = await hana.says("강좌")
    read = [title for title in titles if f"{title}’" in first]
    assert 0 < len(read) < len(titles)
    assert len(await unseen(school)) == len(titles) - len(read)
    while "더 보기" in hana.labels:
        await hana.presses("더 보기")
    assert await unseen(school) == []


async def unseen(school):
    return await school.database.read(lambda tx: backlog.with_outcome(tx, "unreached"))

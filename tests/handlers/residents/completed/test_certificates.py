"""Certificates in the chat: the same one again and again, and nobody else's."""

import io
import re

import pypdf
import pytest

from bot.documents import certificates
from handlers.dialogue.reply import from_json, to_json
from handlers.staff.certificates import issuing
from tests.support.people.graduates import Graduation

pytestmark = pytest.mark.on_sqlite
ONE = "2027-000001"


@pytest.fixture
def certified_one(resident):
    return resident(1)


@pytest.fixture
async def completed_course(school, certified_one):
    made = Graduation(school)
    await made.of(certified_one)
    return made


async def read(screen):
    """Of the file of a screen, as it is sent after it was kept."""
    kept = from_json(to_json(screen)).file
    return pypdf.PdfReader(io.BytesIO((await certificates.made(kept)).content)).pages[0].extract_text()


async def test_it_is_handed_over_as_often_as_it_is_asked_for_and_stays_the_same(completed_course, certified_one):
    await completed_course.issues()
    said = [await certified_one.says("수료증")]
    said += [await certified_one.presses("바리스타")]
    first = await read(certified_one.screen)
    await certified_one.says("수료증")
    await certified_one.presses("바리스타")
    assert await read(certified_one.screen) == first
    assert ONE in first
    assert "홍길동" in first
    assert f"번호는 {ONE}" in said[1]


async def test_it_stands_below_the_course_that_was_completed(completed_course, certified_one):
    await completed_course.issues()
    await certified_one.says("내 신청")
    await certified_one.presses("바리스타")
    await certified_one.presses("수료증 받기")
    assert certified_one.screen.file


async def test_whose_certificate_is_not_issued_yet_is_told_so(completed_course, certified_one):
    await certified_one.says("수료증")
    assert "아직 준비하고 있어요" in await certified_one.presses("바리스타")
    assert certified_one.screen.file is None


async def test_one_that_was_revoked_is_not_handed_over(completed_course, certified_one):
    await completed_course.issues()
    await completed_course.does(issuing.REVOKE, code="T1", number=ONE, reason="잘못 냄")
    said = await certified_one.goes_to("mine/1/certificate")
    assert "지금 드릴 수 없어요" in said
    assert "잘못" not in said


async def test_who_has_completed_nothing_is_told_so(resident):
    assert "아직 수료하신 강좌가 없어요" in await resident(5).says("수료증")


async def test_nobody_gets_somebody_elses(completed_course, resident):
    await completed_course.issues()
    other = resident(2)
    await other.goes_to("mine/1/certificate")
    assert other.screen.file is None
    assert "수료증" not in other.screen.text


async def test_it_speaks_english(completed_course, certified_one):
    await completed_course.issues()
    await certified_one.says("English")
    assert "Choose one" in await certified_one.says("my certificate")
    assert f"Its number is {ONE}" in await certified_one.goes_to("mine/1/certificate")


async def test_where_a_chat_takes_no_files_a_link_is_good_once(school, visitor):
    asker = visitor("k1", channel="kakao")
    made = Graduation(school)
    await made.of(asker)
    await made.issues()
    await asker.goes_to("mine/1/certificate")
    assert asker.screen.file is None
    assert re.search(r"/once/certificate/\S+", asker.screen.buttons[0].url)


async def test_it_is_among_what_somebody_takes_along(completed_course, certified_one, school):
    await completed_course.issues()
    await certified_one.goes_to("me/export/json")
    content = certified_one.screen.file.content.decode()
    assert ONE in content
    assert "과정명: 바리스타 2급" in content
    assert (await completed_course.one(ONE)).code not in content

"""Certificates in the console: issued with one button, found by number, printed, and who may."""

import io

import pypdf
import pytest

from tests.support.people.graduates import Graduation

pytestmark = pytest.mark.on_sqlite
HERE = "/desk/courses/T1/certificates"
ONE = "2027-000001"


@pytest.fixture
async def two_graduates(school, resident):
    made = Graduation(school)
    await made.of(resident(1), resident(2))
    return made


async def printed(officer, path, **fields):
    headers = {"origin": str(officer.http.base_url).rstrip("/")}
    asked = officer.http.post(path, data=fields, headers=headers) if fields else officer.http.get(path)
    answer = await asked
    assert answer.headers["content-type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(answer.content))


async def test_all_are_issued_with_one_button_and_can_be_undone(counter, two_graduates):
    officer = await counter.officer()
    assert "낼 분 2명" in await officer.opens(HERE)
    assert "번호는 낼 때 정해집니다" in await officer.presses("2명의 수료증 내기")
    assert await two_graduates.all() == []
    said = await officer.presses("그대로 하기")
    assert "수료증 2장을 냈습니다" in said
    assert ONE in said
    assert "수료증 발급(T1): 되돌렸습니다" in await officer.presses("되돌리기")
    assert [each.is_valid for each in await two_graduates.all()] == [False, False]


async def test_one_is_reissued_for_a_reason(counter, two_graduates):
    await two_graduates.issues()
    officer = await counter.officer()
    await officer.opens(HERE)
    await officer.presses("새 번호로 다시 내기", number=ONE, reason="이름을 바로잡음", do="reissue")
    assert "새 번호: 2027-000003" in await officer.presses("그대로 하기")
    assert "2027-000003번으로 다시 냄" in await officer.opens(HERE)


async def test_many_are_printed_as_one_file_and_one_alone_too(counter, two_graduates):
    await two_graduates.issues()
    officer = await counter.officer()
    assert len((await printed(officer, f"{HERE}/print", all="1")).pages) == 2
    one = await printed(officer, f"{HERE}/print", number=ONE)
    assert len(one.pages) == 1
    assert ONE in one.pages[0].extract_text()


async def test_a_sample_has_the_longest_name(counter, two_graduates):
    await two_graduates.calls(2, "남궁 알렉산드라 마리아")
    sample = (await printed(await counter.officer(), f"{HERE}/sample")).pages[0].extract_text()
    assert "남궁 알렉산드라 마리아" in sample
    assert "견본" in sample


async def test_one_is_found_by_its_number_in_the_box_on_every_page(counter, two_graduates):
    await two_graduates.issues()
    officer = await counter.officer()
    assert "유효" in await officer.opens("/desk/search?q=2027-1")
    assert "이런 번호의 수료증이 없습니다" in await officer.opens("/desk/search?q=2027-999999")


@pytest.mark.parametrize("role", ["viewer", "counselor", "provider", "instructor"])
async def test_who_may_not_see_people_sees_and_prints_no_certificate(counter, two_graduates, role):
    await two_graduates.issues()
    other = await counter.officer(role, courses=[two_graduates.course])
    for path in (HERE, f"{HERE}/sample"):
        assert (await other.http.get(path)).status_code == 403
    headers = {"origin": counter.url}
    for path in (HERE, f"{HERE}/print"):
        assert (await other.http.post(path, headers=headers)).status_code == 403
    assert "홍길동" not in await other.opens(f"/desk/search?q={ONE}")


async def test_printing_is_written_down_with_whose_they_were(counter, two_graduates, school):
    await two_graduates.issues()
    await printed(await counter.officer(), f"{HERE}/print", number=ONE)
    lead = await counter.officer("lead", "kim")
    assert "수료증 인쇄" in await lead.opens("/desk/review")

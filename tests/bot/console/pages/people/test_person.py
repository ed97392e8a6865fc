"""One person's page: asked what for, shown whole, and all that is done from it."""

import pytest
from sqlalchemy import select

from storage.people import consents
from storage.people.finding import persons
from storage.tables import journal, residents
from tests.support.counseling.centre import books

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def gildong(school, resident):
    """Record 1, in T1."""
    found = resident(1)
    await found.registers(await school.opens(code="T1"))
    return found


async def at_page(counter, role="officer"):
    officer = await counter.officer(role)
    await officer.opens("/desk/people/1")
    await officer.presses("전화 문의")
    return officer


async def looks(school):
    query = select(journal.c.purpose).where(journal.c.action == "look/person", journal.c.purpose != "")
    return [row.purpose for row in await school.rows(query)]


async def test_nothing_is_shown_before_it_is_said_what_for_and_that_is_asked_once(counter, school, gildong):
    officer = await counter.officer()
    assert "홍길동" not in await officer.opens("/desk/people/1")
    assert "010-0000-0001" in await officer.presses("전화 문의")
    assert "010-0000-0001" in await officer.opens("/desk/people/1")
    assert await looks(school) == ["전화 문의"] * 3


async def test_another_purpose_is_written_without_numbers(counter, school, gildong):
    officer = await counter.officer()
    await officer.opens("/desk/people/1")
    assert "전화번호는 등록할 수 없습니다" in await officer.presses("이 까닭으로", other="010-1234-5678 확인")
    assert "보는 까닭: 수료증 재발급" in await officer.presses("이 까닭으로", other="수료증 재발급")


async def test_a_person_is_found_by_the_box_and_opened_from_there(counter, gildong):
    officer = await counter.officer()
    await officer.opens("/desk/search?q=ㅎㄱㄷ")
    (link,) = (each for each in officer.page.all("a") if each.label == "보기")
    assert link.attributes["href"] == "/desk/people/1"


async def test_what_is_corrected_is_seen_first_and_told_afterwards(counter, school, gildong):
    officer = await at_page(counter)
    shown = await officer.presses("어떻게 바뀌는지", birth_year="1984", mobile="010-0000-0009")
    assert "아직 하지 않았습니다" in shown
    assert "010-0000-0001 010-0000-0009" in shown
    assert "1: 고쳤습니다" in await officer.presses("그대로 하기")
    (row,) = await school.rows(select(residents.c.birth_year, residents.c.mobile))
    assert tuple(row) == (1984, "+821000000009")


async def test_what_was_typed_stays_where_a_correction_is_declined(counter, gildong):
    officer = await at_page(counter)
    said = await officer.presses("어떻게 바뀌는지", name="김순자")
    assert ("같은 분이면" in said, officer.answer.status_code) == (True, 422)
    assert officer.page.one("input", id="name").attributes["value"] == "김순자"
    assert "고쳤습니다" not in await officer.presses("어떻게 바뀌는지", is_same="1")
    assert "고쳤습니다" in await officer.presses("그대로 하기")


async def test_a_number_is_proven_and_that_is_taken_back(counter, school, gildong):
    officer = await at_page(counter)
    assert "본인 확인함" in await officer.presses("본인 번호로")
    assert (await school.database.read(lambda tx: persons.find(tx, 1))).is_proven
    assert "적기만 함" in await officer.presses("번호 확인 거두기")


async def test_a_code_is_shown_once_and_links_a_new_chat(counter, gildong, visitor):
    officer = await at_page(counter)
    await officer.presses("전화로 읽어")
    code = officer.page.one("p", **{"class": "code"}).text
    await visitor("new").goes_to("forms/link/0")
    chat = visitor("new")
    await chat.goes_to("forms/link/0")
    assert "담당자가 드린 코드" in await chat.says(code)
    assert code not in await officer.opens("/desk/people/1")


@pytest.mark.parametrize(("label", "kind"), [("읽기 좋은 파일", "text/html"), ("프로그램용", "application/json")])
async def test_what_is_kept_is_handed_out_as_a_file_for_a_purpose(counter, school, gildong, label, kind):
    officer = await at_page(counter)
    assert "골라 주세요" in await officer.presses(label)
    await officer.presses(label, purpose="정정·삭제 요청")
    assert officer.answer.headers["content-type"].startswith(kind)
    assert "attachment" in officer.answer.headers["content-disposition"]
    assert "홍길동" in officer.answer.text


async def test_somebody_is_erased_after_two_questions_alone(counter, school, gildong):
    officer = await at_page(counter)
    said = await officer.opens("/desk/people/1/erase")
    assert "‘바리스타 2급’(T1) 확정" in said
    told = {"reason": "본인 방문, 신분증 확인", "asked_on": "2026-11-23"}
    assert "아직 하지 않았습니다" in await officer.presses("다음", **told)
    assert await school.enrolled(1) == 1
    assert "모든 것을 지웠습니다" in await officer.presses("그대로 하기")
    assert [row.name for row in await school.rows(select(residents.c.name))] == [None]
    assert "지운 기록" in await officer.opens("/desk/people/1")


async def test_who_asked_to_be_erased_has_to_be_said(counter, school, gildong):
    officer = await at_page(counter)
    await officer.opens("/desk/people/1/erase")
    said = await officer.presses("다음", reason="본인", asked_on="2027-01-01")
    assert ("요청한 날" in said, officer.page.one("input", id="reason").attributes["value"]) == (True, "본인")


async def test_a_consent_on_paper_is_noted_and_one_is_taken_back(counter, school, gildong):
    officer = await at_page(counter)
    await officer.presses("적기", purpose="jobs", paper="26-0012")
    assert "26-0012" in await officer.opens("/desk/people/1")
    await officer.presses("거두기", purpose="jobs", way="phone")
    assert not (await school.database.read(lambda tx: consents.latest(tx, 1)["jobs"])).given


async def test_two_records_are_seen_side_by_side_and_made_one(counter, school, gildong, visitor):
    await visitor("other").registers(await school.opens(term="2027-H1", start_date=school.day(2026, 12, 9)))
    officer = await at_page(counter)
    (link,) = (each for each in officer.page.all("a") if each.label == "나란히 보려면")
    said = await officer.opens(link.attributes["href"].replace("&amp;", "&"))
    assert "칸 기록 1 (남음) 기록 2 (합쳐짐) 합친 뒤 이름 홍길동 홍길동 홍길동" in said
    assert "합쳤습니다" in await officer.presses("같은 분입니다")
    await officer.opens("/desk/people/2")
    assert "기록 1에 합친 기록" in await officer.presses("전화 문의")


async def test_counselors_see_those_who_have_a_talk_and_no_more_of_them_than_helps(counter, school, resident, centre):
    await books(resident(1), 1, slot="오전 11시")
    await resident(2).registers(await school.opens(), name="임꺽정", mobile="010-0000-0002")
    counselor = await counter.officer("counselor")
    assert "볼 수 없습니다" in await counselor.opens("/desk/counseling/people/2")
    await counselor.opens("/desk/counseling/people/1")
    said = await counselor.presses("전화 문의")
    assert ("상담사 A" in said, "누가 보고 바꾸었나" in said, "고치기" in said) == (True, False, False)
    assert counselor.answer.url.path == "/desk/counseling/people/1"


@pytest.mark.parametrize(
    "path", ["people/x", "people/999", "people/merge", "people/merge?kept=1&gone=1", "people/1/erase"]
)
async def test_a_number_of_nobody_is_declined(counter, path):
    officer = await counter.officer()
    said = await officer.opens(f"/desk/{path}")
    if officer.answer.status_code == 200:
        said = await officer.presses("전화 문의")
    assert officer.answer.status_code == 422, said

"""Every page of the console against every role: let in, or told why not."""

from urllib.parse import quote

import pytest

from bot.console.ask import Page
from bot.console.pages import PAGES
from handlers.staff.officers.roles import OF_OWN_COURSES, RIGHTS, ROLES

pytestmark = pytest.mark.on_sqlite

EVERY = PAGES
ASKED = [(page, method) for page in EVERY for method in ("GET", "POST") if (page.look if method == "GET" else page.do)]


def path_of(page: Page, code: str) -> str:
    """With a course where it is of one, and the number of nothing elsewhere."""
    parts = [
        quote(code) if part == "{code}" else "1" if part.startswith("{") else part for part in page.path.split("/")
    ]
    return f"/desk{'/'.join(parts)}"


async def status(officer, page, method, code) -> int:
    path, headers = path_of(page, code), {"origin": officer.http.base_url.__str__().rstrip("/")}
    sent = officer.http.get(path) if method == "GET" else officer.http.post(path, headers=headers)
    return (await sent).status_code


@pytest.mark.parametrize(("page", "method"), ASKED, ids=lambda each: getattr(each, "path", each))
async def test_a_page_answers_those_alone_whose_role_has_its_right(counter, school, page, method):
    course = await school.opens(code="내 강좌")
    refused = {
        role
        for role in ROLES
        if await status(await counter.officer(role, courses=[course]), page, method, "내 강좌") == 403
    }
    assert refused == {role for role in ROLES if page.right(method) not in RIGHTS[role]}


@pytest.mark.parametrize(
    ("page", "method"),
    [(page, method) for page, method in ASKED if "{code}" in page.path],
    ids=lambda each: getattr(each, "path", each),
)
async def test_a_page_of_another_course_is_as_one_that_there_is_not(counter, school, page, method):
    mine = await school.opens(code="M1")
    await school.opens(code="X1")
    for role in OF_OWN_COURSES:
        officer = await counter.officer(role, courses=[mine])
        expected = 404 if page.right(method) in RIGHTS[role] else 403
        assert {await status(officer, page, method, code) for code in ("X1", "no such")} == {expected}


async def test_nobody_gets_anywhere_without_signing_in(counter):
    visitor, headers = counter.visitor(), {"origin": counter.url}
    led = {
        (page.path, method): await visitor.http.request(method, path_of(page, "T1"), headers=headers)
        for page, method in ASKED
    }
    assert [each for each, answer in led.items() if not answer.headers["location"].startswith("/desk/sign-in")] == []


@pytest.mark.parametrize("headers", [{}, {"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}])
async def test_no_form_of_another_site_is_taken(counter, school, headers):
    await school.opens(code="T1")
    lead = await counter.officer("lead")
    forms = [path_of(page, "T1") for page in EVERY if page.do]
    answers = {path: (await lead.http.post(path, headers=headers)).status_code for path in forms}
    assert answers == dict.fromkeys(forms, 403)


@pytest.mark.parametrize("page", [page for page in EVERY if page.do], ids=lambda page: page.path)
async def test_a_form_of_ours_is_taken(counter, school, page):
    await school.opens(code="T1")
    lead = await counter.officer("lead")
    assert (await lead.http.post(path_of(page, "T1"), headers={"origin": counter.url})).status_code != 403


async def test_a_deputy_has_what_the_absent_one_may_until_the_last_day_and_both_names_are_told(counter, school):
    viewer = await counter.officer("viewer", "park")
    lead = await counter.officer("lead", "kim")
    assert "볼 권한이 없습니다" in await viewer.opens("/desk/officers")
    await lead.sends(
        "/desk/officers",
        {"do": "deputize", "login": "kim", "deputy": "park", "from_day": "2026-11-23", "until_day": "2026-11-24"},
    )
    assert "kim 님 대신" in await viewer.opens("/desk/officers")


async def test_a_deputy_of_somebody_with_courses_of_their_own_sees_no_roll_of_others(counter, school):
    mine = await school.opens(code="M1")
    await school.opens(code="X1")
    teacher = await counter.officer("instructor", "lee", courses=[mine])
    lead = await counter.officer("lead", "kim")
    await counter.officer("viewer", "park")
    period = {"from_day": "2026-11-23", "until_day": "2026-11-24"}
    await lead.sends("/desk/officers", {"do": "deputize", "login": "park", "deputy": "lee", **period})
    assert (await teacher.http.get("/desk/courses/X1")).status_code == 200
    assert (await teacher.http.get("/desk/courses/X1/roll")).status_code == 404

"""The console under attack: addresses that lead elsewhere, sessions that are over, what is others', and guessing."""

from datetime import UTC

import pytest
from sqlalchemy import select

from bot.console.pages import PAGES
from bot.console.signing import secrets
from storage.tables import journal
from tests.support.console.attacks import path_of, posts
from tests.support.counseling.centre import at as time_of
from tests.support.web import html

pytestmark = pytest.mark.on_sqlite


# --- addresses ---

ELSEWHERE = (
    "//evil.example/desk/",
    "https://evil.example/desk/",
    "/desk//evil.example",
    "/desk/\\evil.example",
    "\\\\evil.example",
    "/desk/ x",
    "/desk/\r\nx: y",
    "javascript:alert(1)//desk/",
    "http://[/desk/",
)


@pytest.mark.parametrize("there", ELSEWHERE)
async def test_no_address_that_is_handed_in_leads_elsewhere(counter, busy, there):
    lead = await counter.officer("lead")
    signing = await lead.http.get("/desk/sign-in", params={"next": there})
    assert html.parse(signing.text).one("input", name="next").attributes["value"] == ""
    for how in ({"params": {"back": there}}, {"headers": {"referer": there.strip()}}):
        poster = html.parse((await lead.http.get("/desk/courses/T1/poster", **how)).text)
        links = [each.attributes["href"] for each in poster.all("a") if each.label == "돌아가기"]
        assert links == ["/desk/"]
    undone = await posts(lead, "/desk/undo", {"entry": "1", "back": there})
    back = [each for each in html.parse(undone.text).all("a") if each.label == "돌아가기"]
    assert [each.attributes["href"] for each in back] == ["/desk/"]


@pytest.mark.parametrize(
    "origin", ["http://[", "null", "", "http://desk.example.org.evil.example", "http://evil@desk.example.org"]
)
async def test_a_form_of_an_origin_that_is_none_is_not_taken(counter, busy, origin):
    lead = await counter.officer("lead")
    for path in ("/desk/undo", "/desk/sign-out", "/desk/sign-in", "/desk/begin/x"):
        answer = await lead.http.post(path, headers={"origin": origin})
        assert answer.status_code == 403
    assert (await lead.http.get("/desk/courses")).status_code == 200


# --- sessions ---

OVER = {
    "ended": {"do": "end"},
    "reset": {"do": "reset"},
    "another role": {"do": "change", "name": "다른 이름", "role": "viewer"},
}


@pytest.mark.parametrize("change", OVER.values(), ids=OVER)
async def test_a_cookie_is_worth_nothing_once_its_account_has_changed(counter, busy, change):
    kim, lead = await counter.officer(login="kim"), await counter.officer("lead")
    assert (await kim.http.get("/desk/people/1")).status_code == 200
    await lead.sends("/desk/officers", {"login": "kim", "sure": "1", **change})
    for path in ("/desk/people/1", "/desk/import/template", "/desk/counter"):
        assert (await kim.http.get(path)).headers["location"].startswith("/desk/sign-in")
    done = await posts(kim, "/desk/courses/T1/close", {"reason": "앙갚음", "sure": "1"})
    assert done.headers["location"].startswith("/desk/sign-in")


async def test_whose_account_has_ended_lends_nothing_to_a_deputy(counter, school):
    park, lead = await counter.officer("viewer", "park"), await counter.officer("lead", "kim")
    await counter.officer("lead", "lee")
    period = {"from_day": "2026-11-23", "until_day": "2026-11-30"}
    await lead.sends("/desk/officers", {"do": "deputize", "login": "lee", "deputy": "park", **period})
    assert (await park.http.get("/desk/officers")).status_code == 200
    await lead.sends("/desk/officers", {"do": "end", "login": "lee"})
    assert (await park.http.get("/desk/officers")).status_code == 403


async def test_a_deputy_s_last_day_is_the_last_one_here_not_elsewhere(counter, school):
    """Seoul's day ends at 15:00 of the world's time."""
    lead = await counter.officer("lead", "kim")
    await counter.officer("viewer", "park")
    period = {"from_day": "2026-11-24", "until_day": "2026-11-24"}
    await lead.sends("/desk/officers", {"do": "deputize", "login": "kim", "deputy": "park", **period})
    reached = []
    for at in ("11-23 23:59", "11-24 00:00", "11-24 23:59", "11-25 00:00"):
        school.now = time_of(at).astimezone(UTC)
        park = await counter.officer("viewer", "park")
        reached.append((await park.http.get("/desk/officers")).status_code)
    assert reached == [403, 200, 200, 403]


# --- the tablet at the counter ---


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
async def test_a_tablet_reaches_nothing_by_another_method(counter, busy, method):
    tablet = await counter.officer("lead")
    await posts(tablet, "/desk/counter", {"pin": "1234"})
    for page in PAGES:
        if not page.of_counter:
            answer = await tablet.http.request(method, path_of(page), headers={"origin": counter.url})
            assert (answer.status_code, answer.headers.get("location")) in ((303, "/desk/counter"), (405, None))


async def test_a_tablet_s_cookie_in_another_browser_reaches_nothing_more(counter, busy):
    tablet = await counter.officer("lead")
    await posts(tablet, "/desk/counter", {"pin": "1234"})
    for fields in ({"pin": "1111"}, {"do": "open", "pin": "1111"}, {"do": ["x", "close"], "pin": ["1234", "1111"]}):
        await posts(tablet, "/desk/counter", fields)
    for path in ("/desk/people/1", "/desk/import/template", "/desk/search?q=홍", "/desk/due"):
        assert (await tablet.http.get(path)).headers["location"] == "/desk/counter"


# --- another course's ---


async def test_an_application_of_another_course_is_none_of_this_one(counter, busy, resident):
    """Under this one's address, in hidden fields and lists alike."""
    await resident(2).registers(await busy.opens(code="T2", title="다른 강좌"), name="임꺽정")
    lead = await counter.officer("lead")
    theirs = "/desk/courses/T1/people/2"
    for path in (theirs, f"{theirs}/receipt"):
        answer = await lead.http.get(path)
        assert (answer.status_code, "임꺽정" in answer.text) == (422, False)
    reason = {"reason": "시험", "sure": "1"}
    for do in ("cancel", "restore", "more", "end", "up", "check"):
        answer = await posts(lead, theirs, {"do": do, "place": "1", **reason})
        assert (answer.status_code, "임꺽정" in answer.text) == (422, False)
    await posts(
        lead, "/desk/courses/T2/seats", {"do": "hold", "institution": "기관", "count": "1", "until": "2026-12-01"}
    )
    for path, fields in (
        ("/desk/courses/T1/complete", {"completed": "2"}),
        ("/desk/courses/T1/decide", {"accept": "2"}),
        ("/desk/courses/T1/seats", {"do": "use", "hold": "1", "numbers": "1"}),
        ("/desk/courses/T1/seats", {"do": "release", "hold": "1"}),
        ("/desk/courses/T2/seats", {"do": "use", "hold": "1", "numbers": "1"}),
    ):
        assert (await posts(lead, path, {**fields, "code": "T2", "course": "T2", "sure": "1"})).status_code == 422
    assert [await busy.enrolled(each) for each in (1, 2)] == [1, 1]


async def test_a_course_of_one_s_own_lends_nothing_to_hidden_fields(counter, busy):
    other = await busy.opens(code="X1", title="남의 강좌")
    teacher = await counter.officer("instructor", courses=[1])
    for path in ("/desk/courses/T1", "/desk/courses/T1/roll", "/desk/courses/T1/seats", "/desk/courses/T1/share"):
        answer = await teacher.http.get(path, params=dict.fromkeys(("course", "code", "of", "number"), "X1"))
        assert (answer.status_code, "남의 강좌" in answer.text) == (200, False)
    for path in (
        "/desk/courses",
        "/desk/courses?text=남의",
        "/desk/search?q=X1",
        "/desk/search?q=남의",
        "/desk/",
        "/desk/due",
    ):
        assert "남의 강좌" not in (await teacher.http.get(path)).text
    assert other


async def test_a_counselor_sees_nobody_who_has_no_talk(counter, busy):
    counselor = await counter.officer("counselor")
    path = "/desk/counseling/people/1"
    for answer in (
        await counselor.http.get(path),
        await counselor.http.get(f"{path}?purpose=x"),
        await posts(counselor, path, {"purpose": "전화 문의"}),
    ):
        assert (answer.status_code, "홍길동" in answer.text) == (422, False)


async def test_a_purpose_is_chosen_and_not_brought_along(counter, busy):
    officer = await counter.officer()
    for query in ("", "?purpose=전화+문의", "?purpose=x&other=y", "?PURPOSE=x"):
        assert "0000-0001" not in await officer.opens(f"/desk/people/1{query}")
    for fields in ({"purpose": "아무 까닭"}, {"purpose": "", "other": ""}, {"purpose": ["", "x"]}):
        assert (await posts(officer, "/desk/people/1", fields)).status_code == 422
        assert "0000-0001" not in (await posts(officer, "/desk/people/1/file", {"kind": "json", **fields})).text


# --- files ---


async def test_a_file_s_name_is_no_path_and_its_registration_number_is_kept_nowhere(counter, busy):
    lead = await counter.officer("lead")
    sheet = (await lead.http.get("/desk/import/template")).content
    told = await lead.sends("/desk/import", {}, {"file": ("../../etc/900101-1234568.xlsx", sheet)})
    kept = repr(await busy.rows(select(journal.c.args)))
    assert "[주민등록번호 가림].xlsx" in kept
    assert [part for part in ("1234568", "etc/", "..") if part in kept + told + lead.answer.text] == []


@pytest.mark.parametrize("of", ["../../x", 'a"; filename="b', "x\r\ny: z", ""])
async def test_a_download_has_the_name_that_is_ours(counter, busy, of):
    lead = await counter.officer("lead")
    answer = await lead.http.get("/desk/import/template", params={"of": of})
    assert answer.headers["content-disposition"] == 'attachment; filename="courses.xlsx"'


# --- guessing ---


async def test_links_can_be_guessed_twenty_times_and_then_slowly(counter):
    visitor = counter.visitor()
    answers = [await posts(visitor, f"/desk/begin/{number}", {"password": "x"}) for number in range(30)]
    assert [each.status_code for each in answers].count(410) in (20, 21)
    assert answers[-1].status_code == 429
    assert "retry-after" in answers[-1].headers


async def test_a_password_is_weighed_also_where_there_is_no_account(counter, busy, monkeypatch):
    """Else the time that an answer takes would tell who has one."""
    weighed = []
    monkeypatch.setattr(secrets, "nobodys", lambda: "nobody's")
    monkeypatch.setattr(secrets, "is_right", lambda _, kept: weighed.append(kept) or False)
    await counter.officer(login="kim")
    for login in ("kim", "nobody", "", "\x00", "kim\x00", "K" * 5000):
        answer = await posts(counter.visitor(), "/desk/sign-in", {"login": login, "password": "x", "code": "1"})
        assert answer.status_code == 403
    assert weighed == ["not a hash", "nobody's", "nobody's", "nobody's", "not a hash", "nobody's"]


@pytest.mark.on_both
async def test_signs_that_no_database_takes_find_nothing(counter, busy):
    lead = await counter.officer("lead")
    sign_in = await posts(counter.visitor(), "/desk/sign-in", {"login": "\x00", "password": "x", "code": "\x00"})
    assert sign_in.status_code == 403
    assert (await lead.http.get("/desk/courses/%00")).status_code == 404
    assert (await lead.http.get("/desk/people/999999999999999")).status_code in (200, 422)
    upload = await lead.http.post("/desk/import", files={"file": ("\x00.csv", b"a")}, headers={"origin": counter.url})
    assert upload.status_code == 422

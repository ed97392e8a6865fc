"""Scripts and junk in every field of the console, and in every part of an address."""

from itertools import cycle, product
from urllib.parse import quote

import pytest
from sqlalchemy import Text

from bot.console.pages import PAGES
from storage.counseling import callbacks
from storage.keys.sealing import SealedText
from storage.tables import metadata
from tests.support.console.attacks import JUNK, MARK, PARTS, SHOWN, is_hurt, path_of, posts, tries

pytestmark = pytest.mark.on_sqlite


async def test_a_script_typed_into_any_field_is_words_in_the_answer(counter, busy):
    lead = await counter.officer("lead")
    await posts(lead, "/desk/people/1", {"purpose": "전화 문의"})
    hidden = ("text", "search", "tel", "hidden")
    seen = {
        (to, sent["do"], name): {**sent, name: MARK}
        for page in SHOWN
        if not page.of_counter
        async for to, sent, name in tries(lead, page, hidden)
    }
    answers = {(to, *of): await posts(lead, to, sent) for (to, *of), sent in seen.items()}
    assert [each for each, answer in answers.items() if answer.status_code >= 500 or is_hurt(answer)] == []
    assert sum("&lt;zz" in answer.text for answer in answers.values()) > 0.8 * len(answers)


async def test_a_script_that_is_kept_in_any_text_is_words_on_every_page(counter, busy, monkeypatch):
    lead = await counter.officer("lead")
    for path, fields in KEPT.items():
        await posts(lead, path, {"sure": "1", **fields})
    await lead.opens("/desk/make-survey?of=만족도조사")
    await lead.presses("설문 만들기", code="봄", title=MARK)
    await lead.opens("/desk/surveys/봄/add")
    await lead.presses("저장", name="Z1", kind="하나", text=MARK, options=f"{MARK}\n아니요")
    monkeypatch.setitem(PARTS, "{survey}", "봄")
    monkeypatch.setitem(PARTS, "{name}", "Z1")
    await busy.database.write(lambda tx: callbacks.ask(tx, 1, "+821000000001", "any", "글", "web", busy.now))
    await busy.database.write(marks)
    for path in ("/desk/people/1", "/desk/counseling/people/2"):
        await posts(lead, path, {"purpose": "전화 문의"})
    asked, answers = {"q": "zz", "kept": "1", "gone": "2", "words": MARK}, {}
    for page in SHOWN:
        path = path_of(page).replace("counseling/people/1", "counseling/people/2")
        answers[page.path] = await lead.http.get(path, params=asked)
    assert [path for path, answer in answers.items() if is_hurt(answer)] == []
    assert {path for path, answer in answers.items() if answer.text.count("&lt;zz") < 2} <= NOBODY_S


KEPT = {
    "/desk/courses/T1/seats": {"do": "hold", "institution": "기관", "count": "1", "until": "2026-12-01"},
    "/desk/sources": {"code": "lobby", "name": "로비"},
    "/desk/messages/templates": {"name": "서식", "text": "글"},
    "/desk/courses/T1/message": {"whom": "seats", "text": "글"},
    "/desk/add-posting": {"title": "모집", "company": "카페", "region": "서울 중구", "close": "2026-12-24"},
}
NOBODY_S = {
    *("/", "/due", "/add-posting", "/counseling", "/counter", "/import", "/instructors", "/make-survey"),
    *("/new-course", "/poster", "/surveys/{survey}/add", "/messages/costs", "/messages/approved"),
    *("/calls/files", "/calls/files/{number}"),  # of which there is none
    *("/year/{year}/rows/{sort}/add", "/year/{year}/rows/{sort}/file", "/year/{year}/quarters/{quarter}"),
    *("/year/{year}/card/{quarter}/file", "/year/{year}/report/file"),
}
"""Pages that show none of all this but their officer's name."""
SPOKEN = {
    *("name", "title", "words", "note", "about", "suits", "institution", "company", "description", "venue"),
    *("directions", "audience", "supplies", "instructor", "category", "certificate", "completion_rule", "contact"),
    *("cancel_reason", "end_reason", "origin", "text", "text_en", "question", "answer", "region", "salary", "paper"),
    *("public_value", "parking", "access", "payment", "title_en", "place", "dong", "reason", "occupation"),
    *("overview", "departments", "unit", "item", "purpose", "outlet", "url", "what", "problem", "measure", "medium"),
}
"""Columns of what somebody types or another service sends."""


def marks(tx):
    for table in metadata.sorted_tables:
        texts = [each for each in table.columns if isinstance(each.type, Text | SealedText) and not each.primary_key]
        marked = {each.name: "<zz>가죽" if each.name == "words" else MARK for each in texts if each.name in SPOKEN}
        if marked and table.name != "journal":
            tx.execute(table.update().values(marked))


async def test_junk_in_any_field_or_part_of_an_address_is_answered(counter, busy):
    lead, junk, failed, met = await counter.officer("lead"), cycle(JUNK), [], set()
    await posts(lead, "/desk/people/1", {"purpose": "전화 문의"})
    for page in [each for each in SHOWN if not each.of_counter]:
        async for to, fields, name in tries(lead, page):
            if (to, fields["do"], name) not in met:
                met.add((to, fields["do"], name))
                typed = next(junk)
                failed += [(to, name, typed)] * ((await posts(lead, to, {**fields, name: typed})).status_code >= 500)
    for page, typed in product(PAGES, JUNK):
        method = lead.http.get if page.look else lead.http.post
        answer = await method(path_of(page, typed), headers={"origin": counter.url})
        failed += [(page.path, typed)] * (answer.status_code >= 500)
    assert failed == []


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: ascii(junk)[:12])
async def test_what_is_no_number_no_day_and_no_month_is_answered_also_where_no_form_offers_it(counter, busy, junk):
    lead = await counter.officer("lead")
    asked = ("postings?page", "courses?page", "search?q", "counseling?day", "review?month", "sources?from")
    answers = [await lead.http.get(f"/desk/{each}={quote(junk)}") for each in asked]
    sent = {"entry": junk, "held": junk, "person": junk, "seen": f"{junk}.x", "month": junk, "course": "T1"}
    paths = ("undo", "register", "courses/T1/edit", "review", "import")
    answers += [await posts(lead, f"/desk/{path}", {"sure": "1", **sent}) for path in paths]
    assert [each.url for each in answers if each.status_code >= 500] == []


BODIES = {  # kinds of content, and what doesn't fit them
    "no parts": ("multipart/form-data; boundary=b", b"--c"),
    "no boundary": ("multipart/form-data", b""),
    "no such letters": (
        "multipart/form-data; boundary=b; charset=undefined",
        b'--b\r\nContent-Disposition: form-data; name="login"\r\n\r\nx\r\n--b--\r\n',
    ),
    "half signs": (
        "multipart/form-data; boundary=b; charset=unicode_escape",
        b'--b\r\nContent-Disposition: form-data; name="login"\r\n\r\n\\ud83d\r\n--b--\r\n',
    ),
    "half signs in a password": (
        "multipart/form-data; boundary=b; charset=unicode_escape",
        b'--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n\\ud83d\r\n--b--\r\n',
    ),
    "a file for a word": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="do"; filename="x"\r\n\r\nx\r\n--b--\r\n',
    ),
    "another kind": ("application/json", b'{"do": 1}'),
    "too much": ("application/x-www-form-urlencoded", b"do=" + b"x" * 300_000),
    "twice": ("application/x-www-form-urlencoded", b"do=a&do=b&entry=1&entry=2&login=a&login=b&name&=&&%ff=%ff"),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
async def test_a_form_that_is_none_is_answered(counter, busy, body):
    lead, (kind, content) = await counter.officer("lead"), body
    headers = {"origin": counter.url, "content-type": kind}
    paths = ["/desk/sign-in", "/desk/begin/x", *(path_of(page) for page in PAGES if page.do), "/desk/sign-out"]
    answers = {path: await lead.http.post(path, content=content, headers=headers) for path in paths}
    assert [path for path, answer in answers.items() if answer.status_code >= 500] == []

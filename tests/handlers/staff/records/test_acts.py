"""What is done for one person who calls or comes: corrected, linked, handed out, erased, and what they agreed to."""

import json
from functools import partial

import pytest
from sqlalchemy import select

from handlers.staff.desk import acts, undoing
from handlers.staff.desk.declined import Declined
from handlers.staff.persons.alike import PROVE
from handlers.staff.records import erasing, handing_out, linking
from handlers.staff.records.consenting import CONSENT_ON_PAPER, WITHDRAW_CONSENT
from handlers.staff.records.correcting import CORRECT
from handlers.staff.records.erasing import ERASE
from handlers.staff.records.linking import MAKE_CODE
from storage.audit import journal
from storage.people import consents
from storage.people.finding import persons
from storage.tables import addresses, enrollments, journal_subjects, residents
from storage.tables import consents as agreed
from storage.tables import journal as entries
from tests.support.counseling.centre import books

TODAY = "2026-11-23"


@pytest.fixture
async def enrolled(school, resident):
    """The first person of the town, who is in a course."""
    found = resident(1)
    await found.registers(await school.opens(code="26-01"))
    return found


async def known(school, number=1):
    (row,) = await school.rows(select(residents).where(residents.c.id == number))
    return row


async def written(school):
    """All that the journal holds."""
    return str([tuple(row) for row in await school.rows(select(entries))])


# --- correcting ---


async def test_what_is_corrected_is_shown_before_and_after(school, teller, enrolled):
    told = {"birth_year": "84년생", "mobile": "010 0000 0009"}
    shown = await teller.previews(CORRECT, number=1, told=told)
    assert shown.tables[0].rows == (
        ("태어난 해", "1983년", "1984년"),
        ("휴대전화", "010-0000-0001", "010-0000-0009"),
    )
    assert ((await known(school)).birth_year, shown.reach.people) == (1983, 0)
    await teller.does(CORRECT, number=1, told=told)
    now = await known(school)
    assert (now.birth_year, now.mobile, now.name) == (1984, "+821000000009", "홍길동")


@pytest.mark.on_sqlite
async def test_a_name_that_becomes_another_one_has_to_be_the_same_persons(school, teller, enrolled):
    with pytest.raises(Declined, match="같은 분이면"):
        await teller.does(CORRECT, number=1, told={"name": "김순자"})
    await teller.does(CORRECT, number=1, told={"name": "김순자"}, is_same=True)
    assert (await known(school)).name == "김순자"


async def test_what_is_corrected_stands_in_no_journal(school, teller, enrolled):
    for told in ({"name": "김순자"}, {"mobile": "010-0000-0077"}, {"birth_year": "1951"}, {"dong": "신당동"}):
        await teller.previews(CORRECT, number=1, told=told, is_same=True)
        await teller.does(CORRECT, number=1, told=told, is_same=True)
    said = await written(school)
    assert [word for word in ("홍길동", "김순자", "0077", "1951", "1983", "신당동") if word in said] == []


@pytest.mark.on_sqlite
async def test_who_moves_here_lives_here_and_who_lives_elsewhere_says_why_they_come(school, teller, enrolled):
    with pytest.raises(Declined, match="일하거나 배우는지"):
        await teller.does(CORRECT, number=1, told={"dong": "elsewhere"})
    await teller.does(CORRECT, number=1, told={"dong": "elsewhere", "tie": "works"})
    assert (await known(school)).tie == "works"
    await teller.does(CORRECT, number=1, told={"dong": "신당동"})
    assert ((await known(school)).dong, (await known(school)).tie) == ("신당동", "lives")


@pytest.mark.parametrize(
    "told", [{}, {"name": "홍길동"}, {"name": " "}, {"birth_year": "x"}, {"mobile": "02-123-4567"}]
)
async def test_what_is_no_correction_changes_nothing(school, teller, enrolled, told):
    with pytest.raises(Declined):
        await teller.does(CORRECT, number=1, told=told)
    assert (await known(school)).mobile == "+821000000001"


@pytest.mark.on_sqlite
async def test_no_more_people_share_a_number_by_correcting_than_by_registering(school, teller, enrolled, visitor):
    for number, name in ((2, "임꺽정"), (3, "장길산")):
        await visitor(f"{number}").registers(1, name=name, mobile="010-0000-0005")
    with pytest.raises(Declined, match="이 번호는"):
        await teller.does(CORRECT, number=1, told={"mobile": "010-0000-0005"})
    assert (await known(school)).mobile == "+821000000001"


async def test_a_corrected_number_is_not_proven_any_more_and_one_who_is_alike_is_told(
    school, teller, enrolled, visitor
):
    await visitor("2").registers(await school.opens(), mobile="010-0000-0002")
    await teller.does(PROVE, number=1, is_theirs=True)
    told = await teller.does(CORRECT, number=1, told={"mobile": "010-0000-0002"})
    assert not (await school.database.read(lambda tx: persons.find(tx, 1))).is_proven
    assert [step.args for step in told.steps] == [{"merge": [1, 2]}]


# --- a code for a new chat ---


async def types(someone, code):
    await someone.goes_to("forms/link/0")
    return await someone.says(code)


async def test_who_calls_is_read_a_code_and_has_their_own_in_a_new_chat(school, teller, enrolled, visitor):
    (code,) = (await teller.does(MAKE_CODE, number=1)).facts
    new = visitor("new")
    assert "담당자가 드린 코드 · 홍*동 · 신청 1건" in await types(new, code)
    assert "두 대화를 이었어요" in await new.presses("이어 주세요")
    assert "바리스타" in await new.says("내 신청")
    assert {row.resident_id for row in await school.rows(select(addresses.c.resident_id))} == {1}


async def test_a_code_ends_the_one_before_and_with_its_time(school, teller, enrolled, visitor):
    (first,) = (await teller.does(MAKE_CODE, number=1)).facts
    (second,) = (await teller.does(MAKE_CODE, number=1)).facts
    assert "맞지 않거나" in await types(visitor("new"), first)
    school.waits(minutes=11)
    assert "맞지 않거나" in await types(visitor("new"), second)
    (printed,) = (await teller.does(MAKE_CODE, number=1, way=linking.PRINTED)).facts
    school.waits(hours=23)
    assert "홍*동" in await types(visitor("newer"), printed)


async def test_a_code_of_officers_and_one_of_a_chat_do_not_end_each_other(school, teller, enrolled, visitor):
    (code,) = (await teller.does(MAKE_CODE, number=1)).facts
    await enrolled.goes_to("me/link/show")
    assert "홍*동" in await types(visitor("new"), code)


async def test_a_code_is_told_in_no_preview_and_stands_in_no_journal(school, teller, enrolled):
    assert (await teller.previews(MAKE_CODE, number=1)).facts == ()
    (code,) = (await teller.does(MAKE_CODE, number=1)).facts
    assert code.replace(" ", "") not in (await written(school)).replace(" ", "")


# --- handing out, and erasing ---


@pytest.mark.parametrize("kind", ["html", "json"])
async def test_what_is_handed_out_is_what_they_get_in_a_chat(school, teller, enrolled, kind):
    work = partial(handing_out.hand_out, number=1, kind=kind)
    words = {"number": 1, "output": f".{kind}"}
    file = await teller.gate.look(handing_out.LOOK, words, work, lambda: "열람 요청")
    assert file.name == f"my-data-{TODAY}.{kind}"
    assert "홍길동" in file.content.decode()
    (row,) = await school.rows(select(entries.c.action, entries.c.purpose, entries.c.args))
    assert (row.action, row.purpose, row.args["output"]) == ("look/person-file", "열람 요청", f".{kind}")
    if kind == "json":
        assert {"residents", "consents", "enrollments"} <= {each["name"] for each in json.loads(file.content)["tables"]}


async def erases(teller, **differing):
    _, token = await teller.looks(erasing.ask, "erase-person", number=1)
    given = {"number": 1, "token": token, "reason": "본인 방문, 신분증 확인", "asked_on": TODAY}
    return await teller.does(ERASE, **{**given, **differing})


async def test_erasing_says_what_ends_and_gives_the_seat_on(school, teller, enrolled, visitor):
    await school.changes(1, capacity=1)
    await visitor("next").registers(1, name="임꺽정", mobile="010-0000-0002")
    told, _ = await teller.looks(erasing.ask, "erase-person", number=1)
    assert told.tables[0].items == ("‘바리스타 2급’(26-01) 확정",)
    await erases(teller)
    assert (await known(school)).name is None
    states = select(enrollments.c.state).order_by(enrollments.c.id)
    assert [row.state for row in await school.rows(states)] == ["cancelled", "offered"]


@pytest.mark.on_sqlite
async def test_nothing_ends_that_was_not_told(school, teller, enrolled):
    _, token = await teller.looks(erasing.ask, "erase-person", number=1)
    row = {"course_id": await school.opens(), "resident_id": 1, "state": "waiting", "channel": "phone"}
    await school.database.write(lambda tx: tx.execute(enrollments.insert().values(**row, applied_at=school.now)))
    with pytest.raises(Declined, match="그 사이에"):
        await erases(teller, token=token)
    assert (await known(school)).name == "홍길동"


@pytest.mark.parametrize(
    "differing",
    [{"reason": " "}, {"reason": "010-1234-5678 통화"}, {"asked_on": ""}, {"asked_on": "2026-11-24"}, {"token": ""}],
)
async def test_nobody_is_erased_without_who_asked_and_when(school, teller, enrolled, differing):
    with pytest.raises(Declined):
        await erases(teller, **differing)
    assert (await known(school)).name == "홍길동"


async def test_a_name_in_the_reason_of_erasing_is_not_kept(school, teller, enrolled):
    await erases(teller, reason="홍길동 님 본인 방문")
    said = await written(school)
    assert ("홍길동" in said, "홍*동 님 본인 방문" in said) == (False, True)
    about = select(journal_subjects.c.subject_id).where(journal_subjects.c.kind == journal.PERSON)
    assert {row.subject_id for row in await school.rows(about)} == {1}


# --- consents ---


async def test_a_paper_that_was_signed_counts_and_can_be_undone(school, teller, enrolled):
    told = await teller.does(CONSENT_ON_PAPER, number=1, purpose="news", paper="26-0012")
    latest = await school.database.read(lambda tx: consents.latest(tx, 1)["news"])
    assert (latest.given, latest.channel, latest.paper) == (True, "paper", "26-0012")
    (undo,) = (step for step in told.steps if step.action == undoing.UNDO)
    await teller.gate.act(partial(undoing.undo, **undo.args))
    assert "news" not in await school.database.read(lambda tx: consents.latest(tx, 1))


@pytest.mark.parametrize("paper", ["", "010-1234-5678", "가" * 41])
async def test_a_paper_without_its_number_is_declined(teller, enrolled, paper):
    with pytest.raises(Declined, match="종이 번호"):
        await teller.does(CONSENT_ON_PAPER, number=1, purpose="news", paper=paper)


async def test_what_is_taken_back_by_telephone_ends_what_needs_it(school, teller, resident, centre):
    await books(resident(1), 1, slot="오전 11시")
    await teller.does(WITHDRAW_CONSENT, number=1, purpose="counseling", way="phone")
    assert await centre.live() == []
    latest = await school.database.read(lambda tx: consents.latest(tx, 1)["counseling"])
    assert (latest.given, latest.channel) == (False, "phone")


@pytest.mark.parametrize(("purpose", "why"), [("enrollment", "모두 지워"), ("jobs", "한 적이 없거나"), ("x", "없거나")])
async def test_what_cannot_be_taken_back_by_itself_is_declined(school, teller, enrolled, purpose, why):
    before = await school.rows(select(agreed))
    with pytest.raises(Declined, match=why):
        await teller.does(WITHDRAW_CONSENT, number=1, purpose=purpose, way="phone")
    assert await school.rows(select(agreed)) == before


@pytest.mark.parametrize(
    "act", [CORRECT, MAKE_CODE, CONSENT_ON_PAPER, WITHDRAW_CONSENT, ERASE], ids=lambda each: each.name
)
async def test_nothing_is_done_for_a_record_that_does_not_count(school, teller, enrolled, act):
    await erases(teller)
    words = {
        CORRECT: {"told": {"name": "김순자"}},
        MAKE_CODE: {},
        CONSENT_ON_PAPER: {"purpose": "news", "paper": "1"},
        WITHDRAW_CONSENT: {"purpose": "news", "way": "phone"},
        ERASE: {"token": "x", "reason": "본인", "asked_on": TODAY},
    }
    with pytest.raises(Declined, match="지운 기록"):
        await teller.does(act, number=1, **words[act])
    assert acts.acts[act.name] is act

"""What officers write to a course or to completers: who gets it and when, who doesn't, and what may not stand in it."""

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.desk import Gate
from handlers.staff.desk import acts, undoing
from handlers.staff.desk.acts import DoneAlready
from handlers.staff.messages import sending
from handlers.staff.reports.lines import of_told
from storage.audit.journal import Officer
from storage.tables import announcements, enrollments, journal, outbox
from tests.support.clock.scenes import at
from tests.support.domain import SETTINGS, typed
from tests.support.notices.announcing import TEXT, complete, owed_to, writes, writes_to_completers


@pytest_asyncio.fixture
async def taught(school, resident, visitor):
    """T, with two seats: two people have them, of whom the second has a web chat alone, and a third waits."""
    course = await school.opens(code="T", capacity=2)
    await resident(1).registers(course, name="홍길동")
    await visitor("w1").registers(course, name="성춘향", mobile="010-0000-0002")
    await resident(3).registers(course, name="이몽룡", mobile="010-0000-0003")
    return course


async def previewed(school, act, **args):
    gate = Gate(school.database, SETTINGS.to_organization(), Officer("담당자", "command"), lambda: school.now)
    return of_told(await gate.preview(lambda tx, desk: act.work(tx, desk, **args)), typed)


async def texts(clock, **time):
    return {letter.address: letter.text for letter in await clock.passes(**time) if "안내예요" in letter.text}


async def test_it_is_seen_before_it_is_sent_with_who_has_to_be_called(school, taught):
    shown = await previewed(school, sending.COURSE_MESSAGE, code="T", whom="seats", text=TEXT)
    assert shown[:2] == [
        "‘바리스타 2급’(T) 자리가 있는 분 2명께 메시지를 보냅니다.",
        "11월 23일(월) 오전 10시 10분부터 보내고, 오전 10시 10분쯤 끝납니다. 비용은 0원입니다.",
    ]
    assert "  ‘바리스타 2급’ 안내예요." in shown
    assert f"  {TEXT}" in shown
    assert "보낼 대화방이 없어 전화할 분: 1명" in shown
    assert any(line.split() == ["성춘향", "1983", "010-0000-0002"] for line in shown), "\n".join(shown)
    assert shown[-2:] == [
        "알릴 분 2명 가운데 1명에게 저절로 알립니다 (텔레그램 1명).",
        "나머지 1명은 알림을 보낼 수 없어 따로 연락해야 합니다.",
    ]
    assert await owed_to(school) == []
    assert await school.rows(select(announcements)) == []


@pytest.mark.on_sqlite
async def test_it_goes_out_after_ten_minutes_to_who_can_be_written_to_and_once(school, taught, clock):
    await writes(school, "T")
    assert await texts(clock, minutes=9) == {}
    (sent,) = (await texts(clock, hours=1)).items()
    assert sent[0] == "1"
    assert f"‘바리스타 2급’ 안내예요.\n\n{TEXT}" in sent[1]
    assert await texts(clock, hours=5) == {}


@pytest.mark.on_sqlite
async def test_who_cannot_be_written_to_reads_it_at_their_next_visit(school, taught, clock, visitor):
    await writes(school, "T")
    await clock.passes(hours=1)
    assert TEXT in await visitor("w1").says("강좌")
    assert TEXT not in await visitor("w1").says("강좌")


@pytest.mark.on_sqlite
@pytest.mark.parametrize(("whom", "people"), [("seats", [1, 2]), ("waiting", [3]), ("all", [1, 2, 3])])
async def test_it_goes_to_those_who_are_meant(school, taught, whom, people):
    await writes(school, "T", whom=whom)
    assert await owed_to(school) == people


async def test_it_goes_to_completers(school, taught):
    assert "받을 분이 없어" in await school.declines(sending.to_course, "T", "completed", TEXT)
    await complete(school, taught)
    await writes(school, "T", whom="completed")
    assert await owed_to(school) == [1, 2, 3]


@pytest.mark.on_sqlite
async def test_nothing_goes_to_who_gives_their_seat_back_meanwhile(school, taught, clock, resident):
    await writes(school, "T")
    await resident(1).goes_to("mine/1/cancel/yes")
    assert await texts(clock, hours=1) == {}


async def test_who_has_switched_messages_off_is_left_out_and_counted(school, taught, resident):
    await resident(1).goes_to("reminders/announcement/off")
    told = await school.asks(sending.to_course, "T", "seats", TEXT)
    assert "강좌 메시지를 끈 분 1명은 뺐습니다." in told
    assert await owed_to(school) == [2]


async def test_who_switches_messages_off_meanwhile_gets_none(school, taught, clock, resident):
    await writes(school, "T")
    await resident(1).goes_to("reminders/announcement/off")
    assert await texts(clock, hours=1) == {}


async def test_applications_that_are_to_be_looked_at_are_left_out(school, taught):
    unchecked = update(enrollments).where(enrollments.c.resident_id == 1).values(unchecked_since=school.now)
    await school.database.write(lambda tx: tx.execute(unchecked))
    assert "담당자가 확인할 신청 1명은 뺐습니다." in await school.asks(sending.to_course, "T", "seats", TEXT)
    assert await owed_to(school) == [2]


@pytest.mark.on_sqlite
async def test_at_night_it_waits_until_the_morning(school, taught, clock):
    school.now = at("11-23 20:55")
    told = await writes(school, "T")
    assert told.facts[0].startswith("11월 24일(화) 오전 8시부터 보내고, 오전 8시쯤 끝납니다.")
    assert await texts(clock, hours=10) == {}
    assert list(await texts(clock, hours=2)) == ["1"]


# --- who completed ---


@pytest_asyncio.fixture
async def completed(school, resident):
    """Two courses, at 더자람 and elsewhere; 1 and 2 completed the first, 3 the second; 2 agreed to no news."""
    here = await school.opens(code="A", venue="동네배움터 더자람", term="2026-H1")
    there = await school.opens(code="B", venue="중구청 강의실")
    for number, course in ((1, here), (2, here), (3, there)):
        await resident(number).registers(course, mobile=f"010-0000-000{number}")
        if number != 2:
            await resident(number).goes_to("news/news/on")
    await complete(school, here, there)


@pytest.mark.on_sqlite
async def test_completers_of_a_place_get_it_who_agreed_to_news(school, completed, clock):
    told = await writes_to_completers(school, place="동네 배움터")
    assert told.title == "‘동네 배움터’ 과정을 수료한 분 1명께 메시지를 보내기로 했습니다."
    assert "강좌 소식에 동의하지 않은 분 1명은 뺐습니다." in told.facts
    (letter,) = [each for each in await clock.passes(hours=1) if "1급" in each.text]
    assert (letter.address, "평생학습팀에서 알려 드려요." in letter.text) == ("1", True)
    assert "수신거부" in letter.text


@pytest.mark.parametrize(("given", "people"), [({}, [1, 3]), ({"term": "2026-H1"}, [1]), ({"place": "중구청"}, [3])])
async def test_completers_are_chosen_by_place_and_term(school, completed, given, people):
    await writes_to_completers(school, **given)
    assert await owed_to(school, "announcement_news") == people


async def test_a_place_where_nobody_completed_anything_is_told(school, completed):
    assert "이런 과정을 수료한 분이 없습니다" in await school.declines(sending.to_completers, TEXT, "자치회관")


async def test_who_opts_out_meanwhile_gets_nothing(school, completed, clock, resident):
    await writes_to_completers(school)
    await resident(1).says("수신거부")
    assert {each.address for each in await clock.passes(hours=1)} == {"3"}


# --- what may not stand in it ---


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("900101-1234567로 확인했어요", "주민등록번호"),
        ("강사 번호는 010-1234-5678이에요", "휴대전화 번호가 있어"),
        ("○월 ○일은 쉬어요", "채우지 않은 곳"),
        ("", "보낼 글을 적어 주세요"),
        ("가" * 1001, "1,001자입니다. 1자 넘게"),
        ("가" * 990, "앞뒤 안내를 더해 1,000자까지인데"),
    ],
)
async def test_what_may_not_be_sent_is_refused_with_the_reason(school, taught, text, why):
    assert why in await school.declines(sending.to_course, "T", "seats", text)
    assert await owed_to(school) == []


async def test_a_number_of_the_office_may_stand_in_it(school, taught):
    assert (await writes(school, "T", text="늦으시면 02-3396-0000으로 전화해 주세요.")).title


@pytest.mark.on_sqlite
async def test_a_long_one_tells_what_kakaotalk_hides(school, taught):
    told = await writes(school, "T", text="가" * 600)
    assert any("전체 보기" in note for note in told.notes)


@pytest.mark.on_sqlite
async def test_that_somebody_is_named_whom_all_would_read_of_is_told_and_the_journal_masks_it(school, taught):
    told = await writes(school, "T", text="홍길동 님이 반장이에요.")
    assert any("받는 분의 이름(홍길동)이 있습니다" in note for note in told.notes)
    (entry,) = await school.rows(select(journal).where(journal.c.action == "message"))
    assert entry.args["text"] == "홍*동 님이 반장이에요."
    assert "홍길동" not in str(entry.changes)


async def test_who_reads_english_gets_the_english_text_or_is_told_that_it_is_korean(school, taught, clock, resident):
    await resident(1).says("English")
    await writes(school, "T", text_en="Please bring an apron.")
    await writes(school, "T", text="둘째 안내")
    first, second = [each.text for each in await clock.passes(hours=1) if "About" in each.text]
    assert "Please bring an apron." in first
    assert ("written in Korean only" in second, "둘째 안내" in second) == (True, True)


# --- twice, and taken back ---


async def test_the_same_to_the_same_within_a_day_is_asked_about(school, taught):
    await writes(school, "T")
    with pytest.raises(DoneAlready):
        await writes(school, "T")
    await writes(school, "T", whom="all")
    school.waits(hours=25)
    await writes(school, "T")


async def entry(school, action="message"):
    rows = await school.rows(select(journal.c.id).where(journal.c.action == action).order_by(journal.c.id.desc()))
    return rows[0].id


async def test_taken_back_within_the_grace_it_leaves_nothing_but_the_journal(school, taught, clock):
    await writes(school, "T")
    await clock.passes(minutes=5)
    told = await school.asks(undoing.undo, await entry(school))
    assert told == ["강좌 메시지(‘바리스타 2급’): 되돌렸습니다.", "아직 아무에게도 알리지 않았습니다."]
    assert await school.rows(select(announcements)) == []
    assert await school.rows(select(outbox).where(outbox.c.kind == "announcement")) == []
    assert await clock.passes(hours=1) == []


@pytest.mark.on_sqlite
async def test_taken_back_later_who_was_told_is_told_that_it_was_a_mistake_and_nobody_else(
    school, taught, clock, visitor
):
    await writes(school, "T")
    await clock.passes(hours=1)
    told = await school.asks(undoing.undo, await entry(school))
    assert told[-1] == "이미 알린 대화에는 바로잡는 안내를 보냅니다."
    (letter,) = await clock.passes(minutes=1)
    assert (letter.address, "잘못된 것이었어요" in letter.text, TEXT in letter.text) == ("1", True, True)
    assert TEXT not in await visitor("w1").says("강좌")


@pytest.mark.on_sqlite
async def test_taken_back_it_can_be_sent_anew(school, taught, clock):
    await writes(school, "T")
    await school.asks(undoing.undo, await entry(school))
    await writes(school, "T")
    assert list(await texts(clock, hours=1)) == ["1"]


async def test_after_a_week_it_is_too_late_to_take_it_back(school, taught):
    await writes(school, "T")
    school.waits(days=8)
    assert "168시간이 지나" in await school.declines(undoing.undo, await entry(school))


@pytest.mark.on_sqlite
async def test_a_preview_of_taking_back_changes_nothing(school, taught):
    await writes(school, "T")
    number = await entry(school)
    gate = Gate(school.database, SETTINGS.to_organization(), Officer("담당자", "command"), lambda: school.now)
    await gate.preview(lambda tx, desk: undoing.undo(tx, desk, number))
    assert await owed_to(school) == [1, 2]


@pytest.mark.on_sqlite
async def test_an_act_is_listed_with_its_course_and_not_its_text(school, taught):
    await writes(school, "T")
    assert "강좌 메시지(‘바리스타 2급’)" in "\n".join(await school.asks(undoing.recent))
    assert acts.acts["message"] is sending.COURSE_MESSAGE

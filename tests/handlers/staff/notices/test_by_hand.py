"""What officers tell by telephone: it leaves the list, no chat tells it again, and it can be undone."""

from datetime import datetime

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from handlers.staff.desk import acts, undoing
from handlers.staff.desk.desk import Desk
from handlers.staff.notices import by_hand, owed
from storage.audit import journal
from storage.tables import outbox
from tests.support.domain import SEOUL, SETTINGS

pytestmark = pytest.mark.on_sqlite


async def act(school, of, **args):
    return await school.asks(acts.perform, of, args)


@pytest_asyncio.fixture
async def closed(school, visitor, clock) -> None:
    """Somebody with a web chat alone was told the evening before their class, in vain; they have a mobile."""
    await visitor("w1").registers(await school.opens(), name="성춘향")
    school.now = datetime(2026, 12, 7, 18, tzinfo=SEOUL)
    await clock.ticks()
    await clock.ticks()


async def the_notice(school):
    return (await school.rows(select(outbox).where(outbox.c.kind == "day_before")))[0]


async def shown(school, everything=False):
    return "\n".join(await school.asks(owed.show, everything))


async def test_what_an_officer_has_told_leaves_the_list_and_no_chat_tells_it_again(closed, school, visitor):
    number = (await the_notice(school)).id
    assert f"직접 알렸으면: python -m bot outbox --done {number}" in await shown(school)
    told = await act(school, by_hand.BY_HAND, numbers=[number], note="따님이 받음")
    assert told[:3] == [
        "알림 1건을 직접 알린 것으로 적었습니다.", "대화에서 다시 알리지 않습니다.", "메모: 따님이 받음"
    ]  # fmt: skip
    assert "수업 하루 전" not in await shown(school)
    assert "수업은 내일" not in await visitor("w1").says("강좌")


@pytest.mark.on_both
async def test_what_was_told_by_hand_is_listed_with_all_and_can_be_undone(closed, school, visitor):
    number = (await the_notice(school)).id
    await act(school, by_hand.BY_HAND, numbers=[number], note="따님이 받음")
    listed = await shown(school, True)
    assert "최근에 직접 알린 것: 1번" in listed
    entry = int(listed.partition("되돌릴 번호")[2].splitlines()[1].split()[0])
    assert await school.asks(undoing.undo, entry) == [f"직접 알림({number} 따님이 받음): 되돌렸습니다."]
    assert "수업 하루 전" in await shown(school)
    assert (await the_notice(school)).seen_at is None


async def test_who_was_called_in_vain_stays_listed_with_what_was_noted(closed, school):
    number = (await the_notice(school)).id
    for note in ("받지 않음", "오후에 다시"):
        await act(school, by_hand.TRY, numbers=[number], note=note)
    assert "2번 연락, 12월 7일(월) 오후 6시 배움톡: 오후에 다시" in await shown(school)
    assert (await the_notice(school)).seen_at is None


async def test_what_is_still_owed_is_not_sent_after_an_officer_has_told_it(school, resident, clock):
    await resident(1).registers(await school.opens())
    school.now = datetime(2026, 12, 7, 18, tzinfo=SEOUL)
    await clock.plans()
    number = (await the_notice(school)).id
    await act(school, by_hand.BY_HAND, numbers=[number])
    await clock.ticks()
    kept = await the_notice(school)
    assert (kept.started_at, kept.outcome, kept.reason) == (None, "unreached", "by_hand")


async def test_whom_an_offer_was_told_by_telephone_is_not_to_be_called_any_more(school, visitor, clock):
    course = await school.opens(capacity=1)
    await visitor("first").registers(course, mobile="010-0000-0002")
    await visitor("w1").registers(course, name="성춘향")
    await visitor("first").goes_to("mine/1/cancel/yes")
    await clock.ticks()
    number = (await school.rows(select(outbox.c.id).where(outbox.c.kind == "offer")))[0].id
    assert "성춘향" in await shown(school)
    await act(school, by_hand.BY_HAND, numbers=[number])
    assert "성춘향" not in await shown(school)


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"seen_at": datetime(2026, 12, 7, tzinfo=SEOUL)}, "이미 알렸습니다"),
        ({"outcome": "sent"}, "이미 보냈습니다"),
        ({"outcome": None, "started_at": datetime(2026, 12, 7, tzinfo=SEOUL)}, "지금 보내고 있습니다"),
        ({"outcome": "cancelled"}, "이제 보내지 않는 알림입니다"),
    ],
)
async def test_what_is_told_already_is_not_ticked_off(closed, school, changed, why):
    await school.database.write(lambda tx: tx.execute(update(outbox).values(changed)))
    number = (await the_notice(school)).id
    said = await school.declines(acts.perform, by_hand.BY_HAND, {"numbers": [number, 99, 99]})
    assert f"알림 {number}: {why}" in said
    assert "알림 99: 이런 번호의 알림이 없습니다" in said
    assert "알림 99: 두 번 적으셨습니다" in said


@pytest.mark.parametrize("note", ["010-1234-5678로 다시", "900101-1234567"])
async def test_a_note_holds_no_number_of_a_person(closed, school, note):
    number = (await the_notice(school)).id
    assert "할 수 없습니다" in await school.declines(by_hand.done, [number], note)


async def test_what_is_not_worth_telling_any_more_is_only_counted(closed, school):
    school.now = datetime(2026, 12, 20, 9, tzinfo=SEOUL)
    listed = await shown(school)
    assert "성춘향" not in listed
    assert "때가 지나 이제 알릴 필요가 없는 알림" in listed
    assert "성춘향" in await shown(school, True)


async def test_ticking_off_stands_in_the_journal_with_the_notice(closed, school):
    number = (await the_notice(school)).id
    await act(school, by_hand.BY_HAND, numbers=[number], note="알림")
    desk = Desk(SETTINGS.to_organization(), school.now)
    found = await school.database.read(lambda tx: journal.standing(tx, by_hand.DONE, journal.NOTICE, [number]))
    assert [(each.args, each.officer) for each in found[number]] == [
        ({"numbers": [number], "note": "알림"}, desk.officer)
    ]

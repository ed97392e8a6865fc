"""One person links two chats by a code or by a number that is proven; nobody else gets at either."""

import asyncio
import re

import pytest
from sqlalchemy import select

from handlers.staff.desk import undoing
from handlers.staff.persons import alike
from handlers.staff.persons.merging import MERGE
from storage.people import linking
from storage.tables import addresses, enrollments, journal, link_codes, link_guesses, residents

pytestmark = pytest.mark.on_sqlite

SAME = {"name": "홍길동", "birth_year": "1983"}


async def shows(someone):
    """The code that a chat shows."""
    await someone.says("대화 잇기")
    said = await someone.presses("코드 보기")
    return "".join(re.search(r"(\d{3}) (\d{3})", said).groups())


async def types(someone, code):
    await someone.says("다른 대화와 잇기")
    await someone.presses("코드 적기")
    return await someone.says(code)


async def owners(school):
    """Whose each chat is."""
    query = select(addresses.c.address, addresses.c.resident_id).order_by(addresses.c.id)
    return {row.address: row.resident_id for row in await school.rows(query)}


async def two(school, visitor, resident, **differing):
    """Somebody who registered in Telegram, and their chat on the web."""
    course = await school.opens()
    await resident(1).registers(course, **SAME)
    web = visitor("web")
    await web.registers(
        await school.opens(term="2027-H1", weekdays=(3,)), **{**SAME, **differing}, mobile="010-0000-0002"
    )
    return resident(1), web


async def test_a_code_links_two_chats_and_both_are_told(school, visitor, resident, clock):
    telegram, web = await two(school, visitor, resident)
    said = await types(web, await shows(telegram))
    assert "텔레그램 · 홍*동 · 신청 1건" in said
    assert "두 대화를 이었어요" in await web.presses("이어 주세요")
    assert await owners(school) == {"1": 1, "web": 1}
    assert [(each.address, "이었어요" in each.text) for each in await clock.ticks()] == [("1", True)]
    assert await clock.passes(hours=1) == []


async def test_a_chat_that_cannot_be_written_to_is_told_when_it_comes_by_and_the_other_is_not(
    school, visitor, resident, clock
):
    telegram, web = await two(school, visitor, resident)
    await types(telegram, await shows(web))
    await telegram.presses("이어 주세요")
    await clock.ticks()
    assert "이 대화를 같은 분의" not in await telegram.says("내 신청")
    assert "이 대화를 같은 분의 다른 대화와 이었어요" in await web.says("내 신청")
    assert "이 대화를 같은 분의" not in await web.says("내 신청")


async def test_a_link_by_code_is_undone_by_an_officer_and_both_chats_hear_of_it(school, visitor, resident, clock):
    telegram, web = await two(school, visitor, resident)
    await types(web, await shows(telegram))
    await web.presses("이어 주세요")
    (entry,) = await school.rows(select(journal))
    assert (entry.officer, entry.action, entry.args) == ("본인", MERGE.name, {"kept": 1, "gone": 2})
    await school.asks(undoing.undo, entry.id)
    assert await owners(school) == {"1": 1, "web": 2}
    assert ["다시 나누었어요" in each.text for each in await clock.ticks()] == [True]
    assert "다시 나누었어요" in await web.says("내 신청")


async def test_a_code_is_used_once_and_for_ten_minutes(school, visitor, resident):
    telegram, web = await two(school, visitor, resident)
    code = await shows(telegram)
    school.waits(minutes=10)
    assert "시간이 지난 코드" in await types(web, code)
    code = await shows(telegram)
    await types(web, code)
    assert "시간이 지난 코드" in await types(visitor("third"), code)
    await web.goes_to("forms/link/0/submit")
    assert "시간이 지난 코드" in await types(visitor("fourth"), code)


async def test_what_was_typed_too_late_to_be_confirmed_links_nothing(school, visitor, resident):
    telegram, web = await two(school, visitor, resident)
    await types(web, await shows(telegram))
    school.waits(minutes=11)
    assert "코드의 시간이 지났거나" in await web.goes_to("forms/link/0/submit")
    assert await owners(school) == {"1": 1, "web": 2}


async def test_a_new_code_ends_the_one_before(school, visitor, resident):
    telegram, web = await two(school, visitor, resident)
    first, _ = await shows(telegram), await shows(telegram)
    assert "시간이 지난 코드" in await types(web, first)


async def test_the_code_of_this_very_chat_is_not_used_up_here(school, visitor, resident):
    telegram, web = await two(school, visitor, resident)
    code = await shows(telegram)
    assert "이 대화에서 보신 코드" in await types(telegram, code)
    assert "홍*동" in await types(web, code)


async def test_five_wrong_codes_stop_a_chat_for_an_hour(school, visitor, resident):
    telegram, web = await two(school, visitor, resident)
    code = await shows(telegram)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    await types(web, wrong)
    said = [await web.says(wrong) for _ in range(5)]
    assert ["여러 번 틀려서" in each for each in said] == [False] * 4 + [True]
    school.waits(minutes=59)
    assert "여러 번 틀려서" in await types(web, await shows(telegram))
    school.waits(minutes=2)
    assert "홍*동" in await types(web, await shows(telegram))


async def test_five_wrong_codes_whoever_types_them_end_every_open_one(school, visitor, resident):
    telegram, web = await two(school, visitor, resident)
    code = await shows(telegram)
    for number in range(5):
        await types(visitor(f"guesser-{number}"), f"{(int(code) + 1 + number) % 10**6:06}")
    assert "시간이 지난 코드" in await types(web, code)


@pytest.mark.on_both
async def test_thirty_chats_of_one_network_that_guess_at_once_have_twenty_guesses_between_them(
    school, visitor, dawdling
):
    owner = visitor("owner")
    await owner.registers(await school.opens(), **SAME)
    code = await shows(owner)
    chats = [visitor(f"g{number}") for number in range(30)]
    for chat in chats:
        chat.source = "198.51.100.0/24"
        await chat.goes_to("forms/link/0")
    dawdling(linking, "_with_digest")
    await asyncio.gather(*(chat.says(f"{(int(code) + 1 + n) % 10**6:06}") for n, chat in enumerate(chats)))
    assert len(await school.rows(select(link_guesses))) == linking.FROM_NETWORK
    assert "시간이 지난 코드" in await types(visitor("web"), code)


async def test_one_network_cannot_end_the_codes_of_others_all_day(school, visitor, resident):
    telegram, web = await two(school, visitor, resident)
    for number in range(linking.FROM_NETWORK + 4):
        nuisance = visitor(f"nuisance-{number}")
        nuisance.source = "198.51.100.0/24"
        said = await types(nuisance, "000000" if number % 2 else "000001")
    assert "이 인터넷에서 틀린 코드를" in said
    school.waits(seconds=1)
    code = await shows(telegram)
    for number in range(9):
        nuisance = visitor(f"more-{number}")
        nuisance.source = "198.51.100.0/24"
        await types(nuisance, f"{(int(code) + 1 + number) % 10**6:06}")
    assert "홍*동" in await types(web, code)


async def test_nothing_in_the_chat_that_shows_a_code_tells_of_who_types_it(school, visitor, resident, clock):
    telegram, web = await two(school, visitor, resident)
    await types(web, await shows(telegram))
    assert await clock.ticks() == []
    assert "이었" not in await telegram.says("내 신청")


async def test_people_whose_names_differ_are_not_linked_and_families_are_told_what_to_do(school, visitor, resident):
    telegram, web = await two(school, visitor, resident, name="홍길순")
    assert "같은 분이세요?" in await types(web, await shows(telegram))
    assert "이름이 바뀌셨거나" in await web.presses("네, 같은 사람이에요")
    await web.goes_to("forms/link/0")
    assert "다른 분 것을 신청할게요" in await web.presses("아니요, 가족")
    await web.goes_to("forms/link/0/submit")
    assert await owners(school) == {"1": 1, "web": 2}


@pytest.mark.parametrize("said", ["네", "아니요, 가족이에요"])
async def test_no_answer_links_people_of_other_years(school, visitor, resident, said):
    telegram, web = await two(school, visitor, resident, birth_year="1950")
    await types(web, await shows(telegram))
    await web.says(said)
    await web.goes_to("forms/link/0/submit")
    assert await owners(school) == {"1": 1, "web": 2}


async def test_a_number_of_six_digits_is_no_code_where_none_was_asked_for(school, visitor, resident):
    telegram, web = await two(school, visitor, resident)
    code = await shows(telegram)
    assert "홍*동" not in await web.says(code)
    assert await school.rows(select(link_guesses)) == []
    await types(web, "12345")
    assert await school.rows(select(link_guesses)) == []


async def test_no_code_is_stored_so_that_it_could_be_read(school, visitor, resident):
    telegram, _ = await two(school, visitor, resident)
    code = await shows(telegram)
    (row,) = await school.rows(select(link_codes))
    assert code not in repr(row)
    assert len(row.digest) == 64


async def by_number(someone, mobile, **told):
    """The form that finds one's own records, with the contact that the channel vouches for."""
    await someone.says("대화 잇기")
    await someone.presses("내 번호로 찾기")
    if someone.screen.buttons and someone.screen.buttons[0].label == "텔레그램으로 계속":
        await someone.presses("텔레그램으로 계속")
        await someone.presses("동의하고 계속")
        await someone.says(told["name"])
        await someone.says(told["birth_year"])
    await someone.shares(mobile)
    return await someone.presses("찾아서 이어 주세요")


async def proves(school, record):
    await school.asks(alike.prove, record, is_theirs=True)


async def test_ones_own_contact_links_a_record_whose_number_is_proven(school, visitor, resident):
    await visitor("web").registers(await school.opens(), **SAME)
    await proves(school, 1)
    assert "두 대화를 이었어요" in await by_number(resident(1), "+821000000001", **SAME)
    assert await owners(school) == {"web": 1, "1": 1}


async def test_a_stranger_who_told_ones_name_and_number_first_is_not_linked(school, visitor, resident):
    await visitor("stranger").registers(await school.opens(), **SAME)
    assert "찾지 못했어요" in await by_number(resident(1), "+821000000001", **SAME)
    assert await owners(school) == {"stranger": 1, "1": 2}


async def test_who_got_a_number_that_was_somebody_elses_is_not_linked_with_them(school, visitor, resident):
    await visitor("web").registers(await school.opens(), **SAME)
    await proves(school, 1)
    assert "찾지 못했어요" in await by_number(resident(1), "+821000000001", name="임꺽정", birth_year="1983")
    assert await owners(school) == {"web": 1, "1": 2}


async def test_a_number_that_is_only_typed_links_nothing(school, visitor, resident):
    await visitor("web").registers(await school.opens(), **SAME)
    await proves(school, 1)
    someone = resident(1)
    await someone.goes_to("forms/link_number/0")
    for label in ("텔레그램으로 계속", "동의하고 계속"):
        await someone.presses(label)
    for said in ("홍길동", "1983", "010-0000-0001"):
        await someone.says(said)
    assert "본인 번호인 줄" in await someone.presses("찾아서 이어 주세요")
    assert await owners(school) == {"web": 1, "1": 2}


@pytest.mark.on_both
async def test_two_who_type_each_others_code_at_once_become_one(school, visitor, resident):
    telegram, web = await two(school, visitor, resident)
    theirs, mine = await shows(telegram), await shows(web)
    await types(web, theirs)
    await types(telegram, mine)
    await asyncio.gather(web.goes_to("forms/link/0/submit"), telegram.goes_to("forms/link/0/submit"))
    assert len(set((await owners(school)).values())) == 1
    people = await school.rows(select(residents.c.id).where(residents.c.merged_into.is_(None)))
    held = await school.rows(select(enrollments.c.resident_id))
    assert {row.resident_id for row in held} == {row.id for row in people}

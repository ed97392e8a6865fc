"""People are found by what they told as it is now, whoever changed it, though the database holds it sealed."""

import asyncio

import pytest

from storage.people import residents, strangers
from storage.people.finding.searching import Index
from tests.support.domain import MONDAY

PEOPLE = {
    "홍길동": "+821012345678",
    "홍길순": "+821000005678",
    "김홍길": None,
    "Kim Min-ji": "+821077777777",
    None: "+821000000009",
}


def _tell(tx, address, **told):
    """Somebody tells who they are; the number of their record."""
    return residents.describe(tx, residents.welcome(tx, "web", address, "ko", MONDAY), **told).id


@pytest.fixture
def found(database):
    """What is found by this, of all records: by one index, as a process has it."""
    index = Index()

    async def search(said, most=None):
        return [each.name or each.mobile for each in await database.read(lambda tx: index.find(tx, said, most))]

    return search


@pytest.fixture
async def numbers(database):
    def told(tx):
        residents.welcome(tx, "web", "a stranger", "ko", MONDAY)
        return [_tell(tx, f"r{at}", name=name, mobile=mobile) for at, (name, mobile) in enumerate(PEOPLE.items())]

    return await database.write(told)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("홍길", ["홍길동", "홍길순", "김홍길"]),
        ("길순", ["홍길순"]),
        ("홍 길-동", ["홍길동"]),
        ("ㅎㄱ", ["홍길동", "홍길순", "김홍길"]),
        ("ㄱㅎㄱ", ["김홍길"]),
        ("min", ["Kim Min-ji"]),
        ("MINJI", ["Kim Min-ji"]),
        ("5678", ["홍길동", "홍길순"]),
        ("010-1234-5678", ["홍길동"]),
        ("+82 10 1234 5678", ["홍길동"]),
        ("0009", ["+821000000009"]),
        ("678", []),
        ("홍길동5678", []),
        ("%", []),
        (" ", []),
    ],
)
async def test_people_are_found_by_a_part_of_a_name_its_consonants_or_a_number(numbers, found, said, names):
    assert await found(said) == names


async def test_people_are_found_by_the_number_of_their_record(numbers, found):
    assert await found(f"{numbers[2]}") == ["김홍길"]


async def test_the_name_itself_comes_first_and_no_more_than_were_asked_for(database, numbers, found):
    await database.write(lambda tx: _tell(tx, "later", name="길동"))
    assert await found("길동") == ["길동", "홍길동"]
    assert await found("홍길", 2) == ["홍길동", "홍길순"]


async def test_what_changed_since_is_found_and_what_was_is_not(database, numbers, found):
    await found("홍길")
    for name in ("성춘향", "이몽룡", None):
        await database.write(lambda tx, name=name: _tell(tx, "r0", name=name, mobile=None))
        assert [*await found("성춘향"), *await found("이몽룡")] == [name] * (name is not None)
    assert await found("010-1234-5678") == []


@pytest.mark.on_postgres
async def test_one_whose_message_took_longer_than_a_later_one_is_found(database, numbers, found):
    began, loop = asyncio.Event(), asyncio.get_running_loop()

    def slowly(tx):
        _tell(tx, "slow", name="성춘향")
        loop.call_soon_threadsafe(began.set)
        tx.exec_driver_sql("SELECT pg_sleep(0.5)")

    slow = asyncio.create_task(database.write(slowly))
    await began.wait()
    await database.write(lambda tx: _tell(tx, "quick", name="이몽룡"))
    assert await found("이몽룡") == ["이몽룡"]
    await slow
    assert await found("성춘향") == ["성춘향"]


async def test_one_who_comes_after_strangers_were_forgotten_is_found(database, numbers, found):
    """Numbers of changes that are gone with their rows are not given again."""
    await found("홍길")
    came = [
        await database.write(lambda tx, at=at: residents.welcome(tx, "web", f"s{at}", "ko", MONDAY)) for at in (1, 2)
    ]
    await found("홍길")
    assert await database.write(lambda tx: strangers.forget(tx, [each.id for each in came])) == 2
    await database.write(lambda tx: _tell(tx, "new", name="변학도"))
    assert await found("변학도") == ["변학도"]


async def test_ten_who_look_at_once_all_find(database, numbers, found):
    """On PostgreSQL they go on in turns in one thread, so none may wait for another while it holds anything."""
    async with asyncio.timeout(60):
        several = await asyncio.gather(*(found("홍길동") for _ in range(10)))
    assert several == [["홍길동"]] * 10

"""What officers type about several chats of one number: how it ends, and what it says."""

import re

import pytest
import pytest_asyncio

from storage.engine.opening import open_database
from storage.people import residents
from tests.support.commands import bot
from tests.support.domain import MONDAY, SEAL


@pytest_asyncio.fixture
async def registered(sqlite_url):
    def tells(tx):
        me = residents.welcome(tx, "web", "r1", "ko", MONDAY)
        residents.describe(tx, me, name="홍길동", birth_year=1983, mobile="+821000000001")

    database = await open_database(sqlite_url, SEAL)
    await database.write(tells)
    await database.close()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("persons", 0, "여러 대화에서 적은 번호가 없습니다"),
        ("persons --mobile 010-0000-0001", 0, "이 번호를 적은 기록이 없습니다"),
        ("persons --name 홍길", 0, "찾은 분이 없습니다"),
        ("persons --name 홍길 --mobile 010-0000-0001", 2, "명령을 잘못 쓰셨습니다"),
        ("persons --mobile 12", 1, "휴대전화 번호를 적어"),
        ("persons --prove 12", 1, "이런 기록이 없거나"),
        ("persons --record 12", 1, "이런 기록이 없습니다"),
        ("persons --code 12 --yes", 1, "이런 기록이 없습니다"),
        ("persons --record 12 --code 12", 2, "명령을 잘못 쓰셨습니다"),
        ("persons --prove 99999999999999999999", 2, "명령을 잘못 쓰셨습니다"),
        ("persons --prove 12 --unprove 12", 2, "명령을 잘못 쓰셨습니다"),
    ],
)
def test_a_command_ends_as_scripts_rely_on(config, words, code, told):
    ended, said = bot(config, *words.split())
    assert (ended, told in said) == (code, True), said


def test_all_of_one_person_is_shown_and_a_code_made_for_them(config, registered):
    code, said = bot(config, "persons", "--record", "1")
    assert (code, [word in said for word in ("기록 1: 홍길동", "웹 채팅", "persons --code 1")]) == (0, [True] * 3), said
    code, said = bot(config, "persons", "--code", "1", "--yes")
    assert (code, bool(re.search(r"\b\d{3} \d{3}\b", said))) == (0, True), said


def test_somebody_is_found_by_their_first_consonants(config, registered):
    code, said = bot(config, "persons", "--name", "ㅎㄱㄷ")
    assert (code, [word in said for word in ("홍길동", "1983", "010-0000-0001")]) == (0, [True] * 3), said

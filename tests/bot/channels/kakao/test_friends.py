"""Who writes is heard, and so whether they are a friend of the channel: only friends can be written to first."""

import json

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.sections import Event, Kakao
from storage.people import reaching
from storage.tables import addresses
from tests.support.kakao.talker import BLOCK_ID, BOT_ID, SECRET, payload

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def kakao() -> Kakao:
    """One that speaks first."""
    secret = SecretStr(SECRET)
    return Kakao(bot_id=BOT_ID, skill_secret=secret, block_id=BLOCK_ID, event=Event(rest_api_key=SecretStr("0" * 32)))


async def writes(client, talker, **properties):
    """Something as somebody with these properties says it."""
    said = payload(talker.user, "도움말")
    said["userRequest"]["user"] |= properties
    headers = {"X-Skill-Secret": SECRET, "X-Request-Id": f"chp-{json.dumps(properties)}"}
    assert (await client.post("/kakao/skill", content=json.dumps(said).encode(), headers=headers)).status_code == 200


async def marks(school):
    return [row.unreachable for row in await school.rows(select(addresses.c.unreachable))]


async def test_who_could_not_be_written_to_can_be_once_they_write_again(school, talker):
    hana = talker()
    await hana.registers(await school.opens())
    await school.database.write(lambda tx: reaching.mark_reachable(tx, "kakao", hana.user, False))
    await hana.says("도움말")
    assert await marks(school) == [False]


async def test_who_writes_and_is_no_friend_can_not_be_written_to_first(school, client, talker):
    hana = talker()
    await hana.registers(await school.opens())
    await writes(client, hana, properties={"botUserKey": hana.user})
    assert await marks(school) == [True]


@pytest.mark.parametrize("tester", [{"type": "accountId", "properties": {}}, {"properties": None}])
async def test_of_whom_it_is_not_told_nothing_changes(school, client, talker, tester):
    hana = talker()
    await hana.registers(await school.opens())
    await writes(client, hana, **tester)
    assert await marks(school) == [False]


async def test_as_long_as_nothing_changes_nothing_is_written(school, client, talker, monkeypatch):
    hana = talker()
    await hana.registers(await school.opens())
    written = []
    monkeypatch.setattr(reaching, "mark_reachable", lambda *given: written.append(given))
    await hana.says("도움말")
    await writes(client, talker("아무도 아닌 분"), properties={})
    assert written == []

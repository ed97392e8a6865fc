"""What residents entrust to the service is found neither in its logs nor where it doesn't belong."""

import pytest
import pytest_asyncio
from sqlalchemy import select

from storage.tables import residents
from tests.support.service.registering import Registering
from tests.support.service.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAME, MOBILE, NUMBER = "남궁비밀", "010-9753-8642", "900101-1234568"
SPELLINGS = (MOBILE, MOBILE.replace("-", ""), "+821097538642", "1097538642")
NUMBERS = (NUMBER, NUMBER.replace("-", ""), NUMBER.partition("-")[2])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def entrusted(town: Town) -> Town:
    """A resident has registered and typed a registration number in many ways; some of it went wrong."""
    resident = town.resident(NAME)
    course = await town.opens()
    await Registering(resident, course, NAME, MOBILE).registers()
    for words in (NUMBER, f"제 번호는 {NUMBER.replace('-', '')}", f"/start {NUMBER}", NUMBER.replace("-", " - ")):
        await resident.asks(words)
    await resident.edits(NUMBER)
    resident.sends_unparseable()
    town.api.fail("sendMessage", "garbage")
    await resident.asks("/help")
    await town.quiet()
    return town


async def test_logs_hold_no_name_no_mobile_and_no_registration_number(entrusted: Town):
    assert [word for word in (NAME, *SPELLINGS, *NUMBERS) if word in entrusted.service.logs] == []


async def test_no_byte_of_the_database_holds_a_name_a_mobile_or_a_registration_number(entrusted: Town):
    folder = entrusted.service.database_file.parent
    written = b"".join(file.read_bytes() for file in folder.glob(f"{entrusted.service.database_file.name}*"))
    assert b"telegram" in written
    assert [word for word in (NAME, *SPELLINGS, *NUMBERS) if word.encode() in written] == []


async def test_the_mobile_number_is_kept_where_it_belongs(entrusted: Town):
    kept = await entrusted.database.read(lambda tx: tx.execute(select(residents.c.mobile)).scalars().all())
    assert kept == ["+821097538642"]

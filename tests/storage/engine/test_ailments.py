"""What fails because the database does is told from bugs of ours."""

import logging
import sys

import pytest
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi as Asyncpg
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import create_async_engine

from bot.logs import OneLine
from storage.engine import ailments
from storage.engine.ailments import Ailment
from storage.engine.postgres import Postgres
from tests.support.domain import SEAL

ASKED = {
    "reading": lambda database: database.read(lambda tx: None),
    "writing": lambda database: database.write(lambda tx: None),
    "leading": lambda database: database.lead("anything"),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
async def test_a_server_that_is_not_there_is_an_error_of_the_database(ask, unused_tcp_port):
    database = Postgres(create_async_engine(f"postgresql+asyncpg://nobody@127.0.0.1:{unused_tcp_port}/none"), SEAL)
    with pytest.raises(DBAPIError) as raised:
        await ask(database)
    assert ailments.of(raised.value) is Ailment.AWAY
    assert _logged(raised.value).endswith("tick failed name=news\\ndatabase: it doesn't answer")
    await database.close()


def _logged(error: Exception) -> str:
    try:
        raise error
    except Exception:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "tick failed name=%s", ("news",), sys.exc_info())
    return OneLine(()).format(record)


def _by_driver(error: Exception) -> Exception:
    return DBAPIError.instance("SELECT 1", None, error, Asyncpg.Error)


CUT = {
    "in the middle of an operation": _by_driver(
        Asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress")
    ),
    "and asked on": PendingRollbackError("Can't reconnect until invalid transaction is rolled back."),
    "and all are waited for": NoConnection("QueuePool limit of size 10 overflow 10 reached, connection timed out"),
}


@pytest.mark.parametrize("error", CUT.values(), ids=CUT)
def test_a_connection_that_is_cut_is_no_bug(error):
    assert ailments.of(error) is Ailment.AWAY


@pytest.mark.parametrize(
    "error", [FileNotFoundError(2, "no such file"), _by_driver(Asyncpg.DataError("invalid input"))]
)
def test_what_has_nothing_to_do_with_the_server_is_one(error):
    assert ailments.of(error) is None

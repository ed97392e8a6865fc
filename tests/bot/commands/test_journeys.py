"""An officer's days at the terminal: what one command says leads to the next."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from openpyxl import load_workbook
from sqlalchemy import select, update

from storage.engine.opening import open_database
from storage.notices import owing
from storage.tables import outbox as notices
from storage.tables import residents
from tests.support.commands import at_terminal, bot
from tests.support.domain import SEAL

pytestmark = pytest.mark.usefixtures("filled")


@pytest_asyncio.fixture
async def unreached(sqlite_url: str) -> None:
    """Two residents couldn't be told of something."""
    now = datetime.now(UTC)
    database = await open_database(sqlite_url, SEAL)

    def work(tx):
        some = list(tx.execute(select(residents.c.id).limit(2)).scalars())
        tx.execute(update(residents).where(residents.c.id.in_(some)).values(name="홍길동", mobile="+821000000001"))
        owing.owe(tx, "news", "x", [(0, each) for each in some], now, now + timedelta(days=3))
        tx.execute(update(notices).values(outcome="unreached", reason="no_address", settled_at=now))

    await database.write(work)
    await database.close()


def numbers(said: str) -> list[str]:
    """Those in the first column of a list."""
    return re.findall(r"^ *(\d+)  ", said, re.MULTILINE)


def test_who_completed_is_read_from_a_file_settled_seen_and_undone(config, tmp_path):
    assert (
        bot(config, "complete", "DEMO-12", "--list", "-o", str(tmp_path / "명단.xlsx"), "--purpose", "수료 확인")[0]
        == 0
    )
    first, second = (f"{row[0].value}" for row in list(load_workbook(tmp_path / "명단.xlsx")["목록"].rows)[1:3])
    words = ("complete", "DEMO-12", "--except", f"{first},{second}")
    shown = bot(config, *words)[1]
    assert numbers(shown)[:2] == [first, second]
    assert (shown.count("미수료\n"), "그대로 하려면" in shown) == (2, True)
    undo = re.findall(r"undo (\d+)", bot(config, *words, "--yes")[1])[-1]
    assert bot(config, "complete", "DEMO-12", "--list")[1].count("미수료\n") == 2
    assert bot(config, "undo", undo, "--yes")[0] == 0
    assert "수료를 정할 분 18명" in bot(config, "complete", "DEMO-12", "--list")[1]


def test_those_who_were_not_reached_are_called_noted_ticked_off_and_put_back(config, unreached):
    first, second = numbers(bot(config, "outbox")[1])
    assert bot(config, "outbox", "--tried", first, "--note", "받지 않음")[0] == 0
    assert "받지 않음" in bot(config, "outbox")[1]
    done = bot(config, "outbox", "--done", f"{first},{second}", "--note", "전화함")[1]
    assert numbers(bot(config, "outbox")[1]) == []
    assert bot(config, "undo", re.findall(r"undo (\d+)", done)[-1], "--yes")[0] == 0
    assert sorted(numbers(bot(config, "outbox")[1])) == sorted([first, second])


def test_counselors_are_imported_once_the_template_is_filled_in(config, tmp_path):
    path = tmp_path / "상담.xlsx"
    bot(config, "import", "--template", str(path), "--of", "counseling")
    assert "새로 0명" in bot(config, "import", str(path), "--yes")[1]
    book = load_workbook(path)
    for sheet in ("상담사", "상담시간"):
        book[sheet]["A2"] = "상담-01"
    book.save(path)
    assert "새로 1명" in bot(config, "import", str(path), "--yes")[1]


def test_who_breaks_off_at_the_question_closes_no_course(config):
    words = ("close-course", "DEMO-26", "--reason", "강사 사정")
    ended, said = at_terminal(config, *words, until="(예/아니요)", presses=b"\x03")
    assert (ended, "그만두었습니다. 아무것도 바꾸지 않았습니다." in said, "Traceback" in said) == (1, True, False), said
    assert "폐강했습니다" in bot(config, *words, "--yes")[1]

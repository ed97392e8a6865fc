"""The file for the district's own sender by commands: made, taken away, and its results brought back."""

import asyncio
import csv
from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.opening import open_database
from storage.notices import outbox, owing
from storage.people import consents, residents
from storage.ways import templates
from tests.support.commands import bot
from tests.support.domain import SEAL, School
from tests.support.notices.push_files import approved

pytestmark = pytest.mark.usefixtures("filled")
KIND = "corrected_course"


@pytest.fixture
def out_of_reach(config, sqlite_url):
    """Two people who agreed to be told at their numbers, and whom a correction didn't reach."""

    async def once():
        database = await open_database(sqlite_url, SEAL)
        await database.write(lambda tx: _out_of_reach(tx, School(database)))
        await database.close()

    asyncio.run(once())
    config.write_text(config.read_text() + "[pushes]\nfile = true\n")
    return config


def _out_of_reach(tx, school):
    now = school.now = datetime.now(UTC)
    templates.keep(tx, [approved(school, KIND)])
    for number in (1, 2):
        told = {"name": f"사람{number:04}", "mobile": f"+82100000000{number}"}
        residents.describe(tx, residents.by_id(tx, number), **told)
        consents.record(tx, number, consents.ALIMTALK, True, "1", "", "web", now)
        owing.owe(tx, KIND, f"{number}", [(1, number)], now, now + timedelta(days=3))
    tx.execute(outbox.outbox.update().where(outbox.outbox.c.kind == KIND).values(outcome="unreached", settled_at=now))


def test_a_file_goes_out_and_its_results_come_back(out_of_reach, tmp_path):
    out, back = tmp_path / "발송.csv", tmp_path / "결과.csv"
    ended, said = bot(out_of_reach, "push-file")
    assert (ended, "보낼 수 있는 알림: 2건" in said, f"push-file --make {KIND}" in said) == (0, True, True), said
    ended, said = bot(out_of_reach, "push-file", "--make", "과정 안내 정정")
    assert (ended, "발송 파일 1번" in said, "push-file 1 --output" in said) == (0, True, True), said
    ended, said = bot(out_of_reach, "push-file", "1", "--output", str(out), "--purpose", "알림 발송")
    assert (ended, "2줄을 적었습니다" in said) == (0, True), said
    with out.open(encoding="utf-8-sig", newline="") as file:
        _, first, second = csv.reader(file)
    back.write_text(f"번호,수신번호,결과,사유\n{first[0]},{first[1]},성공,\n{second[0]},{second[1]},실패,결번\n")
    ended, said = bot(out_of_reach, "push-results", "1", str(back))
    assert (ended, "아직 하지 않았습니다" in said, "성공 1건, 실패 1건" in said) == (1, True, True), said
    assert bot(out_of_reach, "push-results", "1", str(back), "--yes")[0] == 0
    assert "성공 1, 실패 1" in bot(out_of_reach, "push-file", "1")[1]
    ended, said = bot(out_of_reach, "push-results", "1", str(back), "--yes")
    assert (ended, "반영할 결과가 없습니다" in said) == (1, True), said


def test_a_file_leaves_for_a_purpose_and_is_withdrawn_once_it_is_sure(out_of_reach, tmp_path):
    bot(out_of_reach, "push-file", "--make", KIND)
    ended, said = bot(out_of_reach, "push-file", "1", "-o", str(tmp_path / "a.xlsx"))
    assert (ended, "목적을 함께 적어 주세요" in said, (tmp_path / "a.xlsx").exists()) == (1, True, False), said
    ended, said = bot(out_of_reach, "push-file", "1", "--withdraw")
    assert (ended, "push-file 1 --withdraw --never-sent" in said) == (1, True), said
    assert "2건을 거두었습니다" in bot(out_of_reach, "push-file", "1", "--withdraw", "--never-sent")[1]
    assert "보낼 수 있는 알림: 2건" in bot(out_of_reach, "push-file")[1]


def test_behind_a_password_where_the_district_protects_its_files(out_of_reach, tmp_path):
    out_of_reach.write_text(out_of_reach.read_text() + "[downloads]\nprotect = true\n")
    bot(out_of_reach, "push-file", "--make", KIND)
    ended, said = bot(out_of_reach, "push-file", "1", "-o", str(tmp_path / "a.xlsx"), "--purpose", "알림 발송")
    assert (ended, "비밀번호: " in said) == (0, True), said

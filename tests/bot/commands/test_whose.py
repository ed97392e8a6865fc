"""Whose data commands tell and change stands in the journal, and nothing there tells who that is."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from handlers.dialogue import texts
from storage.audit.journal import PERSON
from storage.completion import instructors
from storage.counseling import appointments, callbacks
from storage.engine.opening import open_database
from storage.notices import outbox as owed
from storage.notices import owing
from storage.people import consents, residents
from storage.tables import courses, enrollments, journal, journal_subjects, outbox
from storage.ways import files
from storage.ways.files import Said
from storage.ways.templates import Approved
from tests.support.commands import bot, commands
from tests.support.domain import SEAL

pytestmark = pytest.mark.usefixtures("peopled")

TODAY = datetime.now(UTC).date()
LATER = TODAY + timedelta(2)
NAMING = (
    "applications DEMO-12", "application DEMO-01 1", "select DEMO-15 --list",
    "complete DEMO-12 --list", "persons", "counseling", "instructors",
    "persons --mobile 01000000002", "persons --record 3", "outbox", "outbox --all", "calls",
    f"rehearse --from {TODAY} --to {LATER} --names",
    "draw DEMO-21 --without-public-value --yes", "complete DEMO-12 --all", "complete DEMO-12 --all --yes",
    "certificates DEMO-12 --issue --yes", "certificates DEMO-12",
    "check-applications DEMO-17 --all", "end-applications DEMO-17 --all --reason 사정",
    "end-applications DEMO-17 --all --reason 사정 --yes", "slips 만족도조사 --course DEMO-08 --yes",
    "message DEMO-12 --to 수료 --text 수료증이_나왔어요.", "message DEMO-12 --to 수료 --text 수료증이_나왔어요. --yes",
    "attendance DEMO-12", "attendance DEMO-12 --class 1",
    "push-file 1", "push-results 1 {results}",
    "qualifications DEMO-12", "unsure DEMO-30", "messages 1", "message-completers --text 새_과정이_열려요. --yes",
)  # fmt: skip
"""What tells of people: each row of this is walked."""

NAMELESS = {
    "officers", "courses",
    "setup", "run", "demo", "migrate", "check", "backup", "restore", "trust-clock", "import", "add-posting", "postings",
    "fetch-postings", "close-course", "move-session", "undo", "missed", "surveys", "results", "open-survey",
    "close-survey", "set-aside", "kiosk", "access-log", "rotate-key", "retention", "holds", "sources",
    "message-templates", "kakao-templates", "today", "targets", "budget", "log", "year-rows", "year", "quarter",
    "half-year", "demand", "costs",
}  # fmt: skip
"""Those that tell of nobody. A new command is either here, for a reason, or above."""


@pytest.fixture
def on(sqlite_url):
    """What is done in the database of this district."""

    def do(work):
        async def once():
            database = await open_database(sqlite_url, SEAL)
            try:
                return await database.write(work)
            finally:
                await database.close()

        return asyncio.run(once())

    return do


@pytest.fixture
def peopled(filled, on):
    """The demo's residents have names, and two of them one number; one is to be called, one to be talked to."""
    on(_people)


def _people(tx):
    now = datetime.now(UTC)
    ids = tx.execute(select(enrollments.c.resident_id).distinct()).scalars().all()
    for number in ids:
        told = {"name": f"사람{number:04}", "birth_year": 1960, "mobile": f"+82100000{max(number, 2):04}"}
        residents.describe(tx, residents.by_id(tx, number), **told)
        consents.record(tx, number, "news", True, texts.say("ko", "consent.news.version"), "", "web", now)
    owing.owe(tx, "changed", "late", [(1, 1)], now - timedelta(hours=1), now + timedelta(days=1))
    owing.owe(tx, "changed", "soon", [(1, 2)], now + timedelta(hours=20), now + timedelta(days=3))
    in_file = Approved("file", "changed", "A-1", "수업 변경", "", "approved", True, None, now)
    owing.owe(tx, "changed", "filed", [(2, 1)], now, now + timedelta(days=1))
    (one,) = (each for each in owing.to_come(tx, 1) if each.key.startswith("changed/filed"))
    owed.shelve(tx, [one.id], [], now)
    files.make(tx, in_file, [(one, Said("+821000000002", "사람0001", {}))], 0, "kim", now)
    callbacks.ask(tx, 4, "+821000000004", "any", "사람0004의 수강료", "web", now)
    appointments.add(tx, 1, 3, now, topic="job", way="visit", channel="web", now=now)
    tx.execute(enrollments.update().where(enrollments.c.id == 4).values(state="completed", ended_at=now))
    instructors.offer(tx, 4, now)
    tx.execute(enrollments.update().where(enrollments.c.state == "waiting").values(unchecked_since=now))
    tx.execute(courses.update().where(courses.c.code == "DEMO-21").values(apply_end=now - timedelta(hours=1)))


def named(said):
    return {int(number) for number in re.findall(r"사람(\d{4})", said)}


@pytest.fixture
def noted(on):
    """Whose data the entries say that were written since the last time."""
    seen = [0]

    def since():
        people = select(journal_subjects.c.subject_id).where(journal_subjects.c.kind == PERSON)
        found = on(lambda tx: set(tx.execute(people.where(journal_subjects.c.entry_id > seen[0])).scalars()))
        seen[0] = on(lambda tx: max(tx.execute(select(journal.c.id)).scalars(), default=0))
        return found

    return since


def test_whoever_a_command_names_stands_in_the_journal(config, noted, tmp_path):
    results = tmp_path / "results.csv"
    results.write_text("번호,결과\n1,실패\n")
    for words in NAMING:
        _, said = bot(config, *words.format(results=results).split())
        told, written = named(said), noted()
        assert told, (words, said)
        assert told <= written, words


def test_every_command_names_people_in_that_walk_or_nobody():
    assert {words.split()[0] for words in NAMING} | NAMELESS == set(commands())


def test_commands_that_name_nobody_do_so(config):
    for words in (
        "surveys",
        "results --year 2026",
        "postings",
        "missed",
        "kiosk",
        "undo",
        "holds",
        "sources",
        "half-year 2026",
        "demand",
        "counseling --year 2026",
        "access-log",
        "rotate-key",
        "retention",
    ):
        ended, said = bot(config, *words.split())
        assert (ended, named(said)) == (0, set()), said


SAID = (
    "persons --mobile 010-0000-0002",
    "persons --mobile 010-9999-1234",
    "outbox --tried {notice} --note 사람0001님이_안_받음",
    "outbox --done {notice} --note 사람0001님과_통화",
    "calls --tried 1 --note 사람0004님이_안_받음",
    "calls --done 1 --note 사람0004님과_통화",
    "applications DEMO-12",
    "complete DEMO-12 --all --yes",
    "end-applications DEMO-17 --all --reason 사람0224님의_부탁 --junk --yes",
    "end-applications DEMO-13 --all --reason 010.0000.0178로_확인 --yes",
    "undo {entry} --yes",
    "end-applications NONE --all --reason 사람0001님_부탁 --yes",
)  # fmt: skip


def test_the_journal_holds_neither_names_nor_numbers(config, on, sqlite_url):
    """As a thief would search who got hold of its two tables."""
    notice = on(lambda tx: tx.execute(select(outbox.c.id).where(outbox.c.reason.is_(None))).scalars().first())
    for words in SAID:
        entry = on(lambda tx: tx.execute(select(journal.c.id).order_by(journal.c.id.desc())).scalars().first())
        ended, said = bot(config, *words.format(notice=notice, entry=entry).split())
        assert ended == ("NONE" in words), (words, said)
    rows = on(lambda tx: [*tx.execute(select(journal)), *tx.execute(select(journal_subjects))])
    written = "".join(str(tuple(row)) for row in rows)  # a row by itself is shortened
    digits = re.sub(r"[-. ]", "", written)
    assert (named(written), re.findall(r"100000\d{4}|1099991234", digits)) == (set(), [])
    for masked in ("010-****-0002", "010-****-1234", "사****1님이_안_받음", "010-****-0178", "사****4님의_부탁"):
        assert masked in written

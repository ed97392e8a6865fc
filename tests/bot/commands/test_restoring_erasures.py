"""A backup from before brings nobody back who was erased since, whatever of the newer database is left."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot import app, settings
from bot.keeping import erasures
from storage.engine.opening import file_of, open_database
from storage.people.forgetting import erasing
from storage.tables import enrollments, kept_completions, residents
from storage.tables import erasures as table
from tests.support.commands import bot
from tests.support.databases.backups import TOOLS
from tests.support.databases.kinds import postgres_copy
from tests.support.domain import COURSE, SEAL, add_course, write_key
from tests.support.sentences.world import open_chat

pytestmark = pytest.mark.on_sqlite

NAME, MOBILE, CHAT = "꾀꼬리", "+821000009876", "visitor-of-this-test"
HINTS = (NAME, MOBILE, CHAT)
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


class Ward:
    """Its settings, and what is done in its database while no service runs."""

    def __init__(self, config):
        self.config = config
        self.settings = settings.load(config)
        self.file = file_of(self.settings.database.url)

    def does(self, work):
        async def once():
            database = await open_database(self.settings.database.url, SEAL)
            try:
                return await database.write(work)
            finally:
                await database.close()

        return asyncio.run(once())

    def erases(self, person=1):
        self.does(lambda tx: erasing.erase(tx, person, NOW + timedelta(days=1)))

    def backs_up(self):
        assert bot(self.config, "backup", f"{self.file.parent}/our.backup")[0] == 0

    def restores(self):
        return bot(self.config, "restore", f"{self.file.parent}/our.backup", "--force")

    def starts(self):
        """A service comes up to where it would take messages."""
        asyncio.run(app.serve(self.settings, None))

    def names(self):
        return self.does(lambda tx: list(tx.execute(select(residents.c.name).order_by(residents.c.id)).scalars()))

    def holds(self):
        stored = b"".join(path.read_bytes() for path in self.file.parent.glob(f"{self.file.name}*"))
        return [hint for hint in HINTS if hint.encode() in stored]


def add_person(tx, name, mobile, chat, at=NOW):
    row = {"name": name, "mobile": mobile, "language": "ko", "created_at": at}
    person = tx.execute(residents.insert().values(row).returning(residents.c.id)).scalar_one()
    open_chat(tx, person, chat)
    return person


@pytest.fixture
def ward(config, monkeypatch):
    """Two people with a seat each, whose course is to come, and a backup of that."""

    async def until_it_would_listen(*_):
        pass

    monkeypatch.setattr(app.App, "run", until_it_would_listen)
    ward = Ward(config)

    def fill(tx):
        course = add_course(tx, {**COURSE, "code": "26-01"})
        for name, mobile, chat in ((NAME, MOBILE, CHAT), ("홍길동", "+821000000001", "another")):
            seat = {"course_id": course, "resident_id": add_person(tx, name, mobile, chat), "state": "confirmed"}
            tx.execute(enrollments.insert().values(**seat, channel="web", applied_at=NOW))

    ward.does(fill)
    ward.backs_up()
    return ward


def test_who_was_erased_after_the_backup_is_erased_again_and_that_is_told(ward):
    ward.erases()
    code, said = ward.restores()
    assert (code, "개인정보를 지운 분 1명을 다시 지웠습니다" in said) == (0, True)
    assert (ward.holds(), ward.names()) == ([], [None, "홍길동"])


def test_nobody_is_erased_who_was_not(ward):
    code, said = ward.restores()
    assert (code, "다시 지웠습니다" in said) == (0, False)
    assert ward.names() == [NAME, "홍길동"]


@pytest.mark.parametrize("lost", ["gone", "broken"])
def test_the_file_beside_a_database_that_is_lost_tells_who_was_erased(ward, lost):
    ward.erases()
    bot(ward.config, "backup", f"{ward.file.parent}/newer.backup")
    ward.file.unlink() if lost == "gone" else ward.file.write_bytes(b"broken" * 2000)
    assert "지운 분 1명을 다시 지웠습니다" in ward.restores()[1]
    assert (ward.holds(), ward.names()) == ([], [None, "홍길동"])


def test_a_restore_that_is_killed_once_the_backup_is_in_place_is_made_good_before_a_service_takes_messages(
    ward, monkeypatch
):
    ward.erases()

    async def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(erasures, "do_again", killed)
        assert ward.restores()[0] != 0
    assert ward.names() == [NAME, "홍길동"]
    ward.starts()
    assert (ward.holds(), ward.names()) == ([], [None, "홍길동"])


def test_a_seat_of_who_was_erased_is_free_and_the_others_is_not(ward):
    ward.erases()
    ward.restores()
    rows = ward.does(lambda tx: tx.execute(select(enrollments).order_by(enrollments.c.id)).all())
    assert [(row.state, row.ended_at is None) for row in rows] == [("cancelled", False), ("confirmed", True)]


def test_a_completion_is_kept_apart_once_more(ward):
    done = update(enrollments).values(state="completed", ended_at=NOW)
    ward.does(lambda tx: tx.execute(done))
    bot(ward.config, "backup", f"{ward.file.parent}/our.backup", "--force")
    ward.erases()
    ward.restores()
    (kept,) = ward.does(lambda tx: tx.execute(select(kept_completions)).all())
    assert (kept.who["name"], kept.until.year) == (NAME, COURSE["end_date"].year + 5)


def test_a_number_that_was_given_out_again_is_somebody_else(ward):
    ward.erases(2)
    bot(ward.config, "backup", f"{ward.file.parent}/newer.backup")
    somebody = {"name": "임꺽정", "created_at": NOW + timedelta(days=2), "erased_at": None}
    ward.does(lambda tx: tx.execute(update(residents).where(residents.c.id == 2).values(somebody)))
    ward.does(lambda tx: tx.execute(table.delete()))
    bot(ward.config, "backup", f"{ward.file.parent}/our.backup", "--force")
    assert "다시 지웠습니다" not in ward.restores()[1]
    assert ward.names() == [NAME, "임꺽정"]


def test_the_file_names_nobody_is_for_its_owner_alone_and_a_line_that_broke_off_is_no_harm(ward):
    ward.erases()
    (file,) = erasures.files(ward.settings)
    file.write_text("2 7f3a")
    bot(ward.config, "backup", f"{file.parent}/newer.backup")
    assert [each.resident_id for each in erasures.read([file])] == [1]
    assert not any(hint.encode() in file.read_bytes() for hint in HINTS)


async def test_what_is_erased_while_a_service_runs_is_noted_at_the_next_tick(school, visitor, tmp_path, database_url):
    own = settings.Settings(
        database={"url": database_url}, key_file=tmp_path / "key", backup={"folder": tmp_path / "b"}
    )
    noting = erasures.Noting(own, school.database)
    await visitor().registers(await school.opens())
    await noting.tend()
    assert erasures.read(erasures.files(own)) == set()
    await school.database.write(lambda tx: erasing.erase(tx, 1, school.now))
    await noting.tend()
    known = await school.database.read(erasing.done)
    assert [erasures.read([file]) for file in erasures.files(own)] == [set(known)] * 2
    assert [file.stat().st_mode & 0o777 for file in erasures.files(own)] == [0o600] * 2


def test_on_postgresql_too_who_was_erased_is_erased_again(tmp_path, postgres_folder):
    write_key(tmp_path)
    url, config = asyncio.run(postgres_copy(postgres_folder)), tmp_path / "config.toml"
    config.write_text(f'[database]\nurl = "{url}"\n[backup]\ntools = "{TOOLS}"\n')
    ward = Ward(config)
    ward.does(lambda tx: add_person(tx, NAME, MOBILE, CHAT))
    assert bot(config, "backup", f"{tmp_path}/our.backup")[0] == 0
    ward.erases()
    code, said = bot(config, "restore", f"{tmp_path}/our.backup", "--force")
    assert (code, "지운 분 1명을 다시 지웠습니다" in said) == (0, True)
    assert ward.names() == [None]

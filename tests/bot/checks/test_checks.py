"""Everything that `check` names, broken one by one: red, with the sentence that mends it, and nothing is made."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.checks import checking, database
from bot.keeping import keys
from bot.settings import Settings
from storage.engine import pulse
from storage.engine.opening import file_of
from storage.tables import journal
from tests.support.databases.backups import TOOLS
from tests.support.domain import write_key

SOUND = {
    "organization": {"phone": "02-3396-0000"},
    "web": {"public_url": "https://learn.example.kr", "port": 9},
    "telegram": None,
}
TOKEN = "123456:test"


@pytest.fixture
def sound(tmp_path, database_url):
    """The settings of a district in which all is well."""
    write_key(tmp_path)
    return Settings(
        **SOUND,
        key_file=tmp_path / "baeumtok.key",
        database={"url": database_url},
        backup={"folder": tmp_path / "copies", "tools": TOOLS},
    )


async def reds(settings):
    return [f"{each.name}: {each.finding}" for each in await checking.check(settings) if not each.is_good]


async def finds(settings, *words):
    """There is one fault, and what is told of it has these words."""
    (red,) = await reds(settings)
    assert [word for word in words if word not in red] == []


async def test_what_is_sound_is_green(sound):
    assert await reds(sound) == []


async def test_a_key_that_is_lost_is_red_and_none_is_made(sound):
    sound.key_file.unlink()
    await finds(sound, "열쇠", "되돌려 놓아 주세요")
    assert not sound.key_file.exists()


@pytest.mark.parametrize("content", ["00" * 32, "zz"])
async def test_another_key_or_none_at_all_is_red(sound, content):
    sound.key_file.write_text(content)
    await finds(sound, "열쇠", "처음의 파일을 되돌려 놓아 주세요")


async def test_a_key_that_is_only_half_in_use_is_red(sound):
    keys.replace(sound.key_file, keys.read(sound.key_file).ring.expecting(bytes(32)))
    await finds(sound, "열쇠", "baeumtok rotate-key")


@pytest.mark.on_sqlite
@pytest.mark.parametrize(("place", "told"), [("baeumtok.key", True), ("elsewhere/baeumtok.key", False)])
async def test_a_key_beside_the_database_is_to_be_moved(sound, tmp_path, place, told):
    (tmp_path / "elsewhere").mkdir()
    found = await checking.check(sound.model_copy(update={"key_file": sound.key_file.replace(tmp_path / place)}))
    (said,) = [each.finding for each in found if each.name == "열쇠"]
    assert (f"{tmp_path / place}" in said, "사본을 두세요" in said, "옮기고" in said) == (True, True, told)


async def test_a_migration_that_waits_is_red(sound, database):
    await database.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '0018'")))
    await finds(sound, "새 버전으로 바꾸어야", "baeumtok migrate")


async def test_a_database_of_a_newer_program_is_red(sound, database):
    await database.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    await finds(sound, "프로그램을 최신으로")


async def test_a_journal_that_was_changed_is_red(sound, database):
    row = {"at": datetime.now(UTC), "officer": "a", "origin": "b", "action": "c", "args": {}, "changes": []}
    await database.write(lambda tx: tx.execute(journal.insert(), {**row, "digest": "made up"}))
    await finds(sound, "한 일의 기록", "1번 기록")


@pytest.mark.parametrize(("off", "words"), [(-3, "보다 이릅니다"), (60, "너무 멉니다")])
async def test_a_clock_that_does_not_fit_what_was_before_is_red(sound, database, off, words):
    before = datetime.now(UTC) - timedelta(days=off)
    await database.write(lambda tx: pulse.believe(tx, before))
    await finds(sound, "시계", words, "시계를 맞춰 주세요")


@pytest.mark.on_sqlite
async def test_nothing_is_made_where_nothing_is_yet(tmp_path, database_url):
    url = f"sqlite+aiosqlite:///{tmp_path}/new/our.db"
    settings = Settings(**SOUND, key_file=tmp_path / "new" / "our.key", database={"url": url})
    before = sorted(tmp_path.rglob("*"))
    assert (await reds(settings), sorted(tmp_path.rglob("*"))) == ([], before)


@pytest.mark.on_sqlite
async def test_a_database_that_can_not_be_made_is_red(tmp_path, sound):
    (tmp_path / "file").touch()
    url = f"sqlite+aiosqlite:///{tmp_path}/file/our.db"
    await finds(
        sound.model_copy(update={"database": sound.database.model_copy(update={"url": url})}), "만들 수 없습니다"
    )


@pytest.mark.on_sqlite
async def test_a_database_that_can_not_be_written_is_red(sound, monkeypatch):
    def probe(tx):
        tx.exec_driver_sql("PRAGMA query_only = ON")
        pulse._write(tx, probes=1)

    monkeypatch.setattr(database.pulse, "probe", probe)
    await finds(sound, "데이터베이스에 쓸 수 없습니다", "권한")


@pytest.mark.on_postgres
async def test_a_postgresql_that_only_reads_is_red(sound, postgres):
    await postgres.write(lambda tx: tx.execute(text("ALTER ROLE CURRENT_USER SET default_transaction_read_only = on")))
    try:
        await finds(sound, "데이터베이스에 쓸 수 없습니다")
    finally:
        await postgres.write(lambda tx: tx.execute(text("ALTER ROLE CURRENT_USER RESET default_transaction_read_only")))


@pytest.mark.on_sqlite
async def test_a_disk_that_is_full_is_red(sound, monkeypatch):
    monkeypatch.setattr(database.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 0))
    await finds(sound, "가득 찼습니다. 자리를 비워 주세요")
    file_of(sound.database.url).unlink()
    await finds(sound, "가득 찼습니다. 자리를 비워 주세요")


@pytest.mark.on_sqlite
@pytest.mark.parametrize("content", ["아무 글", "SQLite"])
async def test_a_file_that_is_no_database_is_red(sound, content):
    file = file_of(sound.database.url)
    file.write_bytes(content.encode() if content == "아무 글" else file.read_bytes()[:4096] + bytes(90000))
    await finds(sound, "깨졌습니다. baeumtok restore로")


@pytest.mark.on_sqlite
async def test_backups_that_stopped_some_days_ago_are_red(sound):
    sound.backup.folder.mkdir()
    (sound.backup.folder / "baeumtok-2026-01-02.db").touch()
    await finds(sound, "백업", "2026-01-02 뒤로 만들지 못했습니다")


@pytest.mark.on_sqlite
async def test_a_folder_for_backups_that_is_none_is_red(sound):
    sound.backup.folder.touch()
    await finds(sound, "백업", "backup.folder를 고쳐 주세요")


@pytest.mark.on_postgres
async def test_missing_tools_of_postgresql_are_red(sound, tmp_path):
    backup = sound.backup.model_copy(update={"tools": tmp_path})
    await finds(sound.model_copy(update={"backup": backup}), "백업", "pg_dump 프로그램이 필요합니다")


# --- with Telegram ---


@pytest.fixture
def telegram(sound, api):
    """The same district with a bot, and what differs from that."""

    def telegram(**differing):
        section = {"token": api.token, "api_url": api.url, **differing.pop("telegram", {})}
        given = {
            **SOUND,
            **{name: {**SOUND[name], **values} for name, values in differing.items()},
            "telegram": section,
        }
        return Settings(**given, key_file=sound.key_file, database=sound.database, backup=sound.backup)

    return telegram


WEBHOOK = {"mode": "webhook", "webhook_secret": "a-secret-of-16-signs"}


@pytest.mark.on_sqlite
async def test_with_telegram_all_is_green_too(telegram):
    assert (await reds(telegram()), await reds(telegram(telegram=WEBHOOK))) == ([], [])


@pytest.mark.on_sqlite
@pytest.mark.parametrize("phone", ["02-000-0000", "02)000-0000", "031-0000-0000"])
async def test_a_telephone_number_of_the_example_is_red(telegram, phone):
    await finds(telegram(organization={"phone": phone}), "전화번호", "organization.phone")


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8080", "http://localhost", "https://[::1]", "http://0.0.0.0", "http://192.168.0.3", "http://pc"],
)
async def test_an_address_that_no_resident_can_open_is_red(telegram, url):
    await finds(telegram(web={"public_url": url}), "공개 주소", "web.public_url")


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("url", "words"), [("http://learn.example.kr", "https"), ("https://learn.example.kr:8080", "포트")]
)
async def test_a_webhook_that_telegram_would_refuse_is_red(telegram, url, words):
    await finds(telegram(web={"public_url": url}, telegram=WEBHOOK), "텔레그램", words, "web.public_url")


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("mode", "webhook", "words"),
    [
        ("polling", "https://learn.example.kr/telegram", "mode는 polling인데 웹훅이 걸려"),
        ("polling", "https://old.example/hook", "old.example"),
        ("webhook", "https://old.example/hook", "old.example"),
        ("webhook", "https://learn.example.kr/telegram", ""),
    ],
)
async def test_a_webhook_that_takes_the_messages_away_is_red(telegram, bot, mode, webhook, words):
    await bot.set_webhook(webhook)
    found = await reds(telegram(telegram=WEBHOOK if mode == "webhook" else {}))
    await bot.delete_webhook()
    assert ([words in red for red in found]) == ([True] if words else [])


@pytest.mark.on_sqlite
async def test_a_token_that_is_wrong_is_red(telegram):
    await finds(telegram(telegram={"token": "123456:another"}), "텔레그램", "BotFather")


@pytest.mark.on_sqlite
@pytest.mark.parametrize(("hours", "how"), [(1, "1시간 빠릅니다"), (-24, "1일 늦습니다"), (0, "")])
async def test_a_clock_far_from_that_of_telegram_is_red(telegram, monkeypatch, hours, how):
    from bot.checks import telegram as checked

    class Turned(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(hours=hours, seconds=20 if hours > 0 else -20 if hours else 0)

    monkeypatch.setattr(checked, "datetime", Turned)
    assert [how in red for red in await reds(telegram())] == ([True] if how else [])

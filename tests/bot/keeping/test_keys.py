"""The key file: made once, only for its owner, and never replaced."""

from concurrent.futures import ThreadPoolExecutor
from unittest.mock import Mock

import pytest

from bot.keeping import keys
from bot.settings import Settings, SettingsError
from bot.terminal.command import opened
from storage.engine import schema
from storage.keys.keyring import Key, Ring
from tests.support.domain import KEY, write_key


def test_a_key_is_made_once_and_is_only_for_its_owner(tmp_path):
    path = tmp_path / "keys" / "baeumtok.key"
    assert keys.seal(path).digest("a") == keys.seal(path).digest("a")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["baeumtok.key"]


async def test_who_makes_a_key_is_told_where_it_is_and_to_keep_it_elsewhere(tmp_path, logged):
    settings = Settings(
        key_file=tmp_path / "baeumtok.key", database={"url": f"sqlite+aiosqlite:///{tmp_path}/var/a.db"}
    )
    for _ in range(2):
        await (await keys.open_sealed(settings)).close()
    (told,) = [each for each in logged.messages if f"{settings.key_file}" in each]
    assert [word for word in ("사본을 두세요", "다른 폴더로 옮기고") if word not in told] == []


def test_a_file_of_several_keys_is_read_as_it_was_written(tmp_path):
    path, ring = tmp_path / "baeumtok.key", Ring((Key(KEY),)).expecting(b"1" * 32)
    keys.seal(path)
    for each in (ring, ring.turned(), ring.turned().freed(), ring.turned().freed().expecting(b"2" * 32)):
        keys.replace(path, each)
        assert keys.read(path).ring.written() == each.written()
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_installations_have_different_keys(tmp_path):
    assert keys.seal(tmp_path / "a").digest("a") != keys.seal(tmp_path / "b").digest("a")


def test_who_starts_at_once_gets_one_key(tmp_path):
    with ThreadPoolExecutor(20) as pool:
        seals = list(pool.map(keys.seal, [tmp_path / "baeumtok.key"] * 20))
    assert len({seal.digest("a") for seal in seals}) == 1


def test_what_a_process_left_half_written_is_in_nobodys_way(tmp_path, monkeypatch):
    path = tmp_path / "baeumtok.key"
    monkeypatch.setattr(keys.os, "getpid", lambda: 1)  # as in a container, each time
    monkeypatch.setattr(keys.os, "fsync", Mock(side_effect=[KeyboardInterrupt, None]))
    with pytest.raises(KeyboardInterrupt):
        keys.seal(path)
    assert keys.seal(path).ring.written() == keys.read(path).ring.written()


@pytest.mark.parametrize(
    "content", ["", "zz", "00" * 31, "열쇠", "next", f"next {'00' * 32}", f"{'00' * 32}\nold {'00' * 32}"]
)
def test_what_is_no_key_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "baeumtok.key"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match="열쇠 파일이 아닙니다"):
        keys.seal(path)
    assert path.read_text(encoding="utf-8") == content


def test_a_place_that_can_not_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="key_file"):
        keys.seal(tmp_path / "file" / "baeumtok.key")


async def test_a_key_that_is_lost_is_not_replaced_while_something_is_sealed_with_it(tmp_path, database_url):
    settings = Settings(key_file=tmp_path / "baeumtok.key", database={"url": database_url})
    write_key(tmp_path)
    async with opened(settings) as database:
        await database.write(schema.upgrade)
    settings.key_file.unlink()
    with pytest.raises(SettingsError, match="되돌려 놓아"):
        await keys.open_sealed(settings)
    assert not settings.key_file.exists()

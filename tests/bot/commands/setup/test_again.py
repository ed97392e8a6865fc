"""A file that is there: left as it is without --force; with it, what nobody answered stays, and the old one beside."""

import signal
import tomllib
from errno import ENOSPC
from threading import get_ident

from bot.commands.setup import beginning
from tests.support.commands import bot

OWN = """# ours
[organization]
team = "우리팀"  # since spring
phone = "02-1234-5678"

[retention]
talk = "30일"
"""


def files(config):
    return sorted(each.name for each in config.parent.iterdir())


def test_a_file_that_is_there_stays(bare, flags):
    bare.write_text(OWN)
    code, said = bot(bare, "setup", *flags)
    assert (code, "--force" in said, bare.read_text(), files(bare)) == (1, True, OWN, ["config.toml"])


def test_with_force_comments_and_other_settings_stay_and_the_old_file_too(bare, flags):
    bare.write_text(OWN)
    code, said = bot(bare, "setup", *flags[2:], "--force")
    assert code == 0, said
    text = bare.read_text()
    assert ("# ours" in text, '"우리팀"  # since spring' in text) == (True, True)
    assert tomllib.loads(text)["retention"] == {"talk": "30일"}
    (before,) = bare.parent.glob("config-before-*.toml")
    assert (before.read_text(), f"{before}" in said, f"{before.stat().st_mode & 0o777:o}") == (OWN, True, "600")


def test_twice_is_as_once(bare, flags):
    first, _ = bot(bare, "setup", *flags)
    before, key = bare.read_text(), (bare.parent / "baeumtok.key").read_text()
    second, said = bot(bare, "setup", *flags, "--force")
    assert (first, second, "담당자 계정이 이미 있어" in said) == (0, 0, True), said
    assert (bare.read_text(), (bare.parent / "baeumtok.key").read_text()) == (before, key)
    assert files(bare) == ["baeumtok.key", "config.toml", "var"]


def test_after_a_setup_that_was_killed_before_the_file_was_written_it_goes_on(bare, flags):
    bot(bare, "setup", *flags)
    bare.unlink()
    code, said = bot(bare, "setup", *flags)
    assert (code, "담당자 계정이 이미 있어" in said, bare.exists()) == (0, True, True), said


def test_a_file_that_can_not_be_read_is_left(bare, flags):
    bare.write_text("[organization\n")
    code, said = bot(bare, "setup", *flags, "--force")
    assert (code, "번째 글자" in said, files(bare)) == (1, True, ["config.toml"]), said


def test_a_database_whose_settings_can_not_be_written_goes_again(bare, flags, monkeypatch):
    def full(*_, **__):
        assert files(bare) == ["baeumtok.key", "var"]
        raise OSError(ENOSPC, "no space left", f"{bare}")

    monkeypatch.setattr(beginning, "write_file", full)
    code, said = bot(bare, "setup", *flags)
    assert (code, "디스크가 가득 찼습니다" in said, files(bare)) == (1, True, []), said


def test_ctrl_c_comes_too_late_for_what_takes_a_second():
    done = []
    with beginning._uninterrupted():
        signal.pthread_kill(get_ident(), signal.SIGINT)
        done.append("all")
    assert done == ["all"]


def test_telegram_that_is_not_wanted_any_more_goes_out_of_the_file(bare, flags):
    bare.write_text(OWN + '[telegram]\ntoken = "123456:abc"\n')
    (bare.parent / "none").write_text("없음")
    code, said = bot(bare, "setup", *flags, "--force", "--telegram-token-file", f"{bare.parent}/none")
    assert (code, "telegram" in tomllib.loads(bare.read_text())) == (0, False), said

"""Commands as processes of their own: under both names they end as scripts rely on, and errors stand apart."""

import sys
from pathlib import Path

import pytest

from storage.engine import schema
from tests.support.commands import PYTHON_M_BOT, process

BAEUMTOK = (str(Path(sys.executable).with_name("baeumtok")),)


@pytest.mark.parametrize("program", [PYTHON_M_BOT, BAEUMTOK], ids=["python -m bot", "baeumtok"])
@pytest.mark.parametrize(
    ("words", "code", "told", "error"),
    [
        ("counseling", 0, "상담 0건", ""),
        ("draw T", 1, "", "이런 과정번호가 없습니다"),
        ("draw", 2, "", "명령을 잘못 쓰셨습니다"),
    ],
)
def test_a_process_ends_as_scripts_rely_on(config, program, words, code, told, error):
    ended, out, err = process(config, *words.split(), program=program)
    assert ended == code, (out, err)
    assert (told in out, bool(out)) == (True, bool(told)), out
    assert (error in err, bool(err)) == (True, bool(error)), err


def test_the_program_tells_its_version_and_that_of_its_tables(config):
    ended, out, err = process(config, "--version")
    assert (ended, out.split()[0], err) == (0, "baeumtok", "")
    assert f"(데이터베이스 {schema.newest()})" in out


def test_a_next_step_is_typed_as_the_process_was_started(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text(f'[database]\nurl = "sqlite+aiosqlite:///{tmp_path}/new.db"\n')
    for program, name in ((PYTHON_M_BOT, " -m bot"), (BAEUMTOK, "baeumtok")):
        _, _, err = process(config, "outbox", program=program)
        assert f"{name} migrate --config {config}" in err


def test_ctrl_c_while_the_program_is_still_being_loaded_ends_it_in_a_word(config):
    ended, out, err = process(config, program=(sys.executable, "-c", "import bot; raise KeyboardInterrupt"))
    assert (ended in (130, -2), out, err) == (True, "", "\n멈추었습니다.\n")

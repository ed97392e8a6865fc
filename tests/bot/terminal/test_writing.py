"""Officers' files are written whole or not at all, and over another one only when that was asked for."""

import os
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.terminal.writing import write_file
from handlers.staff.desk.declined import Declined
from tests.support import lacking


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file that is there already."""
    (tmp_path / "old.csv").write_bytes(b"old")
    return tmp_path / "old.csv"


def refused(path: Path, force: bool = False) -> str:
    with pytest.raises(Declined) as declined:
        write_file(path, b"new", force)
    return str(declined.value)


def left(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_new_file_is_written_and_nothing_beside_it(tmp_path):
    write_file(tmp_path / "new.csv", b"new")
    assert left(tmp_path) == {"new.csv": b"new"}


def test_a_file_that_is_there_is_left_unless_it_may_be_written_over(old):
    assert refused(old) == f"{old}: 이미 있는 파일이라 그대로 두었습니다. 덮어쓰려면 --force를 붙여 주세요."
    assert left(old.parent) == {"old.csv": b"old"}
    write_file(old, b"new", force=True)
    assert left(old.parent) == {"old.csv": b"new"}


def test_a_file_is_its_writers_alone_also_where_the_one_before_was_open_to_others(old):
    old.chmod(0o644)
    write_file(old, b"new", force=True)
    write_file(old.with_name("new.csv"), b"new")
    assert [path.stat().st_mode & 0o777 for path in (old, old.with_name("new.csv"))] == [0o600, 0o600]


def test_a_link_to_a_file_stays_a_link(old):
    link = old.with_name("link.csv")
    link.symlink_to(old)
    write_file(link, b"new", force=True)
    assert (link.is_symlink(), old.read_bytes()) == (True, b"new")


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("missing/new.csv", "폴더가 없습니다. 폴더를 먼저 만들거나"),
        (".", "폴더입니다. 파일 이름까지 적어 주세요"),
        ("old.csv/new.csv", "안에는 파일을 둘 수 없습니다. 다른 곳을 적어 주세요"),
        (f"{'길' * 100}.csv", "다른 곳을 적어 주세요"),
        ("/dev/null", "파일이 아닌 것의 이름입니다"),
    ],
)
def test_where_nothing_can_be_written_it_says_why_and_what_to_do(old, place, why, force):
    said = refused(old.parent / place, force)
    assert said.startswith(f"{old.parent / place}: 파일을 쓸 수 없습니다. ")
    assert why in said
    assert left(old.parent) == {"old.csv": b"old"}


@pytest.mark.skipif(os.geteuid() == 0, reason=lacking.ROOT)
def test_a_folder_without_permission_is_refused(old):
    old.parent.chmod(0o500)
    try:
        assert "쓸 권한이 없거나" in refused(old, force=True)
    finally:
        old.parent.chmod(0o700)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(old, monkeypatch, step):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), full)
    assert "디스크가 가득 찼습니다. 자리를 비우거나 다른 곳을" in refused(old, force=True)
    assert left(old.parent) == {"old.csv": b"old"}


@pytest.mark.parametrize("of", ["courses", "surveys", "postings", "counseling", "questions"])
def test_a_template_that_can_not_be_written_is_refused_and_ends_with_1(old, monkeypatch, capsys, of):
    old = old.rename(old.with_suffix(".xlsx"))
    for place, why in (("missing/t.xlsx", "폴더가 없습니다"), ("old.xlsx", "--force")):
        monkeypatch.setattr("sys.argv", ["bot", "import", "--of", of, "--template", str(old.parent / place)])
        assert main() == 1
        assert why in capsys.readouterr().err
    monkeypatch.setattr("sys.argv", ["bot", "import", "--of", of, "--template", str(old), "--force"])
    assert main() == 0
    assert old.read_bytes().startswith(b"PK")

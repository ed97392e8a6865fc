"""Bringing in files beside a service: what is done to a database that is old, new or up to date."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text

from bot.terminal.typed import typed
from handlers.staff.desk.told import Step
from storage import tables
from storage.database import Transaction
from storage.engine import schema
from storage.engine.opening import open_database
from tests.support.commands import bot
from tests.support.domain import SEAL, write_key

COURSE = (
    "과정번호,과정명,학기,장소,정원,접수시작,접수종료,시작일,종료일,요일,시작시간,종료시간\n"
    "26-01,꽃차,2026년 하반기,실습실 A,15,2026-11-02 09:00,2026-11-13,2026-12-01,2026-12-29,화,10:00,13:00\n"
)
OLD = "0006"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Settings that name a database that isn't there yet, and a good file."""
    write_key(tmp_path)
    (tmp_path / "config.toml").write_text(f'[database]\nurl = "{_url(tmp_path)}"\n')
    (tmp_path / "courses.csv").write_text(COURSE)
    return tmp_path


def imports(folder: Path, *words: str) -> tuple[int, str]:
    return bot(folder / "config.toml", "import", f"{folder}/courses.csv", *words)


def _url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/t.db"


def in_database(folder: Path, work: Callable[[Transaction], Any]) -> Any:
    async def at_once() -> Any:
        database = await open_database(_url(folder), SEAL)
        try:
            return await database.write(work)
        finally:
            await database.close()

    return asyncio.run(at_once())


def program() -> str:
    """How a started process names itself."""
    python = Path(sys.executable)
    here = Path.cwd()
    return f"{python.relative_to(here) if python.is_relative_to(here) else python} -m bot"


def revision(tx):
    return MigrationContext.configure(tx).get_current_revision()


def count_courses(tx):
    return tx.execute(select(func.count()).select_from(tables.courses)).scalar_one()


@pytest.mark.parametrize("words", [("--check",), (), ("--answers", "S"), ("--answers", "S", "--check")])
def test_an_older_database_beside_a_running_service_is_left_as_it_is(folder, words):
    in_database(folder, lambda tx: command.upgrade(schema._config(tx), OLD))
    code, said = imports(folder, *words)
    assert (code, "먼저 새 버전으로 바꾸려면: " in said) == (1, True), said
    assert in_database(folder, revision) == OLD


def test_a_database_that_is_new_is_set_up_and_filled_at_once(folder):
    code, said = imports(folder)
    assert (code, "새로 1개" in said) == (0, True), said
    assert in_database(folder, count_courses) == 1


def test_checking_in_a_new_database_takes_nothing_in_and_says_how_to(folder):
    code, said = imports(folder, "--check")
    assert said.startswith("확인만 했습니다.\n새로 1개, 바뀜 0개, 그대로 0개입니다.\n")
    step = f"import {folder}/courses.csv --config {folder}/config.toml"
    assert (code, said.endswith(f"등록하려면: {program()} {step}\n")) == (0, True), said
    assert in_database(folder, count_courses) == 0


def test_a_database_of_another_program_is_not_taken_for_a_new_one(folder):
    in_database(folder, lambda tx: tx.execute(text("CREATE TABLE of_others (id INTEGER)")))
    code, said = imports(folder)
    assert (code, "먼저 새 버전으로 바꾸려면: " in said) == (1, True), said


@pytest.mark.parametrize("words", [(), ("--check",)])
def test_a_file_with_a_wrong_cell_ends_with_1_and_no_next_step(folder, words):
    (folder / "courses.csv").write_text(COURSE.replace(",15,", ",많이,"))
    code, said = imports(folder, *words)
    assert (code, "‘정원’: ‘많이’" in said, "등록하려면" in said) == (1, True, False), said


def test_several_files_of_a_next_step_are_words_of_their_own():
    assert typed(Step("등록하려면", "import", {"files": ["a.csv", "b c.csv"]})).endswith(" import a.csv 'b c.csv'")


def many(folder: Path, count: int) -> None:
    """A file of so many good courses."""
    header, line = COURSE.splitlines()
    lines = [line.replace("26-01", f"26-{number:03}") for number in range(count)]
    (folder / "courses.csv").write_text("\n".join([header, *lines, ""]))


def test_a_long_file_is_told_in_short_and_written_whole(folder):
    many(folder, 40)
    code, said = imports(folder, "--check")
    assert (code, said.count("\n- 26-"), "외 10건" in said) == (0, 30, True)
    assert "모두 파일로 보려면: " in said
    code, said = imports(folder, "--check", "--write", f"{folder}/list.txt")
    assert (code, f"확인한 것을 {folder}/list.txt에 모두 적었습니다." in said) == (0, True)
    written = (folder / "list.txt").read_text(encoding="utf-8-sig")
    assert (written.count("\n- 26-"), "외 10건" in written) == (40, False)


def test_what_is_asked_about_is_taken_in_by_the_command_that_it_names(folder):
    (folder / "courses.csv").write_text(COURSE.replace("2026-11-13", "2026-11-13 6:00"))
    code, said = imports(folder)
    assert (code, "여쭐 것이 1가지 있어 아무것도 등록하지 않았습니다." in said) == (1, True)
    step = f"import {folder}/courses.csv --as-written --config {folder}/config.toml"
    assert said.endswith(f"적은 그대로가 맞으면: {program()} {step}\n")
    assert imports(folder, "--as-written")[0] == 0


def test_a_number_of_a_course_that_is_over_is_changed_only_when_it_is_named(folder):
    past = COURSE.replace("2026", "2023").replace("26-01", "23-01")
    (folder / "courses.csv").write_text(past)
    assert imports(folder, "--as-written")[0] == 0
    (folder / "courses.csv").write_text(past.replace("실습실 A", "실습실 B"))
    code, said = imports(folder)
    assert (code, "12월 26일(화)에 끝난 ‘꽃차’의 번호입니다" in said) == (1, True), said
    assert f"같은 과정이 맞으면: {program()} import {folder}/courses.csv --same-course 23-01" in said
    assert imports(folder, "--same-course", "23-02")[0] == 1
    assert imports(folder, "--same-course", "23-02,23-01")[0] == 0

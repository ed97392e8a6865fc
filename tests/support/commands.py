"""A command of an officer with the settings of a district: in this process, or in one of its own."""

import argparse
import io
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from threading import Thread
from unittest.mock import patch

from bot import __main__ as program
from bot.commands import GROUPS, load
from tests.support.service import process as service

SILENT = 60  # seconds
ECHO = b"^C\r\n"
ONCE_MORE = 2  # seconds after which whoever pressed in vain presses once more
PYTHON_M_BOT = (sys.executable, "-m", "bot")


def bot(config: Path, *words: str, stdin: str = "") -> tuple[int, str]:
    """How `python -m bot …` ends, and all that it says, on its output before its errors."""
    out, err, ended = io.StringIO(), io.StringIO(), []
    started = [program.__file__, *words, "--config", str(config)]

    def run() -> None:
        try:
            ended.append(program.main())
        except SystemExit as exit_:
            ended.append(exit_.code)

    asked = patch.multiple(sys, argv=started, stdin=io.StringIO(stdin))
    with asked, redirect_stdout(out), redirect_stderr(err):
        thread = Thread(target=run)  # which has no event loop yet, as a process at its start
        thread.start()
        thread.join()
    (code,) = ended
    return code, out.getvalue() + err.getvalue()


def commands() -> dict[str, argparse.ArgumentParser]:
    """All commands that there are, with what they take."""
    (subparsers,) = [each for each in program._parser()._actions if isinstance(each, argparse._SubParsersAction)]
    for group in GROUPS:
        load(group).add_to(subparsers)
    return dict(subparsers.choices)


def at_terminal(
    config: Path, *words: str, until: str, presses: bytes, answers: Sequence[tuple[str, str | None]] = (), **env: str
) -> tuple[int, str]:
    """How a process at a terminal ended, and all that it said, when this is typed at what it asks.

    Before that it is answered in turn: each answer comes once these words were said, or nothing but hearing them.
    """
    ours, theirs = pty.openpty()
    assert service.nursery
    command = [*words, "--config", str(config)]
    started = service.nursery().start(command, {**os.environ, **env}, (theirs, theirs, theirs), at_terminal=True)
    os.close(theirs)
    try:
        said = _in_turn(ours, (*answers, (until, None))) + _pressed(ours, presses)
        started.ends_within(SILENT)
    finally:
        started.send_signal(signal.SIGKILL)
    os.close(ours)
    assert started.returncode is not None
    return started.returncode, said.decode()


def _in_turn(terminal: int, answers: Sequence[tuple[str, str | None]]) -> bytes:
    """All that it says until the last of these words; each is looked for after the one before."""
    said, heard = b"", 0
    for words, answer in answers:
        while (at := said.find(words.encode(), heard)) < 0:
            read = _read(terminal)
            assert read, f"not heard: {words}\n{said.decode()}"
            said += read
        heard = at + len(words.encode())
        if answer is not None:
            os.write(terminal, f"{answer}\n".encode())
    return said


def _pressed(terminal: int, presses: bytes) -> bytes:
    """All that it says after that. A signal that comes before it waits for the keyboard isn't noticed there."""
    said, read = b"", None
    for _ in range(SILENT // ONCE_MORE):
        with suppress(OSError):  # it has ended
            os.write(terminal, presses)
        while read := _read(terminal, ONCE_MORE):
            said += read
        if read is not None or said.strip(ECHO):
            break
    while read != b"" and (read := _read(terminal)):
        said += read
    return said


def _read(terminal: int, silent: float = SILENT) -> bytes | None:
    """What it says next; nothing once it is over, and None where it is silent for too long."""
    try:
        return os.read(terminal, 4096) if select.select([terminal], [], [], silent)[0] else None
    except OSError:  # how Linux tells that the other end is closed
        return b""


def process(
    config: Path, *words: str, program: Sequence[str] = PYTHON_M_BOT, is_read: bool = True, **env: str
) -> tuple[int, str, str]:
    """How a process ended, what it said, and what it said as an error; of one that isn't read nobody takes a line."""
    command = [*program, *words, "--config", str(config)]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env={**os.environ, **env}, **pipes) as started:
        assert started.stdout
        assert started.stderr
        if not is_read:
            started.stdout.close()
        out = started.stdout.read() if is_read else b""
        err = started.stderr.read()
    return started.returncode, out.decode(errors="replace"), err.decode(errors="replace")

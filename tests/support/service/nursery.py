"""A process that has loaded the program and does nothing with it but fork: what is started so is there at once.

It is the same program from its first line on; only loading it, most of what a start costs, is done once for many.
"""

import asyncio
import fcntl
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[3]
LOADED = (
    *("bot.commands.serving", "bot.commands.setup.command", "bot.channels.telegram.service"),
    *("uvicorn", "apscheduler.schedulers.asyncio"),
)
MOST = 2**20  # bytes of a request
PEACE = 0.01  # seconds between two looks at whether a process is over


class Forked:
    """What `asyncio.subprocess.Process` is for its starter; the nursery tells how it ends."""

    def __init__(self, telling: socket.socket) -> None:
        self._telling = telling
        self.pid = int(telling.recv(100))
        self._code: int | None = None
        telling.setblocking(False)

    @property
    def returncode(self) -> int | None:
        if self._code is None:
            try:
                self._code = int(self._telling.recv(100))
            except BlockingIOError:
                return None
            self._telling.close()
        return self._code

    def ends_within(self, seconds: float) -> None:
        """For who has no loop."""
        until = time.monotonic() + seconds
        while self.returncode is None and time.monotonic() < until:
            time.sleep(PEACE)

    async def wait(self) -> int:
        while self.returncode is None:
            await asyncio.sleep(PEACE)
        return self._code or 0

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)


class Nursery:
    """Lives as long as whoever began it."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = (sys.executable, "-m", __name__, str(theirs.fileno()))
        self._process = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()])
        theirs.close()

    def start(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        files: tuple[int, int, int],
        at_terminal: bool = False,
    ) -> Forked:
        """`python -m bot` with these words, which reads and writes these files."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        asked = {"words": list(words), "environment": dict(environment), "at_terminal": at_terminal}
        socket.send_fds(self._control, [json.dumps(asked).encode()], [theirs.fileno(), *files])
        theirs.close()
        return Forked(ours)

    def end(self) -> None:
        self._control.close()
        self._process.wait()


def main(control: socket.socket) -> None:
    for each in LOADED:
        import_module(each)
    gc.collect()
    gc.freeze()
    heard, hear = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(hear)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    children: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([control, heard], [], [])
        if heard in ready:
            os.read(heard, 1000)
            _tell_who_ended(children)
        if control in ready:
            asked, files, *_ = socket.recv_fds(control, MOST, 4)
            if not asked:
                return
            telling, given = socket.socket(fileno=files[0]), files[1:]
            pid = os.fork()
            if not pid:
                _become(json.loads(asked), given)
            for each in given:
                os.close(each)
            children[pid] = telling
            telling.send(str(pid).encode())


def _tell_who_ended(children: dict[int, socket.socket]) -> None:
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        with children.pop(pid) as telling:
            telling.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(asked: dict[str, Any], files: Sequence[int]) -> NoReturn:
    """As a new process begins: the usual signals, nothing open but what it was given."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, given in enumerate(files):
        os.dup2(given, number)
    os.closerange(3, 1000)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115 - till it ends
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    if asked["at_terminal"]:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["bot", *asked["words"]]
    gc.unfreeze()
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
    sys.exit()


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))

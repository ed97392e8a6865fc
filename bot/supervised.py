"""What the process tells whoever started it, as systemd's notify protocol has it: that it is ready, well, or ending."""

import logging
import os
import socket
from datetime import timedelta

log = logging.getLogger(__name__)

NAME = "supervisor"
READY, WELL, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


def tell(state: str) -> None:
    """To nobody where the process wasn't started so. A supervisor that can't be told is no reason to stop."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    where = f"\0{address[1:]}" if address.startswith("@") else address
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
            out.sendto(state.encode(), where)
    except OSError as error:
        log.warning("the supervisor can't be told error=%s", type(error).__name__)


def patience() -> timedelta | None:
    """For how long it takes silence; None where it doesn't watch, or watches another process."""
    watched, of = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
    if not watched.isdigit() or int(watched) == 0 or of not in ("", str(os.getpid())):
        return None
    return timedelta(microseconds=int(watched))


async def say_well() -> None:
    """By a tick of the clock: one that doesn't come says that nothing else moves either."""
    tell(WELL)

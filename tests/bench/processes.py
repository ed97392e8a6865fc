"""What another process has taken: processor time and memory, as the kernel tells it."""

import time
from dataclasses import dataclass
from pathlib import Path

_WHOLE_PROCESS = 2  # of the bits that name a clock: what all threads of a process have spent on a processor


@dataclass(frozen=True)
class Memory:
    """In MB. `rss` counts what is shared with other processes whole, `pss` its part."""

    rss: float
    pss: float


def cpu_seconds(pid: int) -> float:
    """User and system time of all threads so far, of a process that is running."""
    return time.clock_gettime(~pid << 3 | _WHOLE_PROCESS)


def memory(pid: int) -> Memory:
    told = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines())
    sizes = {line[0]: int(line[1]) / 1024 for line in told if line[0] in ("Rss:", "Pss:")}
    return Memory(sizes["Rss:"], sizes["Pss:"])

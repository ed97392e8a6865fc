"""`python -m tests.soak`: the service under load and every trouble that can be made, and what it kept of its word."""

import argparse
import asyncio
import os
import random
import signal

from tests.soak.ground import Kind
from tests.soak.running import soak

KINDS: tuple[Kind, ...] = ("sqlite", "postgres")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=None, help="the same order of troubles as before")
    parser.add_argument("--database", choices=KINDS, default=None, help="one only; else half of the time on each")
    parser.add_argument("--short", action="store_true", help="the cheap troubles, once")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="these troubles alone")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: os.kill(os.getpid(), signal.SIGINT))  # it ends what it started
    seed = random.randrange(10_000) if given.seed is None else given.seed
    kinds = [given.database] if given.database else list(KINDS)
    faults = []
    for kind in kinds:
        print(f"soak on {kind}, seed {seed}", flush=True)
        faults += asyncio.run(soak(kind, seed, given.minutes * 60 / len(kinds), given.short, given.only))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The cheap troubles once, in the order of a fixed seed; `make soak` has all of them for as long as one likes."""

import os

from tests.soak.running import soak

SEED = int(os.environ.get("BAEUMTOK_SEED", "7"))


async def test_nothing_is_lost_and_nothing_happens_twice_whatever_breaks():
    assert await soak("sqlite", SEED, 600, is_short=True) == []

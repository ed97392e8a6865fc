"""Who gets a place for a stream when there are too few."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from bot.channels.web.live import A_SESSION, AN_ADDRESS, STRANGERS, Bell, Live
from tests.support.web.site import Site
from tests.support.web.visitors import WebVisitor

MOST = 40


class Crowd:
    """Streams that stay open."""

    def __init__(self, live: Live, stack: ExitStack) -> None:
        self.live, self._stack = live, stack

    def opens(self, address: str, client: str, is_stranger: bool = False) -> Bell | None:
        bell = self.live.open(address, client, is_stranger)
        if bell:
            self._stack.enter_context(self.live._listening(address, bell))
        return bell

    def open(self, count: int, client: str = "", **how: Any) -> list[Bell]:
        """Of that many sessions, each from an address of its own unless one is given."""
        found = [self.opens(f"{client}{how}{n}", client or str(n), **how) for n in range(count)]
        return [bell for bell in found if bell]


@pytest.fixture
async def crowd(site: Site) -> Iterator[Crowd]:
    with ExitStack() as stack:
        yield Crowd(Live(site.database, "web", site.chat._tell_due, MOST), stack)


async def test_made_up_sessions_take_a_small_share_and_those_who_spoke_the_rest(crowd: Crowd) -> None:
    assert len(crowd.open(1000, is_stranger=True)) == MOST // STRANGERS
    assert len(crowd.open(MOST - MOST // STRANGERS)) == MOST - MOST // STRANGERS
    assert crowd.opens("one more made up", "x", is_stranger=True) is None


async def test_a_made_up_session_makes_way_for_one_that_spoke(crowd: Crowd) -> None:
    strangers = crowd.open(MOST, is_stranger=True)
    crowd.open(MOST - len(strangers))
    assert crowd.opens("spoke", "y") is not None
    assert sum(bell.is_over for bell in strangers) == 1


async def test_who_speaks_is_no_stranger_any_more(crowd: Crowd) -> None:
    strangers = crowd.open(MOST, is_stranger=True)
    crowd.live.wake("{'is_stranger': True}0")
    assert [bell.is_stranger for bell in strangers[:2]] == [False, True]


async def test_one_address_does_not_take_the_places_of_all(site: Site) -> None:
    with ExitStack() as stack:
        crowd = Crowd(Live(site.database, "web", site.chat._tell_due), stack)
        assert len(crowd.open(1000, client="one")) == AN_ADDRESS
        assert crowd.opens("somebody", "another") is not None


async def test_250_made_up_cookies_leave_a_place_to_who_spoke(site: Site, web_visitor: WebVisitor) -> None:
    live = site.chat._live
    with ExitStack() as stack:
        crowd = Crowd(live, stack)
        for _ in range(A_SESSION):
            crowd.open(250, client="127.0.0.2", is_stranger=True)
        await web_visitor.says("강좌")
        async with web_visitor.listening() as stream:
            assert stream.status == 200

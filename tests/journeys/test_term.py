"""A whole term, from the first news to the certificates, against a timetable that was written by hand."""

import secrets

import pytest
from sqlalchemy import select

from handlers.seating import lottery
from storage.tables import outbox
from tests.support.clock.plot import TIMETABLE, plays
from tests.support.clock.term import lines, term


@pytest.mark.on_sqlite
@pytest.mark.filterwarnings("ignore:Please use 'Bot")
async def test_everybody_is_told_everything_once_at_its_time_and_nobody_at_night(school, settings, monkeypatch):
    monkeypatch.setattr(secrets, "token_hex", lambda size: "0b" * size)
    monkeypatch.setattr(lottery, "_shuffle", list.reverse)
    async with term(school, settings, "11-21 10:00") as running:
        await plays(running)
        assert [push.line for push in running.pushes] == lines(TIMETABLE)
    rows = await school.rows(select(outbox.c.outcome))
    assert [row.outcome for row in rows] == ["sent"] * len(running.pushes)

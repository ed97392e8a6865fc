"""Logs: one line an event, and nothing in them that must not be read."""

import logging
import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from bot.logs import OneLine
from bot.ticks.heartbeats import Heartbeats


def line(message, *args, secrets=(), error=None):
    info = (type(error), error, error.__traceback__) if error else None
    return OneLine(secrets).format(logging.LogRecord("bot", logging.INFO, __file__, 1, message, args, info))


def test_a_traceback_stays_on_its_line():
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        assert "\n" not in line("bug", error=error)


@pytest.mark.parametrize(
    ("code", "is_told"), [(sqlite3.SQLITE_FULL, "disk is full"), (sqlite3.SQLITE_ERROR, "Traceback")]
)
def test_what_the_database_ails_from_is_told_in_a_word_and_a_bug_with_its_traceback(code, is_told):
    cause = sqlite3.OperationalError("of the driver")
    cause.sqlite_errorcode = code
    try:
        raise OperationalError("UPDATE", {}, cause)
    except OperationalError as error:
        shown = line("message not answered", error=error)
    assert [each for each in ("disk is full", "Traceback") if each in shown] == [is_told]


def test_secrets_and_registration_numbers_are_masked():
    shown = line("url=%s said=%s", "https://x/bot1:hush/getMe", "900101-1234567", secrets=("1:hush",))
    assert "hush" not in shown
    assert "1234567" not in shown


def test_a_registration_number_in_two_lines_is_masked_before_they_become_one():
    assert "1234567" not in line("said=%s", "900101\n1234567")
    assert "1234567" not in line("said=%r", "900101\n1234567")


def test_what_is_silent_for_too_long_is_a_fault(monkeypatch):
    from bot.ticks import heartbeats

    now = [0.0]
    monkeypatch.setattr(heartbeats.time, "monotonic", lambda: now[0])
    hearts = Heartbeats()
    hearts.expect("poller", heartbeats.timedelta(seconds=30))
    now[0] = 29
    assert hearts.faults() == []
    now[0] = 31
    assert "poller" in hearts.faults()[0]
    hearts.beat("poller")
    assert hearts.faults() == []

"""Logs: one line an event, and nothing in them that must not be read."""

import logging

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

"""Reasons as they are stored, now and before there were any."""

import pytest

from storage import reasons
from storage.reasons import Reason


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("detail", ["", "Bad Request: something new", "telegram"])
def test_what_is_written_is_read_back(reason: Reason, detail: str):
    assert reasons.read(reasons.write(reason, detail)) == (reason, detail)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no address that can be written to", (Reason.NO_ADDRESS, "")),
        ("the process ended while sending", (Reason.INTERRUPTED, "")),
        ("RetryAfter", (Reason.TOLD_TO_WAIT, "")),
        ("unreachable in telegram", (Reason.UNREACHABLE, "telegram")),
        ("refused: Something new", (Reason.REFUSED, "Something new")),
        ("TimedOut: sent, but not answered in time", (Reason.NO_ANSWER, "TimedOut: sent, but not answered in time")),
        ("LookupError", (None, "LookupError")),
        ("nobody: knows", (None, "nobody: knows")),
    ],
)
def test_sentences_of_older_rows_are_read_too(written: str, read: tuple[Reason | None, str]):
    assert reasons.read(written) == read

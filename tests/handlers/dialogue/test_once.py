"""What one-time links are for."""

from datetime import timedelta

import pytest

from handlers.dialogue import once
from handlers.dialogue.forms import handing_over
from handlers.dialogue.reply import Reply


def test_a_purpose_has_one_handler_and_one_time(monkeypatch):
    monkeypatch.setattr(once, "_purposes", dict(once._purposes))
    with pytest.raises(ValueError, match="two purposes named form"):
        once.opens("form", timedelta(days=1))(lambda chat, subject: Reply(subject))
    assert (once.find("form").lasts, once.find("nothing")) == (handing_over.LASTS, None)

"""Why a notice did not arrive, in officers' words."""

import re
from datetime import UTC, datetime

import pytest

from bot.settings import Settings
from handlers.staff.desk.desk import Desk
from handlers.staff.notices import owed
from storage.reasons import Reason


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return Desk(settings.house, datetime(2026, 11, 23, tzinfo=UTC))


def test_officers_have_words_for_every_reason():
    assert set(owed.REASONS) == set(Reason)
    assert [words for words in owed.REASONS.values() if not re.fullmatch("[가-힣 ]+", words)] == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("no_address", "쓸 수 있는 대화방이 없음"),
        ("refused: Something new", "받아 주지 않음: Something new"),
        ("unreachable: telegram", "텔레그램에서 막음"),
        ("unreachable: pigeon", "대화방에서 막음: pigeon"),
        ("unreachable in telegram", "텔레그램에서 막음"),
        ("not true any more", "더는 맞지 않아 보내지 않음"),
        ("LookupError", "LookupError"),
    ],
)
def test_a_reason_is_shown_with_what_the_channel_says(desk: Desk, written: str, shown: str):
    assert owed.reason(desk, written) == shown

"""What is kept for how long, as an operator sees it, and how much would go."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot import settings
from bot.settings import SettingsError
from storage.engine.opening import open_database
from storage.tables import drafts, residents
from tests.support.commands import bot
from tests.support.domain import SEAL


@pytest.fixture
def with_drafts(config, sqlite_url):
    """Two forms were left half filled in: one long ago, and one that is over in two weeks."""

    def leave(tx):
        now = datetime.now(UTC)
        person = tx.execute(residents.insert().values(language="ko", created_at=now).returning(residents.c.id)).scalar()
        for form, days in (("enroll", 40), ("counsel", 16)):
            draft = {"resident_id": person, "form": form, "subject": 0, "log": [], "touched_at": now - timedelta(days)}
            tx.execute(drafts.insert().values(draft))

    async def once():
        database = await open_database(sqlite_url, SEAL)
        await database.write(leave)
        await database.close()

    asyncio.run(once())
    return config


def test_the_periods_are_told_as_the_settings_have_them(config):
    config.write_text(f'{config.read_text()}[retention]\nattended = "4년"\n')
    code, said = bot(config, "retention")
    assert code == 0
    assert "강좌가 끝난 날부터 4년" in said
    assert "접속기록" in said
    assert "마지막으로 지운 밤: 아직 없습니다." in said


def test_what_would_go_is_counted_and_nothing_goes(with_drafts):
    for _ in range(2):
        code, said = bot(with_drafts, "retention", "--check")
        assert (code, "오늘 밤: 쓰다 만 신청 1건" in said, "30일 안에: 쓰다 만 신청 2건" in said) == (0, True, True)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('talk = "석 달"', "retention.talk: 지금 ‘석 달’입니다. 기간을 ‘90일’, ‘6개월’, ‘5년’처럼"),
        ("talk = 90", "retention.talk: 지금 ‘90’입니다. 기간을"),
        ('talk = "0일"', "기간을"),
        ('talk = "101년"', "기간을"),
        ('notices = "30일"', "90일보다 짧을 수 없습니다"),
        ('access_log = "11개월"', "적어도 1년"),
        ('name = "1년"', "retention.name: 모르는 설정입니다"),
    ],
)
def test_a_period_that_is_none_or_too_short_is_refused_with_what_is_right(config, written, said):
    config.write_text(f"{config.read_text()}[retention]\n{written}\n")
    with pytest.raises(SettingsError) as refused:
        settings.load(config)
    assert said in str(refused.value)

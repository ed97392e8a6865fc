"""What can go wrong on the way out, and what becomes of whom nothing can be sent to."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.messages.answering import Answering
from bot.messages.delivery import DeliveryError, Gone, Later, Undeliverable, Unknown
from bot.messages.incoming import Incoming
from bot.messages.inflow import Inflow
from handlers.dialogue.conversation import Said
from handlers.dialogue.reply import Reply
from storage.reasons import Reason
from storage.tables import addresses, inbox


@pytest.mark.parametrize(
    ("error", "written"),
    [
        (Later(timedelta(seconds=1), Reason.TOLD_TO_WAIT), "told_to_wait"),
        (Undeliverable(Reason.REFUSED, "too long"), "refused: too long"),
        (Gone(), "unreachable"),
        (Unknown(Reason.NO_ANSWER, "TimedOut"), "no_answer: TimedOut"),
    ],
)
def test_an_error_reads_as_its_reason_is_stored(error: DeliveryError, written: str):
    assert str(error) == written


class Wall:
    """The network's edge, where everybody has blocked us."""

    async def deliver(self, message: Incoming, reply: Reply) -> None:
        raise Gone


async def test_whose_chat_is_gone_is_written_to_no_more(school, settings, resident):
    await resident(1).goes_to("reminders/all/off")
    inflow = Inflow("telegram", Answering(school.database, settings.to_organization(), lambda: school.now), Wall())
    await inflow.take([Incoming("telegram", "k", "1", Said(text="도움말"), {"text": "도움말"})])
    await inflow.drain(10)
    assert [row.unreachable for row in await school.rows(select(addresses.c.unreachable))] == [True]
    assert [row.failure for row in await school.rows(select(inbox.c.failure).where(inbox.c.key == "k"))] == [
        Reason.UNREACHABLE
    ]

"""A rehearsal asks the database for all of its days together."""

from datetime import timedelta

from bot import demo
from bot.settings import Settings
from handlers.staff.notices import rehearsal
from tests.support.databases.statements import statements


async def test_a_month_of_the_demo_is_rehearsed_in_fewer_than_two_thousand_statements(school):
    await school.database.write(lambda tx: demo.fill(tx, school.now, Settings().to_organization()))
    first = school.now.date()
    with statements() as asked:
        calendar = await school.asks(rehearsal.rehearse, first, first + timedelta(days=30), False)
    assert len(calendar) > 100
    assert 100 < len(asked) < 2000

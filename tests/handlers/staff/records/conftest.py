"""What officers ask and do at the gate for one person."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.desk import Gate
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.told import Told
from storage.audit.journal import Officer
from tests.support.domain import SETTINGS, School


class Teller:
    """An officer who has somebody on the telephone."""

    def __init__(self, school: School, name: str = "가 주무관") -> None:
        self.school = school
        self.gate = Gate(school.database, SETTINGS.to_organization(), Officer(name, "10.0.0.9"), lambda: school.now)

    async def looks(self, work: Callable[..., Any], action: str = "person", purpose: str = "", **words: Any) -> Any:
        return await self.gate.look(action, words, partial(work, **words), lambda: purpose)

    async def does(self, act: Act, **words: Any) -> Told:
        return await self.gate.act(partial(acts.perform, act=act, args=words), act.name, words)

    async def previews(self, act: Act, **words: Any) -> Told:
        return await self.gate.preview(partial(acts.perform, act=act, args=words), act.name, words)


@pytest.fixture
def teller(school: School) -> Teller:
    return Teller(school)


@pytest.fixture
def tellers(school: School) -> Callable[[str], Teller]:
    """By the officer's name."""
    return partial(Teller, school)

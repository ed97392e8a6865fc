"""Somebody who calls, and an officer who enters what they say."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from handlers.staff.applicants import registering
from handlers.staff.desk import acts
from handlers.staff.desk.told import Told
from tests.support.domain import School

CALLER = {"name": "임꺽정", "birth_year": "1970", "mobile": "010-0000-0009", "dong": "청구동"}


@pytest.fixture
def calls(school: School) -> Callable[..., Awaitable[Told]]:
    """calls("T1"): somebody calls and is registered for this course; named arguments are the act's."""

    async def call(code: str, told: dict[str, str] | None = None, **more: Any) -> Told:
        args = {"channel": "phone", "aloud": True, **more}
        return await school.gets(
            acts.perform, registering.REGISTER, {"code": code, "told": {**CALLER, **(told or {})}, **args}
        )

    return call


@pytest.fixture
def does(school: School) -> Callable[..., Awaitable[Told]]:
    """does(act, …): an officer does it, and it stands in the journal."""

    async def do(act: acts.Act, **args: Any) -> Told:
        return await school.gets(acts.perform, act, args, again=True)

    return do

"""Who somebody is, as officers read it in every list of people on whom they have to act.

Nothing else writes names for officers, so nobody's is told without the journal's knowing whose.
"""

from typing import Protocol

from handlers.language.phones import print_mobile
from handlers.staff.desk.desk import Desk

WHO = ("이름", "태어난 해", "휴대전화")
"""The columns of what `who` tells."""


class Named(Protocol):
    """What somebody told of themselves."""

    @property
    def name(self) -> str | None: ...

    @property
    def birth_year(self) -> int | None: ...

    @property
    def mobile(self) -> str | None: ...


def who(desk: Desk, resident_id: int | None, one: Named) -> tuple[str, str, str]:
    """`resident_id` is None of somebody of whom nothing is known."""
    year = str(one.birth_year or "-")
    return name_of(desk, resident_id, one.name), year, print_mobile(one.mobile) if one.mobile else "번호 없음"


def name_of(desk: Desk, resident_id: int | None, called: str | None) -> str:
    if resident_id is not None:
        desk.seen.add(resident_id)
    return called or "이름 없음"

"""Who somebody is, as officers read it in every list of people on whom they have to act."""

from typing import Protocol

from handlers.language.phones import print_mobile

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


def who(one: Named) -> tuple[str, str, str]:
    year = str(one.birth_year or "-")
    return one.name or "이름 없음", year, print_mobile(one.mobile) if one.mobile else "번호 없음"

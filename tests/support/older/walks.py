"""Somebody of 68 in simple mode: the shortest way through a task, and what each screen of it asks of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from handlers.dialogue.reply import Reply, from_json
from storage.tables import inbox
from tests.support.domain import School, seen
from tests.support.older.phones import Phone

READS = 5.0
_SENTENCE = re.compile(r"[.?!]+(?:\s|$)|\n")


@dataclass(frozen=True)
class Shown:
    """A screen: its words, and what can be pressed on it."""

    reply: Reply
    labels: Sequence[str]

    @property
    def words(self) -> int:
        return len(seen(self.reply).split())

    @property
    def longest(self) -> str:
        """The longest sentence of it; facts and consents, which are the law's words, aside."""
        return max(_SENTENCE.split(self.reply.text), key=lambda each: len(each.split()))

    @property
    def is_consent(self) -> bool:
        return any("/answer/" in button.path and button.path.endswith("/yes") for button in self.reply.buttons)


@dataclass
class Walker:
    """Presses what is asked for, and turns to the next part where it isn't in sight."""

    phone: Phone
    school: School
    taps: int = 0
    typed: int = 0
    screens: list[Shown] = field(default_factory=list)

    async def says(self, text: str) -> None:
        self.typed += 1
        self.phone.watch.goes_on(READS)
        await self.phone.says(text)
        await self._looks()

    async def presses(self, wanted: str) -> None:
        while not (label := self._sees(wanted)):
            more = self._sees("더 보기")
            assert more, f"no {wanted!r} among {list(self.phone.labels)}: {self.phone.words[:200]}"
            await self._taps(more)
        await self._taps(label)

    def begins(self) -> None:
        self.taps, self.typed, self.screens = 0, 0, []

    @property
    def told(self) -> str:
        """As the table in docs/simple-mode.md has it."""
        return f"{self.taps} | {self.typed} | {len(self.screens)}"

    async def _taps(self, label: str) -> None:
        self.taps += 1
        self.phone.watch.goes_on(READS)
        await self.phone.taps(label)
        await self._looks()

    def _sees(self, wanted: str) -> str | None:
        bare = {re.sub(r"^(\d+\. |✓ )", "", label): label for label in self.phone.labels}
        found = (label for each, label in bare.items() if each.startswith(wanted[:12]))
        return next(found, "자세히 보기" if "자세히 보기" in bare else None)

    async def _looks(self) -> None:
        (newest,) = await self.school.rows(select(inbox.c.reply).order_by(inbox.c.id.desc()).limit(1))
        self.screens.append(Shown(from_json(newest.reply), list(self.phone.labels)))

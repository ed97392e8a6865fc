"""A clock that tests turn, and a post that keeps every notice as it was sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import handlers.clock  # noqa: F401
from bot.messages.courier import Courier
from bot.messages.delivery import Pushed, Way
from bot.messages.pace import Pace
from bot.settings import Settings
from bot.ticks.duties import Duties
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from handlers.notices import templates
from storage.notices.outbox import Owed
from tests.support.domain import School, seen
from tests.support.everywhere import check_everywhere


@dataclass(frozen=True)
class Letter:
    """`filled` is what it would be at a number, by the text that we ask senders to approve; "" where there is none."""

    at: datetime
    address: str
    reply: Reply
    kind: str
    filled: str

    @property
    def text(self) -> str:
        return seen(self.reply)

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.reply.all_buttons]


class Post:
    """The network's edge: takes every notice, or raises what was planned for an address."""

    def __init__(self, school: School) -> None:
        self._school = school
        self.letters: list[Letter] = []
        self.failing: dict[str, list[Exception]] = {}

    def dress(self, chat: Chat, owed: Owed, reply: Reply, dispatch: int) -> tuple[Reply, str, str]:
        facts = templates.values(chat, owed)
        return reply, owed.kind, templates.fill(templates.TEXTS[owed.kind].text, facts) if facts else ""

    async def push(self, address: str, said: tuple[Reply, str, str], attempt: int) -> Pushed:
        reply, *of_kind = said
        if self.failing.get(address):
            raise self.failing[address].pop(0)
        check_everywhere(reply)
        self.letters.append(Letter(self._school.now, address, reply, *of_kind))
        return Pushed(str(len(self.letters)))


class Clockwork:
    """`ticks` does what the service does every few seconds; time passes only by `until` and `passes`."""

    def __init__(self, school: School, settings: Settings) -> None:
        self.school = school
        self.post = Post(school)
        organization, now = settings.to_organization(), lambda: school.now
        self._duties = Duties(school.database, organization, now)
        ways = {"telegram": Way(self.post, Pace(10_000, second=0.0))}
        self._courier = Courier(school.database, organization, now, ways)

    async def ticks(self) -> list[Letter]:
        """What goes out at this moment."""
        before = len(self.post.letters)
        await self.plans()
        while await self._courier.deliver_due():
            pass
        return self.post.letters[before:]

    async def plans(self) -> None:
        """All but the sending."""
        await self._duties.give_seats()
        await self._duties.tend_surveys()
        await self._duties.ask_completers()
        await self._duties.plan_notices()

    async def until(self, moment: datetime, step: timedelta = timedelta(hours=1)) -> list[Letter]:
        """All that goes out from now until then."""
        before = len(self.post.letters)
        await self.ticks()
        while self.school.now < moment:
            self.school.now = min(self.school.now + step, moment)
            await self.ticks()
        return self.post.letters[before:]

    async def passes(self, step: timedelta = timedelta(hours=1), **time: float) -> list[Letter]:
        return await self.until(self.school.now + timedelta(**time), step)

    def sent_to(self, address: str) -> list[Letter]:
        return [letter for letter in self.post.letters if letter.address == address]

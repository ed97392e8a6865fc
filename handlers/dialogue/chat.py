"""A chat as handlers see it: who speaks, where, when, and how to answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol, TypeVar

from handlers.calendar.hours import DAY
from handlers.dialogue import texts
from handlers.dialogue.organization import ChannelTraits, Organization
from handlers.dialogue.reply import Button, Card, File, Reply
from handlers.language.days import dates
from storage.database import Transaction
from storage.people.residents import Resident

Step = tuple[str, str]  # (key of a label, path)
PAGE = "page"  # a page of ours, which a one-time link opens


class Refused(Exception):
    """A request that can't be granted: the key of its wording, data for it, and next steps to offer."""

    def __init__(self, key: str, *steps: Step, **data: Any) -> None:
        super().__init__(key)
        self.key = key
        self.steps = steps
        self.data = data
        self.head = ""  # whom it is about, where that isn't whoever speaks


class _Owned(Protocol):
    @property
    def resident_id(self) -> int: ...


Own = TypeVar("Own", bound=_Owned)
Read = TypeVar("Read")


@dataclass(frozen=True)
class Chat:
    """One message's view of the world; `now` is aware. `tx` can only write when an act or an answer is handled.

    `resident` is whom it is about: whoever speaks, or somebody for whom the `speaker` does.
    """

    tx: Transaction
    resident: Resident
    now: datetime
    channel: str
    address: str
    organization: Organization
    source: str = ""  # the network that it comes from, where people can't be told apart by their accounts
    speaker: Resident | None = None  # who speaks, where that isn't the resident
    is_on_page: bool = False  # said on a page of ours, in place of the channel
    known: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)  # see `read_once`

    @property
    def language(self) -> str:
        return self.resident.language

    @property
    def traits(self) -> ChannelTraits:
        """Of the channel; a kiosk, paper and whatever is off have none."""
        of_channel = self.organization.channels.get(self.channel, ChannelTraits())
        return replace(of_channel, stores_abroad=False, asks_on_page=False) if self.is_on_page else of_channel

    @property
    def place(self) -> str:
        """Where it is said."""
        return PAGE if self.is_on_page else self.channel

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.organization.timezone).date()

    def text(self, key: str, **data: Any) -> str:
        worded = texts.in_short(self.language, key) if self.resident.is_simple else key
        said = texts.unfilled(self.language, worded)
        if said is None:
            said = texts.fill(self.language, worded, data, self.organization.named_in(self.language))
        return said

    def button(self, key: str, path: str, **data: Any) -> Button:
        return Button(self.text(f"labels.{key}", **data), path)

    def reply(
        self,
        key: str,
        *buttons: Button,
        cards: Sequence[Card] = (),
        links: Sequence[Button] = (),
        file: File | None = None,
        **data: Any,
    ) -> Reply:
        return Reply(self.text(key, **data), tuple(cards), buttons, tuple(links), file)

    def page(self, key: str, *buttons: Button, links: Sequence[Button] = (), **more: Any) -> Reply:
        """A reply whose last link leads to the menu."""
        return self.reply(key, *buttons, links=[*links, self.button("menu", "menu")], **more)

    def refusal(self, refused: Refused) -> Reply:
        steps = (self.button(label, path) for label, path in refused.steps)
        page = self.page(refused.key, *steps, **refused.data)
        return replace(page, text=f"{refused.head}\n\n{page.text}") if refused.head else page

    def turns(self, path: str, page: int, has_more: bool, of: str = "courses") -> list[Button]:
        """To the next page of a list, and to the one before."""
        after = [self.button(f"next_{of}", f"{path}/{page + 1}")] if has_more else []
        return after + ([self.button(f"previous_{of}", f"{path}/{page - 1}")] if page else [])

    def facts(self, values: Mapping[str, str], of: str = "") -> tuple[tuple[str, str], ...]:
        """Without those that are empty, named as the table `facts` does, or that of a capability: `jobs.facts`."""
        table = f"{of}.facts" if of else "facts"
        return tuple((self.text(f"{table}.{name}"), value) for name, value in values.items() if value)

    def own(self, record: Own | None, key: str, *steps: Step) -> Own:
        """The record, if it is this resident's; else it is refused, as is one that nobody has."""
        if record is None or record.resident_id != self.resident.id:
            raise Refused(key, *steps)
        return record

    def read_once(self, read: Callable[["Chat"], Read]) -> Read:
        """What this reads of the resident, as it was when the message came: the first time, and then from memory."""
        here = (read, self.resident.id)
        if here not in self.known:
            self.known[here] = read(self)
        known: Read = self.known[here]
        return known

    def day(self, day: date) -> str:
        return dates.day(day, self.language, today=self.today)

    def near_moment(self, moment: datetime) -> str:
        """오늘 오후 2시, 내일 오후 2시, or the moment with its date."""
        there = moment.astimezone(self.organization.timezone)
        near = {self.today: "today", self.today + DAY: "tomorrow"}.get(there.date())
        clock = dates.clock(there.time(), self.language)
        return self.text(f"day.{near}", clock=clock) if near else self.moment(moment)

    def moment(self, moment: datetime) -> str:
        return dates.moment(moment, self.language, self.organization.timezone)

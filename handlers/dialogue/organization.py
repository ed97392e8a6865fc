"""The organization that speaks: its names, its place and time, and its hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers.calendar.attending import AttendanceRules
from handlers.calendar.hours import Hours
from handlers.calendar.published import PublicValue
from handlers.dialogue.texts import LANGUAGES
from storage.people.forgetting.periods import Period, Periods

PROMISED = (
    "talk",
    "attended",
    "applications",
    "counseling",
    "wishes",
    "callbacks",
    "consents",
)  # periods that texts may name


@dataclass(frozen=True)
class ChannelTraits:
    """What handlers have to know of a channel, so that they needn't know its name."""

    name: str = ""  # as officers call it
    speaks_first: bool = False  # whether the service can write there without being asked
    stores_abroad: bool = False  # whether what is said there is kept in another country
    asks_on_page: bool = False  # whether personal questions are asked on a page of ours instead
    may_be_shared: bool = False  # whether others come to sit before what was said there
    shows_pictures: bool = False  # whether a drawing of ours can go with an answer
    sets_letters: bool = False  # whether the size of its letters is ours to choose
    takes_files: bool = False  # whether a file can be handed over in the chat itself
    has_own_numbers: bool = False  # whether somebody there can send their own number, and no other's
    advertises_news: bool = False  # whether news there is advertising, to which people agree apart
    has_accounts: bool = False  # whether an address there costs an account, so that nobody makes them by the dozen


@dataclass(frozen=True)
class Issuer:
    """Who issues certificates, in whose words, and the file with their seal."""

    title: str = "중구청장"
    sentence: str = (
        "위 사람은 우리 구에서 운영한 위 과정을 성실히 이수하여 수료 기준을 충족하였으므로 이 증서를 수여합니다."
    )
    seal: Path | None = None


@dataclass(frozen=True)
class PolicyCard:
    """What a policy card has to choose from: the stages of a task, and other rows of boxes, by their names."""

    stages: tuple[str, ...] = ("완료", "완료(지속)", "추진중", "일부추진")
    boxes: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "사업구분": ("임기내", "임기후"),
            "사업시기": ("단기", "중기", "장기"),
            "사업주체": ("중구", "서울시", "국가"),
            "신규여부": ("신규", "계속"),
        }
    )
    counts_current_year: bool = False  # whether the totals of money take in the year that isn't over
    template: Path | None = None  # the district's own, which cards are filled into


ALIMTALK, TEXT, FILE = "alimtalk", "text", "file"
WAYS = {ALIMTALK: "알림톡", TEXT: "문자", FILE: "발송 파일"}
"""Ways that lead to a number, and not to a chat, as officers call them."""


@dataclass(frozen=True)
class Pushes:
    """How the service speaks first: which way is tried first, and what it may cost; prices are won."""

    order: tuple[str, ...] = ()
    by_number: tuple[str, ...] = ()  # of the ways to numbers those that are on
    has_file: bool = False  # whether the district's own sender takes a file
    prices: Mapping[str, Decimal] = field(default_factory=dict)  # of a message, by way; "text" where it came so instead
    monthly_ceiling: int = 0  # beyond which no news leaves by a way that costs; 0 is none
    warn_percent: int = 80  # of it: officers are told

    def price(self, way: str) -> int:
        """Of a message, in hundredths of a won."""
        return int(self.prices.get(way, Decimal(0)) * 100)


@dataclass(frozen=True)
class Organization:
    """The organization that speaks, as settings describe it."""

    name: str
    team: str
    phone: str
    district: str
    dongs: tuple[str, ...]
    public_url: str
    timezone: ZoneInfo
    language: str
    hours: Hours = field(default_factory=Hours)
    closed_days: Mapping[date, str] = field(default_factory=dict)  # besides public holidays
    channels: Mapping[str, ChannelTraits] = field(default_factory=dict)  # those that are on
    english: Mapping[str, str] = field(default_factory=dict)  # of its name, team, district and dongs
    people_per_number: int = 2  # who may have one mobile number in a course, or a talk, and needn't be looked at
    lottery: PublicValue = field(default_factory=PublicValue)  # what lotteries mix in
    by_meaning: bool = False  # whether courses are looked for by what a sentence means, too
    map_url: str = "https://map.kakao.com/link/search/{query}"  # where a place is looked for
    periods: Periods = field(default_factory=Periods)  # for how long each kind of record is kept
    attendance: AttendanceRules = field(default_factory=AttendanceRules)  # of courses that have none of their own
    issuer: Issuer = field(default_factory=Issuer)
    policy_card: PolicyCard = field(default_factory=PolicyCard)
    pushes: Pushes = field(default_factory=Pushes)

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways by which the service speaks first, in the order in which they are tried."""
        return tuple(name for name in self.pushes.order if name in self.pushes.by_number or self._speaks_in(name))

    @property
    def tells_at_numbers(self) -> bool:
        """Whether anything is sent to numbers, so that there is something to agree to."""
        return ALIMTALK in self.ways or self.pushes.has_file

    def _speaks_in(self, channel: str) -> bool:
        return channel in self.channels and self.channels[channel].speaks_first

    def way_called(self, way: str) -> str:
        """As officers call it."""
        return WAYS[way] if way in WAYS else self.channels[way].name

    @property
    def promised(self) -> dict[str, Period]:
        """The periods that texts may name, as they name them."""
        return {f"{name}_kept": getattr(self.periods, name) for name in PROMISED}

    def named_in(self, language: str) -> Mapping[str, str]:
        """What any text may name."""
        return self._named[language]

    @cached_property  # every text asks for it
    def _named(self) -> Mapping[str, Mapping[str, str]]:
        return {language: self._names(language) for language in LANGUAGES}

    def _names(self, language: str) -> Mapping[str, str]:
        names = {"organization": self.name, "team": self.team, "district": self.district}
        said = {key: self.called(name, language) for key, name in names.items()}
        kept = {name: period.in_words(language) for name, period in self.promised.items()}
        return {**said, **kept, "phone": self.phone, "public_url": self.public_url}

    def called(self, name: str, language: str) -> str:
        """A name of ours in a language; without an English one it stays Korean."""
        return self.english.get(name, name) if language == "en" else name

    def contact_in(self, language: str) -> str:
        return f"{self.called(self.team, language)} {self.phone}"

"""The sections of the settings, each with what holds where the file says nothing."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.values import Address, BlockId, BotId, Key, MapAddress, Network, Secret, Token, Weekdays
from handlers.calendar.attending import AttendanceRules
from handlers.calendar.hours import Hours
from handlers.calendar.published import WEEKDAYS, PublicValue
from handlers.dialogue.organization import ALIMTALK, FILE, TEXT, Issuer, Organization, PolicyCard, Pushes
from storage.states import NoShow

DONGS = (
    "소공동", "회현동", "명동", "필동", "장충동", "광희동", "을지로동", "신당동",
    "다산동", "약수동", "청구동", "신당5동", "동화동", "황학동", "중림동",
)  # fmt: skip
ENGLISH = {
    "중구": "Jung-gu", "평생학습팀": "Lifelong Learning Team",
    "소공동": "Sogong-dong", "회현동": "Hoehyeon-dong", "명동": "Myeong-dong", "필동": "Pil-dong",
    "장충동": "Jangchung-dong", "광희동": "Gwanghui-dong", "을지로동": "Euljiro-dong", "신당동": "Sindang-dong",
    "다산동": "Dasan-dong", "약수동": "Yaksu-dong", "청구동": "Cheonggu-dong", "신당5동": "Sindang 5-dong",
    "동화동": "Donghwa-dong", "황학동": "Hwanghak-dong", "중림동": "Jungnim-dong",
    PublicValue().rule: "the six numbers and the bonus number of the national lottery Lotto 6/45 (Saturday 20:45)",
}  # fmt: skip

INSIDE = ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OrganizationSection(Section):
    name: str = "중구"
    team: str = "평생학습팀"
    phone: str = "02-000-0000"
    district: str = "중구"
    dongs: tuple[str, ...] = DONGS
    english: dict[str, str] = {}  # of the names above
    closed_days: dict[date, str] = {}  # days without classes, besides public holidays
    people_per_number: int = Field(default=2, ge=1)  # whom an officer needn't look at first
    map_url: MapAddress = Organization.map_url


class DatabaseSection(Section):
    url: str = "sqlite+aiosqlite:///var/baeumtok.db"


class Web(Section):
    """`public_url` follows host and port unless it is set; who listens everywhere can be opened on this machine."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: Address = "http://127.0.0.1:8080"
    shown_hours: int = Field(default=12, ge=1, le=24 * 90)  # for which a page shows what was said there
    monitors: tuple[Network, ...] = INSIDE  # who may ask /healthz and /metrics
    shows_demand: bool = False  # whether everybody may see at /demand what residents want
    trusted_proxies: tuple[Network, ...] = ()  # whose X-Forwarded-For is believed

    @model_validator(mode="before")
    @classmethod
    def _follow(cls, given: Any) -> Any:
        if not isinstance(given, dict) or "public_url" in given:
            return given
        host = str(given.get("host", "127.0.0.1"))
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
        return {**given, "public_url": f"http://{shown}:{given.get('port', 8080)}"}


class Telegram(Section):
    token: Token
    api_url: Address = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: Secret | None = None
    personal_questions: Literal["chat", "page"] = "chat"  # where names and numbers are asked: there, or on our own page


Price = Annotated[Decimal, Field(ge=0, le=1000, decimal_places=2)]  # won a message


class Event(Section):
    """KakaoTalk's Event API: the bot speaks first to friends of the channel."""

    rest_api_key: Key  # of the app that is connected with the bot
    name: str = Field(default="baeumtok", pattern=r"^[A-Za-z0-9_]{1,40}$")  # of the event, as a deployed block has it
    price: Price = Decimal("16.5")  # 15 won and VAT
    api_url: Address = "https://bot-api.kakao.com"


class Kakao(Section):
    bot_id: BotId
    skill_secret: Secret
    old_skill_secret: Secret | None = None  # still taken while the admin centre is being changed to the new one
    block_id: BlockId  # of the fallback block, to which all buttons lead
    event: Event | None = None


class AlimTalk(Section):
    """AlimTalk by SOLAPI: what concerns somebody goes to the number that they agreed to."""

    api_key: Key
    api_secret: Key
    channel: str = Field(pattern=r"^[A-Za-z0-9]{1,64}$")  # pfId, of the KakaoTalk channel as SOLAPI knows it
    webhook_secret: Secret | None = None  # X-Solapi-Secret; without one, results are only asked for
    text_from: str = Field(default="", pattern=r"^\d{0,11}$")  # a registered number: text messages instead go from it
    price: Price = Decimal("13")
    text_price: Price = Decimal("18")
    api_url: Address = "https://api.solapi.com"


Speaking = Literal["telegram", "kakao", "alimtalk"]


class Pushing(Section):
    """How we speak first; what no way takes is for the file of the district's own sender, or for the telephone."""

    order: tuple[Speaking, ...] = ("telegram", "kakao", "alimtalk")
    file: bool = False  # whether the district's own sender takes a file
    file_price: Price = Decimal("5")
    monthly_ceiling: int = Field(default=0, ge=0, le=100_000_000)  # won; 0 is none
    warn_percent: int = Field(default=80, ge=1, le=100)

    @field_validator("order")
    @classmethod
    def _once(cls, order: tuple[Speaking, ...]) -> tuple[Speaking, ...]:
        if len(set(order)) != len(order):
            raise ValueError("같은 길을 두 번 적으셨습니다")
        return order

    def to_value(self, kakao: Kakao | None, alimtalk: AlimTalk | None) -> Pushes:
        prices = {"kakao": kakao.event.price} if kakao and kakao.event else {}
        prices |= {ALIMTALK: alimtalk.price, TEXT: alimtalk.text_price} if alimtalk else {}
        prices |= {FILE: self.file_price} if self.file else {}
        by_number = (ALIMTALK,) if alimtalk else ()
        return Pushes(self.order, by_number, self.file, prices, self.monthly_ceiling, self.warn_percent)


class Assistants(Section):
    """AI assistants that ask for courses; most of a vendor come from one address."""

    per_minute: int = Field(default=120, ge=1, le=6000)  # requests of an address


class Notices(Section):
    """Local times; the quiet hours last from `quiet_from` until `quiet_until` of the next morning."""

    quiet_from: time = Hours.quiet_from
    quiet_until: time = Hours.quiet_until
    news_at: time = Hours.news_at
    remind_at: time = Hours.remind_at
    grace_minutes: int = Field(default=Hours.grace_minutes, ge=0, le=120)
    unreachable_offer_hours: int = Field(default=Hours.unreachable_offer_hours, ge=0, le=336)


class Attendance(Section):
    """What holds for courses that say nothing of their own."""

    completion_percent: int = Field(default=AttendanceRules.completion_percent, ge=1, le=100)
    open_minutes: int = Field(default=AttendanceRules.open_minutes, ge=0, le=120)
    late_minutes: int = Field(default=AttendanceRules.late_minutes, ge=0, le=240)
    lates_per_absence: int = Field(default=AttendanceRules.lates_per_absence, ge=0, le=10)
    no_show: NoShow = AttendanceRules.no_show


class Certificate(Section):
    """What certificates of completion say of who issues them."""

    issuer: str = Field(default="", max_length=60)  # "" is the head of the district
    sentence: str = Field(default=Issuer.sentence, min_length=1, max_length=300)
    seal: Path | None = None  # a PNG or SVG beside the settings file, unless it says otherwise

    def to_issuer(self, organization: str) -> Issuer:
        head = f"{organization}청장" if organization.endswith("구") else organization
        return Issuer(self.issuer or head, self.sentence, self.seal)


Choices = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=20)], ...], Field(min_length=1, max_length=9)]


class Card(Section):
    """What the policy card has to choose from."""

    stages: Choices = PolicyCard.stages
    boxes: dict[str, Choices] = Field(default_factory=lambda: dict(PolicyCard().boxes), max_length=9)
    counts_current_year: bool = PolicyCard.counts_current_year
    template: Path | None = None  # a .hwpx beside the settings file, unless it says otherwise


class Lottery(Section):
    """What nobody knows before: when it is published, and how many numbers it has; without a name none is mixed in."""

    public_value: str = PublicValue.name
    public_days: Weekdays = "토"
    public_at: time = PublicValue.at
    public_numbers: int = Field(default=PublicValue.numbers, ge=1, le=50)

    def to_value(self) -> PublicValue:
        days = tuple(sorted(WEEKDAYS.index(day) for day in set(self.public_days)))
        return PublicValue(self.public_value.strip(), days, self.public_at, self.public_numbers)


class Work24(Section):
    key: Key
    url: Address = "https://www.work24.go.kr/cm/openApi/call/wk/callOpenApiSvcInfo210L01.do"
    # 중구 and the districts around it
    regions: tuple[str, ...] = ("11140", "11110", "11170", "11200", "11230", "11410")


class Seoul(Section):
    key: Key
    url: Address = "http://openapi.seoul.go.kr:8088"
    format: Literal["json", "xml"] = "json"
    posting_url: Address = "https://job.seoul.go.kr/hmpg/rmim/ramg/ramgDetail.do?wantedAuthNo={no}"


class Jobs(Section):
    """Feeds of job postings; each is on when its section is present."""

    every_hours: int = Field(default=6, ge=1, le=168)
    work24: Work24 | None = None
    seoul: Seoul | None = None

    @property
    def is_on(self) -> bool:
        return self.work24 is not None or self.seoul is not None


class Backup(Section):
    """Copies of the database, made each night by the clock when there is a folder for them."""

    folder: Path | None = None  # beside the settings file, unless it says otherwise
    at: time = time(3)  # local
    keep: int = Field(default=14, ge=1, le=3650)  # so many of them; older ones are deleted
    tools: Path | None = None  # the folder of pg_dump, pg_restore and psql, where they aren't on the path


class Downloads(Section):
    """Files with people's data that officers ask for."""

    protect: bool = False  # they leave encrypted, with a password that is shown once

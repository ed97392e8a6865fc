"""Settings from config.toml and the environment."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableVariable

from bot import traits
from bot.kept import Retention
from bot.misconfigured import NESTED, PREFIX, explain, explain_file, explain_variable
from bot.sections import (
    ENGLISH,
    AlimTalk,
    Assistants,
    Attendance,
    Backup,
    Card,
    Certificate,
    DatabaseSection,
    Downloads,
    Jobs,
    Kakao,
    Lottery,
    Notices,
    OrganizationSection,
    Pushing,
    Telegram,
    Web,
)
from bot.values import ByMeaning, Timezone
from handlers.calendar.attending import AttendanceRules
from handlers.calendar.hours import Hours
from handlers.dialogue.organization import Organization, PolicyCard


class SettingsError(Exception):
    """The settings can't be used; the message names each key and what to do."""


class Settings(BaseSettings):
    """Everything that can be configured; an unknown key is an error."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter=NESTED, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    timezone: Timezone = "Asia/Seoul"
    language: Literal["ko", "en"] = "ko"
    by_meaning: ByMeaning = False  # needs the extra `words`
    key_file: Path = Path("baeumtok.key")  # beside the settings file, unless it says otherwise
    organization: OrganizationSection = OrganizationSection()
    database: DatabaseSection = DatabaseSection()
    web: Web = Web()
    notices: Notices = Notices()
    lottery: Lottery = Lottery()
    attendance: Attendance = Attendance()
    certificate: Certificate = Certificate()
    policy_card: Card = Card()
    telegram: Telegram | None = None
    kakao: Kakao | None = None
    alimtalk: AlimTalk | None = None
    pushes: Pushing = Pushing()
    assistants: Assistants | None = None
    jobs: Jobs = Jobs()
    backup: Backup = Backup()
    downloads: Downloads = Downloads()
    retention: Retention = Retention()

    @property
    def secrets(self) -> list[str]:
        """What must never be read in a log."""
        telegram, kakao = self.telegram, self.kakao
        held: list[SecretStr | None] = [telegram.token, telegram.webhook_secret] if telegram else []
        held += [kakao.skill_secret, kakao.old_skill_secret] if kakao else []
        held += [kakao.event.rest_api_key] if kakao and kakao.event else []
        held += [self.alimtalk.api_key, self.alimtalk.api_secret, self.alimtalk.webhook_secret] if self.alimtalk else []
        held += [feed.key for feed in (self.jobs.work24, self.jobs.seoul) if feed]
        return [secret.get_secret_value() for secret in held if secret]

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings  # the environment overrides the file

    def to_organization(self) -> Organization:
        of = self.organization
        zone = ZoneInfo(self.timezone)
        hours = Hours(**self.notices.model_dump())
        spoken = (self.web.public_url, zone, self.language, hours, of.closed_days)
        on = {traits.WEB: True, traits.KAKAO: self.kakao, traits.TELEGRAM: self.telegram}
        channels = {name: traits.TRAITS[name] for name, section in on.items() if section}
        if self.telegram and self.telegram.personal_questions == "page":
            channels[traits.TELEGRAM] = replace(channels[traits.TELEGRAM], asks_on_page=True)
        if self.kakao and self.kakao.event:
            channels[traits.KAKAO] = replace(channels[traits.KAKAO], speaks_first=True)
        english, most = {**ENGLISH, **of.english}, of.people_per_number
        rules = AttendanceRules(**self.attendance.model_dump())
        found_by = (self.by_meaning, of.map_url, self.retention.to_periods())
        taught_by = (rules, self.certificate.to_issuer(of.name), PolicyCard(**self.policy_card.model_dump()))
        pushes = self.pushes.to_value(self.kakao, self.alimtalk)
        names = (of.name, of.team, of.phone, of.district, of.dongs)
        return Organization(
            *names, *spoken, channels, english, most, self.lottery.to_value(), *found_by, *taught_by, pushes
        )


def load(path: Path, required: bool = True, **defaults: Any) -> Settings:
    """Read settings; `defaults` stand where the file says nothing. Raises SettingsError."""
    return of(path, {**defaults, **_read(path, required)})


def of(path: Path, written: dict[str, Any]) -> Settings:
    """The settings that a file with this in it would give. Raises SettingsError."""
    try:
        settings = Settings(**written)
    except ValidationError as error:
        raise SettingsError("\n".join(explain(path, problem, Settings) for problem in error.errors())) from None
    except UnreadableVariable as error:
        raise SettingsError(explain_variable(error)) from None
    _check(settings)
    folder = settings.backup.folder
    backup = settings.backup.model_copy(update={"folder": folder and path.parent / folder})
    seal = settings.certificate.seal
    certificate = settings.certificate.model_copy(update={"seal": seal and path.parent / seal})
    form = settings.policy_card.template
    card = settings.policy_card.model_copy(update={"template": form and path.parent / form})
    beside = {"key_file": path.parent / settings.key_file, "backup": backup, "certificate": certificate}
    return settings.model_copy(update={**beside, "policy_card": card})


def _read(path: Path, required: bool) -> dict[str, Any]:
    if not path.exists() and not required:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(explain_file(path, error)) from error


def _check(settings: Settings) -> None:
    hours, telegram = settings.notices, settings.telegram
    if (
        not hours.quiet_until
        <= min(hours.news_at, hours.remind_at)
        <= max(hours.news_at, hours.remind_at)
        < hours.quiet_from
    ):
        raise SettingsError("notices: news_at과 remind_at은 quiet_until과 quiet_from 사이여야 합니다. 예: 08:30, 18:00")
    if telegram and telegram.mode == "webhook" and not telegram.webhook_secret:
        raise SettingsError("telegram.webhook_secret: mode가 webhook이면 필요합니다. 영문과 숫자로 길게 정하세요.")
    if telegram and telegram.personal_questions == "page" and not _is_private(settings.web.public_url):
        raise SettingsError(
            'telegram.personal_questions: "page"로 하려면 web.public_url이 https:// 로 시작해야 합니다. '
            "주민이 그 주소에서 이름과 전화번호를 적습니다."
        )


def _is_private(url: str) -> bool:
    """Whether nobody on the way reads what is sent there."""
    return url.startswith("https://") or urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost")

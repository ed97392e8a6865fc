"""Whether assistants are served: they need a library that isn't installed with the rest."""

from collections.abc import Callable
from datetime import datetime
from importlib.util import find_spec

from starlette.routing import Route

from bot.http.limits import Rates
from bot.sections import Assistants
from bot.settings import Settings, SettingsError
from handlers.dialogue.organization import Organization
from storage.database import Database

PATH = "/mcp"
MISSING = (
    "assistants: AI 비서를 위한 연결에 필요한 프로그램이 없습니다. "
    ".venv/bin/pip install -c constraints.txt -e '.[assistants]' 로 설치하거나, 설정에서 [assistants]를 빼 주세요."
)


def check(settings: Settings) -> None:
    """Raises SettingsError where they are on and the extra isn't installed."""
    if settings.assistants and find_spec("mcp") is None:
        raise SettingsError(MISSING)


def routes(
    assistants: Assistants | None, database: Database, organization: Organization, now: Callable[[], datetime]
) -> list[Route]:
    if assistants is None:
        return []
    from bot.assistants.endpoint import Endpoint  # it takes 20 MB, and needs the extra

    rates = Rates(assistants.per_minute, burst=assistants.per_minute)
    return [Route(PATH, Endpoint(database, organization, now, rates), methods=["POST"])]

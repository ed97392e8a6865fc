"""Whether what has to be approved is: a kind that nothing approved covers is told to nobody by that way."""

from sqlalchemy.exc import SQLAlchemyError

from bot.checks.result import Result
from bot.keeping import keys
from bot.settings import Settings, SettingsError
from handlers.staff.notices.templates import standing
from storage.database import Database, DatabaseError
from storage.engine import schema
from storage.engine.opening import file_of, open_database

NAME = "승인 템플릿"


async def check(settings: Settings) -> list[Result]:
    """Nothing where no way asks for them; what is wrong with the database itself is told by its own check."""
    organization = settings.to_organization()
    file = file_of(settings.database.url)
    if not standing.asking(organization) or (file and not file.exists()) or not settings.key_file.exists():
        return []
    try:
        database = await open_database(settings.database.url, keys.read(settings.key_file))
    except (SettingsError, DatabaseError):
        return []
    try:
        return await _inside(database, settings)
    except (SQLAlchemyError, DatabaseError, OSError):
        return []
    finally:
        await database.close()


async def _inside(database: Database, settings: Settings) -> list[Result]:
    organization = settings.to_organization()
    await database.read(schema.check)
    gaps = await database.read(lambda tx: standing.gaps(tx, organization))
    if not gaps:
        return [Result(NAME, True, "모든 안내에 쓸 수 있는 템플릿이 있습니다")]
    told = "; ".join(f"{organization.way_called(way)} {standing.named(kinds)}" for way, kinds in gaps.items())
    todo = "baeumtok kakao-templates --compare로 보고 승인을 받아 주세요"
    return [Result(NAME, True, f"템플릿이 없어 나가지 않는 안내가 있습니다: {told}. {todo}")]

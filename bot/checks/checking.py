"""All that is checked, in the order in which an operator would look. Nothing is made or changed by it."""

from bot.checks import alimtalk, backups, cards, certificates, database, event, reach, service, telegram, templates
from bot.checks.result import Result
from bot.settings import Settings


async def check(settings: Settings) -> list[Result]:
    return [
        Result("설정", True, "읽었습니다"),
        *await database.check(settings),
        backups.check(settings),
        certificates.check(settings),
        *cards.check(settings),
        await service.check(settings),
        *reach.check(settings),
        *await telegram.check(settings),
        reach.kakao(settings),
        *await event.check(settings),
        *await alimtalk.check(settings),
        *await templates.check(settings),
        reach.assistants(settings),
    ]

"""Whether certificates can be printed with the seal of the settings."""

from bot.checks.result import Result
from bot.documents import certificates, seals
from bot.settings import Settings

NAME = "수료증"


def check(settings: Settings) -> Result:
    seal = settings.certificate.seal
    if seal is None:
        return Result(NAME, True, "certificate.seal이 없어 ‘(직인 생략)’이라고 적습니다")
    try:
        certificates.try_seal(seal)
    except seals.SealError as error:
        return Result(NAME, False, f"{error} (certificate.seal)")
    return Result(NAME, True, f"직인: {seal}")

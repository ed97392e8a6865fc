"""The short addresses that posters and links carry, with the code of where they hang."""

import re

from handlers.dialogue.organization import Organization
from handlers.staff.desk.declined import Declined

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAKEN = re.compile(r"(?:.*-)?(?:c\d+|from|talk)(?:-.*)?")  # parts of a start parameter with a meaning of their own
LONGEST = 40


def code_of(text: str) -> str:
    """A code as it may stand in an address; declined with what it may have."""
    code = text.strip().casefold()
    if not code or (_CODE.fullmatch(code) and len(code) <= LONGEST and not _TAKEN.fullmatch(code)):
        return code
    raise Declined(
        f"코드 ‘{text.strip()}’: 영문 소문자, 숫자, 붙임표(-)로 {LONGEST}자까지 적어 주세요. 예: jobplus-center"
    )


def short(organization: Organization, course_id: int | None = None, code: str = "") -> str:
    """Of a course, of a place, of both, or of the chat itself."""
    parts = [organization.public_url.rstrip("/")]
    if course_id is not None:
        parts += [f"c{course_id}", *([code] if code else [])]
    elif code:
        parts += ["from", code]
    return "/".join(parts)

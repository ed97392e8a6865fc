"""English for what officers write of a course in a fixed way; anything else stays as it is."""

import re

_OPERATIONS = {"직영": "the district itself", "위탁": "a partner of the district"}
_ATTENDANCE = re.compile(r"출석\s*(\d+)\s*% 이상|(\d+)\s*% 이상 출석")


def operation(said: str) -> str:
    return _OPERATIONS.get(said, said)


def completion(said: str) -> str:
    found = _ATTENDANCE.fullmatch(said.strip())
    return f"attend at least {found[1] or found[2]}%" if found else said

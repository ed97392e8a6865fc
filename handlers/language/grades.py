"""The grade of a qualification, read from the end of its name: 바리스타 2급 is 바리스타, 2급."""

import re

_GRADE = re.compile(r"(?P<name>.+?)[\s(]*(?P<grade>(?:[1-9]|특|[일이삼])\s?급)\)?(?:\s*자격증)?")


def with_grade(said: str) -> tuple[str, str]:
    """The name and the grade, which is "" where there is none."""
    text = " ".join(said.split())
    found = _GRADE.fullmatch(text)
    return (found["name"].strip(), found["grade"].replace(" ", "")) if found else (text, "")

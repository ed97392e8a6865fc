"""The variables of a text, written #{이름}, and what takes their place."""

import re
from collections.abc import Mapping

_VARIABLE = re.compile(r"#\{([^{}]*)\}")


def variables(text: str) -> tuple[str, ...]:
    """Their names, each once, in the order in which they come."""
    return tuple(dict.fromkeys(_VARIABLE.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """A KeyError for a variable that has no value; a value isn't looked through for variables."""
    return _VARIABLE.sub(lambda found: values[found[1]], text)

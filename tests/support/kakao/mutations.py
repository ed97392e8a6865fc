"""Answers changed at one place: every place of an example, and ways to change what stands there."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.support.kakao.examples import EXAMPLES
from tests.support.kakao.finding import Place
from tests.support.kakao.validator import findings

Path = tuple[str | int, ...]

_FREE = ("extra", "data", "params")


def places(name: str) -> Iterator[tuple[Path, Any]]:
    """Every place below the top of an example, but for what is inside objects of free form."""
    yield from _below((), EXAMPLES[name])


def _below(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield (*path, key), part
        if key not in _FREE:
            yield from _below((*path, key), part)


def where(path: Path) -> str:
    place = Place("", [])
    for key in path:
        place = place / key
    return place.where


def way(place: str) -> Path:
    """The way to a place by its name, `template.outputs[0].simpleText`."""
    return tuple(int(number) if number else key for key, number in re.findall(r"(\w+)|\[(\d+)\]", place))


def at(answer: Any, path: Path) -> Any:
    for key in path:
        answer = answer[key]
    return answer


def copied(name: str) -> Any:
    """The example as it would be read: parts that examples share are apart."""
    return json.loads(json.dumps(EXAMPLES[name]))


def put(name: str, path: Path, value: Any) -> Any:
    """The example with another value there, or with a new key."""
    changed = copied(name)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def without(name: str, path: Path) -> Any:
    changed = copied(name)
    del at(changed, path[:-1])[path[-1]]
    return changed


def found(answer: Any) -> set[tuple[str, str]]:
    return {(finding.severity, finding.where) for finding in findings(answer)}

"""Reading an officer's JSON file into rows."""

import json
from collections.abc import Iterator
from typing import Any, TypeGuard

from handlers.staff.rows import (
    COUNSELING_DAY,
    COUNSELING_HOURS,
    COUNSELOR,
    COURSE,
    QUESTION,
    SURVEY,
    Broken,
    Row,
    Unreadable,
    Value,
    decode,
    has_values,
)

_COUNSELING = {
    "counselors": COUNSELOR,
    "counseling_hours": COUNSELING_HOURS,
    "counseling_days": COUNSELING_DAY,
}


def read(name: str, data: bytes) -> list[Row]:
    try:
        content = json.loads(decode(name, data))
    except (ValueError, RecursionError) as error:
        where = f" ({error.lineno}번째 줄)" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(f"{name}: JSON 형식이 아닙니다{where}.") from error
    if isinstance(content, dict) and "surveys" in content:
        return list(_surveys(name, content["surveys"]))
    if isinstance(content, dict) and _COUNSELING.keys() & content.keys():
        return [row for key, kind in _COUNSELING.items() for row in _counseling(name, content.get(key, []), kind)]
    listed = content.get("courses") if isinstance(content, dict) else content
    if not _is_list_of_objects(listed):
        raise Unreadable(
            f"{name}: 과정이나 설문의 목록이 없습니다. "
            '[{"과정명": …}, …], {"courses": […]}, {"surveys": […]} 꼴로 적어 주세요.'
        )
    return list(_items(name, listed, COURSE))


def _surveys(name: str, listed: Any) -> Iterator[Row]:
    """A row for each survey, then one for each of its questions."""
    if not _is_list_of_objects(listed):
        raise Unreadable(f"{name}: surveys가 설문의 목록이 아닙니다.")
    yield from _items(name, [{key: each[key] for key in each if key != "questions"} for each in listed], SURVEY)
    for survey in listed:
        code, questions = survey.get("code", ""), survey.get("questions", [])
        if not _is_list_of_objects(questions):
            raise Unreadable(f"{name}: ‘{code}’ 설문의 questions가 문항의 목록이 아닙니다.")
        yield from _items(f"{name} {code}", [{"survey": code, **each} for each in questions], QUESTION)


def _counseling(name: str, listed: Any, kind: str) -> Iterator[Row]:
    if not _is_list_of_objects(listed):
        raise Unreadable(f"{name}: {kind} 목록이 아닙니다.")
    return _items(name, listed, kind)


def _is_list_of_objects(listed: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(listed, list) and all(isinstance(item, dict) for item in listed)


def _items(place: str, listed: list[dict[str, Any]], kind: str) -> Iterator[Row]:
    items = ({name.strip(): _scalar(value) for name, value in item.items()} for item in listed)
    return (Row(place, number, cells, {}, kind) for number, cells in enumerate(items, 1) if has_values(cells))


def _scalar(value: Any) -> Value:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    if isinstance(value, dict | list):
        return Broken(json.dumps(value, ensure_ascii=False), "값을 하나만 적어 주세요.")
    return value  # type: ignore[no-any-return]

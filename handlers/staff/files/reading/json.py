"""Reading an officer's JSON file into rows."""

import json
from collections.abc import Iterator
from typing import Any, TypeGuard

from handlers.staff.files.headers import is_skipped, plain
from handlers.staff.files.rows import (
    COMMON_QUESTION,
    COUNSELING_DAY,
    COUNSELING_HOURS,
    COUNSELOR,
    COURSE,
    MARKS,
    POSTING,
    QUESTION,
    SURVEY,
    YEAR,
    Broken,
    Row,
    UnreadableFile,
    Value,
    decode,
    has_values,
)

# What a file may hold besides surveys, whose questions stand within them.
LISTS = {
    "courses": COURSE,
    "postings": POSTING,
    "questions": COMMON_QUESTION,
    "counselors": COUNSELOR,
    "counseling_hours": COUNSELING_HOURS,
    "counseling_days": COUNSELING_DAY,
    **YEAR,
}


def read(name: str, data: bytes) -> list[Row]:
    try:
        content = json.loads(decode(name, data))
    except (ValueError, RecursionError) as error:
        where = f" ({error.lineno}번째 줄)" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableFile(f"{name}: JSON 형식이 아닙니다{where}.") from error
    if isinstance(content, dict) and "surveys" in content:
        return list(_surveys(name, content["surveys"]))
    if isinstance(content, dict) and LISTS.keys() & content.keys():
        named = [(kind, _listed(name, content[key])) for key, kind in LISTS.items() if key in content]
        return [row for kind, listed in named for row in _items(name, listed, kind)]
    listed = _listed(name, content)
    return list(_items(name, listed, _kind(listed)))


def _kind(listed: list[dict[str, Any]]) -> str:
    """What a list tells of that isn't named, by what its items have."""
    names = {plain(name) for item in listed for name in item}
    marks = {mark: kind for mark, kind in MARKS.items() if kind == POSTING} | dict.fromkeys(
        ("질문", "question"), COMMON_QUESTION
    )
    return next((kind for mark, kind in marks.items() if mark in names), COURSE)


def _listed(name: str, content: Any) -> list[dict[str, Any]]:
    if _is_list_of_objects(content):
        return content
    raise UnreadableFile(
        f"{name}: 과정이나 설문, 채용공고, 상담 시간, 자주 묻는 질문의 목록이 없습니다. "
        '[{"과정명": …}, …], {"courses": […]}, {"surveys": […]}, {"postings": […]} 꼴로 적어 주세요.'
    )


def _surveys(name: str, listed: Any) -> Iterator[Row]:
    """A row for each survey, then one for each of its questions."""
    if not _is_list_of_objects(listed):
        raise UnreadableFile(f"{name}: surveys가 설문의 목록이 아닙니다.")
    yield from _items(name, [{key: each[key] for key in each if key != "questions"} for each in listed], SURVEY)
    for survey in listed:
        code, questions = survey.get("code", ""), survey.get("questions", [])
        if not _is_list_of_objects(questions):
            raise UnreadableFile(f"{name}: ‘{code}’ 설문의 questions가 문항의 목록이 아닙니다.")
        yield from _items(f"{name} {code}", [{"survey": code, **each} for each in questions], QUESTION)


def _is_list_of_objects(listed: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(listed, list) and all(isinstance(item, dict) for item in listed)


def _items(place: str, listed: list[dict[str, Any]], kind: str) -> Iterator[Row]:
    between = "\n" if kind == QUESTION else ", "  # options hold commas
    items = ({" ".join(name.split()): _scalar(value, between) for name, value in item.items()} for item in listed)
    skipped = sorted({name for item in listed for name in item if is_skipped(name)})
    remarks = (f"{place}: 연번이나 비고 같은 항목은 읽지 않았습니다: {', '.join(skipped)}",) if skipped else ()
    for number, cells in enumerate(items, 1):
        its = {name: value for name, value in cells.items() if not is_skipped(name)}
        if has_values(its):
            yield Row(place, number, its, {}, kind, remarks=remarks)
            remarks = ()


def _scalar(value: Any, between: str) -> Value:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return between.join(value)
    if isinstance(value, dict | list):
        return Broken(json.dumps(value, ensure_ascii=False), "값을 하나만 적어 주세요.")
    return value  # type: ignore[no-any-return]

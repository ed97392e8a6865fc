"""What is wrong with the settings, in an operator's words: the name, what is there, and what would be right."""

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

PREFIX, NESTED = "BAEUMTOK_", "__"
LONGEST_SHOWN = 60
UNSHOWN = ("extra_forbidden", "missing", "model_type", "dict_type", "model_attributes_type")
LISTED = '대괄호 안에 쉼표로 나누어 적어 주세요. 예: ["하나", "둘"]'
EXPECTED = {
    "int": "정수를 적어 주세요.",
    "float": "숫자를 적어 주세요.",
    "bool": "true나 false를 적어 주세요.",
    "string": "글자를 따옴표로 감싸 적어 주세요.",
    "path": "파일 이름을 따옴표로 감싸 적어 주세요.",
    "date": "날짜를 적어 주세요. 예: 2026-12-31",
    "time": "시각을 적어 주세요. 예: 08:30",
    "tuple": LISTED,
    "list": LISTED,
    "greater": "{least} 이상이어야 합니다.",
    "less": "{most} 이하여야 합니다.",
    "literal": "이 가운데 하나를 적어 주세요: {choices}",
    "missing": "꼭 필요합니다. 적어 주세요.",
    "model": "‘[이름]’ 줄 아래에 한 줄씩 적는 설정입니다.",
    "dict": "‘[이름]’ 줄 아래에 한 줄씩 적는 설정입니다.",
}
"""By how the names of pydantic's errors begin."""


def explain(path: Path, problem: Any, settings: type[BaseModel]) -> str:
    """One error of pydantic's. What may be a secret isn't repeated."""
    loc = [part for part in problem["loc"] if part != "[key]"]
    field = _field(settings, loc)
    parts = (_name(path, loc), _shown(problem, field, loc), _expected(problem, loc, settings), _example(problem, field))
    return " ".join(filter(None, parts))


def explain_variable(error: Exception) -> str:
    """A variable of the environment that holds no list where one is expected."""
    found = re.search('field "([^"]+)"', str(error))
    prefix = f"{PREFIX}{found[1]}" if found else PREFIX
    names = sorted(name for name in os.environ if name.upper().startswith(prefix.upper()))
    shown = ", ".join(names) or prefix
    return f'환경 변수 {shown}: 읽을 수 없는 값입니다. 목록은 따옴표까지 이렇게 적어 주세요: \'["하나", "둘"]\''


def explain_file(path: Path, error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"설정 파일을 읽을 수 없습니다: {path}. UTF-8로 저장해 주세요."
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"설정 파일을 읽을 수 없습니다: {path}의 {_where(str(error))} {_advice(str(error))}"
    if isinstance(error, PermissionError):
        return f"설정 파일을 열 권한이 없습니다: {path}"
    if isinstance(error, IsADirectoryError):
        return f"설정 파일의 이름까지 적어 주세요. 폴더입니다: {path}"
    return f"설정 파일이 없거나 열 수 없습니다: {path}. baeumtok setup으로 만드세요."


def _where(message: str) -> str:
    at = re.search(r"at line (\d+), column (\d+)", message)
    return f"{at[1]}번째 줄, {at[2]}번째 글자." if at else "마지막 줄."


def _advice(message: str) -> str:
    if any(word in message for word in ("twice", "overwrite", "mutate")):
        return "같은 이름을 두 번 적으셨습니다. 하나만 남겨 주세요."
    return '글자는 따옴표로 감싸고(name = "중구"), 묶음의 이름은 대괄호로 감싸 주세요([web]).'


def _name(path: Path, loc: Sequence[Any]) -> str:
    variable = PREFIX + NESTED.join(str(part) for part in loc).upper()
    given = {name.upper() for name in os.environ}
    source = f"환경 변수 {variable}" if variable in given else f"{path}: {_dotted(loc)}"
    return f"{source}:"


def _dotted(loc: Sequence[Any]) -> str:
    return ".".join(f"{part + 1}번째" if isinstance(part, int) else str(part) for part in loc)


def _shown(problem: Any, field: FieldInfo | None, loc: Sequence[Any]) -> str:
    value = problem["input"]
    is_plain = isinstance(value, str | int | float) and len(str(value)) <= LONGEST_SHOWN
    if problem["type"] in UNSHOWN or not is_plain or _may_be_secret(field, loc):
        return ""
    return f"지금 ‘{value}’입니다."


def _may_be_secret(field: FieldInfo | None, loc: Sequence[Any]) -> bool:
    """The address of a database may hold a password; of what is unknown nobody knows."""
    return field is None or "SecretStr" in str(field.annotation) or loc[0] == "database"


def _expected(problem: Any, loc: Sequence[Any], settings: type[BaseModel]) -> str:
    kind: str = problem["type"]
    context: Mapping[str, Any] = problem.get("ctx", {})
    if kind == "value_error":
        return f"{str(context['error']).rstrip('.')}."
    if kind == "extra_forbidden":
        return _unknown(loc, settings)
    said = next((said for begins, said in EXPECTED.items() if kind.startswith(begins)), "쓸 수 없는 값입니다.")
    choices = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    return said.format(least=context.get("ge"), most=context.get("le"), choices=choices)


def _unknown(loc: Sequence[Any], settings: type[BaseModel]) -> str:
    model = _model(settings, loc[:-1])
    near = get_close_matches(str(loc[-1]), model.model_fields if model else (), 1)
    return (
        f"모르는 설정입니다. 혹시 {_dotted([*loc[:-1], near[0]])}인가요?"
        if near
        else "모르는 설정입니다. 이름을 확인하세요."
    )


def _example(problem: Any, field: FieldInfo | None) -> str:
    """What stands there unless it is set, where that is of use."""
    default = field.default if field else None
    of_use = problem["type"].startswith(("int", "float", "greater", "less"))
    return f"예: {default}" if of_use and isinstance(default, int | float) else ""


def _field(settings: type[BaseModel], loc: Sequence[Any]) -> FieldInfo | None:
    """The nearest that has a name: of the third of a list, the list."""
    names = [part for part in loc if isinstance(part, str)]
    found = None
    model: type[BaseModel] | None = settings
    for name in names:
        if model is None:
            return found
        found = model.model_fields.get(name)
        model = _of(found)
    return found


def _model(settings: type[BaseModel], loc: Sequence[Any]) -> type[BaseModel] | None:
    return settings if not loc else _of(_field(settings, loc))


def _of(field: FieldInfo | None) -> type[BaseModel] | None:
    kinds = (field.annotation, *get_args(field.annotation)) if field else ()
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)

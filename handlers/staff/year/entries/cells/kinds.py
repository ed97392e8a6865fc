"""How cells of a year's sheets are read."""

import re
from collections.abc import Mapping
from typing import Any

from handlers.staff.files import cells
from handlers.staff.files.cells import Wrong
from handlers.staff.files.columns import Kind, choice
from handlers.staff.files.rows import Value
from handlers.staff.year.entries.cells import amounts, days
from handlers.staff.year.entries.cells.words import BUDGET_KINDS, COUNTED, HALVES, MONEY, PARTICIPATIONS, PROGRESS


def _of(words: Mapping[Any, str], also: Mapping[str, str] | None = None) -> Kind:
    return choice({word: code for code, word in words.items()} | dict(also or {}), len(words))


def _link(value: Value) -> str:
    found = cells.line(value, 500)
    if found and not re.fullmatch(r"https?://[^\s/]+\.\S+", found):
        raise Wrong
    return found


def _half(value: Value) -> int:
    return int(_HALF.parse(value))  # type: ignore[call-overload,no-any-return]


def _chosen(value: Value) -> dict[str, str]:
    """ "사업구분: 임기내, 사업시기: 중기" """
    parts = [re.split(r"[:=]", part, maxsplit=1) for part in cells.listed(value)]
    if any(len(part) < 2 or not all(word.strip() for word in part) for part in parts):
        raise Wrong
    return {name.strip(): option.strip() for name, option in parts}


_HALF = _of({str(half): word for half, word in HALVES.items()}, {"상": "1", "하": "2"})
HALF = Kind(_half, _HALF.expected, _HALF.choices)
YEAR = Kind(amounts.year, "연도를 네 자리로 적어 주세요. 예: 2023", shown_as="0")
MONEY_IN_WON = Kind(
    amounts.money, "금액을 원으로 적어 주세요. 예: 50,000,000, 5천만원, 20백만원", shown_as="#,##0;[Red]-#,##0"
)
COUNT = Kind(amounts.count, "0 이상의 숫자를 적어 주세요. 예: 15", shown_as="0")
SOME = Kind(amounts.some, "1 이상의 숫자를 적어 주세요. 예: 9", shown_as="0")
IDENTITY = Kind(amounts.identity, "파일로 받은 등록번호를 그대로 두고, 새로 적는 줄은 비워 주세요.", shown_as="0")
DAYS = Kind(days.days, "날짜를 쉼표로 나누어 적어 주세요. 예: 2023-03-28, 2023-08-29")
FIRST = Kind(days.first, "날짜나 달을 적어 주세요. 예: 2024-03-04, 2024년 3월", shown_as="yyyy-mm-dd")
LAST = Kind(days.last, FIRST.expected, shown_as="yyyy-mm-dd")
LINK = Kind(_link, "https:// 로 시작하는 주소를 적어 주세요.")
CHOSEN = Kind(_chosen, "칸 이름과 고른 말을 적어 주세요. 예: 사업구분: 임기내, 사업시기: 중기")
COUNTS = _of(COUNTED, {"프로그램": "courses", "과정수": "courses", "수료생": "completers", "취업자": "placed"})
BUDGET = _of(BUDGET_KINDS, {"배정": "secured", "편성": "secured", "지출": "spent"})
SOURCE = _of(MONEY)
PARTICIPATION = _of(
    PARTICIPATIONS,
    dict.fromkeys(("설명회", "공청회", "설명회·공청회 등"), "briefing")
    | dict.fromkeys(("만족도", "만족도조사"), "satisfaction")
    | dict.fromkeys(("자문", "전문가 자문"), "advice")
    | dict.fromkeys(("언론보도", "방송보도", "보도"), "press")
    | dict.fromkeys(("설문조사", "수요조사", "주민 설문조사(수요조사)"), "survey"),
)
STATE = _of(PROGRESS, {"진행중": "running", "진행": "running", "취소": "dropped"})

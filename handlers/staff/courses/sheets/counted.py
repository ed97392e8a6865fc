"""How many classes the cell of a course's days says there are: "2027. 3. 2. ~ 4. 29.(총 18회)"."""

import re

from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.files.rows import Row

_COUNT = re.compile(r"(\d{1,3}) ?(?:회|차시)(?= ?[,/·)\]])")


def why_other(row: Row, classes: int) -> str:
    """What to ask where there would be more or fewer; "" where it fits, or says nothing."""
    found = _COUNT.search(str(row.cells.get(COLUMNS.header_of(row, "start_date")) or ""))
    if not found or int(found[1]) == classes:
        return ""
    why = f"{found[1]}회라고 적었는데 요일과 쉬는 날로 헤아리면 수업이 {classes}회입니다."
    return f"{why} 날짜, ‘요일’, ‘휴강일’을 확인해 주세요."

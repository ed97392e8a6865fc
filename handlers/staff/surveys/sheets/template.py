"""The survey file to fill in, with the standard surveys."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from handlers.staff.files.reading import json
from handlers.staff.files.rows import QUESTION, SURVEY
from handlers.staff.files.workbook import Page
from handlers.staff.surveys.sheets.columns import QUESTIONS, SURVEYS

STANDARD = Path(__file__).with_name("standard.json")


def pages(today: date) -> list[Page]:
    """The standard surveys, to be changed as wanted; the one of needs opens in a week."""
    rows = json.read(STANDARD.name, STANDARD.read_bytes())
    opening = datetime.combine(today + timedelta(days=7), time(9))
    times = {"opens_at": opening, "closes_at": datetime.combine(today + timedelta(days=25), time(18))}
    written = [
        {**row.cells, **(times if row.cells.get("kind") == "needs" else {})} for row in rows if row.kind == SURVEY
    ]
    asked = [row.cells for row in rows if row.kind == QUESTION]
    advice = (
        "두 설문은 그대로 쓰거나 고쳐 쓰세요. 그대로 등록하면 만족도 조사는 과정이 끝날 때마다, "
        "수요조사는 ‘여는 때’에 저절로 나갑니다. 쓰지 않을 설문은 문항과 함께 지우면 됩니다."
    )
    return [Page("설문", SURVEYS, written, advice), Page("문항", QUESTIONS, asked, "")]

"""Where the pages of a year are, and which year one is of."""

from bot.console.ask import Ask, whole
from handlers.staff.desk.declined import Declined
from handlers.staff.year.counted.period import QUARTERS

HERE = "/desk/year"
FIRST, LAST = 2000, 2099
HALVES = {"1": 1, "2": 2}
HALF_NAMES = {None: "한 해", 1: "상반기", 2: "하반기"}


def of(year: int) -> str:
    """The address of a year."""
    return f"{HERE}/{year}"


def year(ask: Ask) -> int:
    """The year of a page. Raises Declined."""
    found = whole(ask.at("year"))
    if found is None or not FIRST <= found <= LAST:
        raise Declined(f"‘{ask.at('year')}’: {FIRST}년부터 {LAST}년까지 볼 수 있습니다.")
    return found


def quarter(ask: Ask) -> int:
    """The quarter of a page. Raises Declined."""
    found = whole(ask.at("quarter"))
    if found not in QUARTERS:
        raise Declined(f"‘{ask.at('quarter')}’: 분기는 1에서 4까지입니다.")
    return found


def half(ask: Ask) -> int | None:
    """1 or 2 as it is asked for; None is the whole year."""
    return HALVES.get(ask.query("half"))

"""Public holidays, as the law has them."""

from datetime import date
from functools import cache

import holidays


@cache
def public_holidays(year: int) -> dict[date, str]:
    """Their names by day, those in lieu included."""
    return dict(holidays.country_holidays("KR", years=year, language="ko"))

"""Public holidays, as the law has them."""

from datetime import date
from functools import cache


@cache
def public_holidays(year: int) -> dict[date, str]:
    """Their names by day, those in lieu included."""
    import holidays  # here, as it takes long

    return dict(holidays.country_holidays("KR", years=year, language="ko"))

"""Years of birth, read from a year, an age or a whole birthdate."""

import re
from collections.abc import Callable
from datetime import date

from handlers.language.answers import Unparsed, bounded
from handlers.language.spelling import compact

_BORN = "(?:생|에?태어났(?:어요|습니다)|출생)?(?:이에요|예요|입니다|이요|요)?"
_AGE = re.compile("(?:저는)?만?([0-9]{1,3})(?:세|살)(?:이에요|예요|입니다|이요|요)?")
_YEAR = re.compile(f"'?([0-9]{{4}}|[0-9]{{2}})(?:년도?)?{_BORN}")
_DATE = re.compile(f"'?([0-9]{{4}}|[0-9]{{2}})(?:년|[-./])([0-9]{{1,2}})(?:(?:월|[-./])(?:([0-9]{{1,2}})일?)?)?{_BORN}")
_RUN = re.compile(f"([0-9]{{4}}|[0-9]{{2}})([0-9]{{2}})([0-9]{{2}}){_BORN}")
_OLDEST = 120
_YOUNGEST = 14


def birth_year(today: date, minimum_age: int = _YOUNGEST) -> Callable[[str], int]:
    """A parser of a year of birth: a year, an age or a whole birthdate, of which only the year is returned."""

    def read(text: str) -> int:
        said = compact(bounded(text)).replace("’", "'").replace("‘", "'")
        year, age = _year_and_age(said, today)
        if not 0 <= age <= _OLDEST:
            raise Unparsed("answers.birth_year_wrong")
        if age < minimum_age:
            raise Unparsed("answers.too_young", minimum_age=minimum_age)
        return year

    return read


def _year_and_age(said: str, today: date) -> tuple[int, int]:
    if found := _AGE.fullmatch(said):
        return today.year - int(found[1]), int(found[1])
    if found := _YEAR.fullmatch(said):
        year = _full_year(found[1], today)
        return year, today.year - year
    if found := _DATE.fullmatch(said) or _RUN.fullmatch(said):
        year = _full_year(found[1], today)
        return year, _age_on(today, year, int(found[2]), int(found[3] or 0))
    raise Unparsed("answers.birth_year_wrong")


def _full_year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    newest = today.year - _YOUNGEST
    return newest - (newest - int(digits)) % 100


def _age_on(today: date, year: int, month: int, day: int) -> int:
    try:
        birthday = date(year, month, day or 1)
    except ValueError:
        raise Unparsed("answers.birth_year_wrong") from None
    return today.year - year - ((today.month, today.day) < (birthday.month, birthday.day))

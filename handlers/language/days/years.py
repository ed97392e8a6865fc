"""Years of birth, read from a year, an age or a whole birthdate."""

import re
from collections.abc import Callable
from datetime import date

from handlers.language.answers import Unparsed, bounded
from handlers.language.letters.numerals import with_digits
from handlers.language.letters.spelling import compact

_SAID_SO = "(?:이에요|예요|에요|입니다|인데요|이요|요)?"
_BORN = f"(?:생|에?태어났(?:어요|습니다)|출생)?(?:[가-힣]{{1,3}}띠)?{_SAID_SO}"
_LEAD = re.compile("(?:저는|저|나는|나|제나이는|나이는|올해|지금|이제)+")
_AGE = re.compile(f"(만)?([0-9]{{1,3}})(?:세|살){_SAID_SO}")
_YEAR = re.compile(f"'?([0-9]{{4}}|[0-9]{{2}})(?:년도?)?{_BORN}")
_DATE = re.compile(f"'?([0-9]{{4}}|[0-9]{{2}})(?:년|[-./])([0-9]{{1,2}})(?:(?:월|[-./])(?:([0-9]{{1,2}})일?)?)?{_BORN}")
_RUN = re.compile(f"([0-9]{{4}}|[0-9]{{2}})([0-9]{{2}})([0-9]{{2}}){_BORN}")
_OLDEST = 120
YOUNGEST = 14
_COUNTED_MORE = 2  # years at most, by whoever counts their age as it was done before 만


def birth_year(today: date, minimum_age: int = YOUNGEST) -> Callable[[str], int]:
    """A parser of a year of birth: a year, an age or a whole birthdate, of which only the year is returned.

    Where the year doesn't tell whether somebody is old enough, it takes what does.
    """

    def read(text: str) -> int:
        said = compact(bounded(text)).replace("’", "'").replace("‘", "'")
        said = with_digits(said[found.end() :] if (found := _LEAD.match(said)) else said)
        year, least, most = _year_and_ages(said, today)
        if not 0 <= most <= _OLDEST:
            raise Unparsed("answers.birth_year_wrong")
        if most < minimum_age:
            raise Unparsed("answers.too_young", minimum_age=minimum_age)
        if max(least, 0) < minimum_age:
            raise Unparsed("answers.birthday_needed", minimum_age=minimum_age, year=today.year - minimum_age)
        return year

    return read


def tells_age(year: int, today: date) -> bool:
    """Whether the year alone tells that somebody is old enough for us."""
    return today.year - year > YOUNGEST


def _year_and_ages(said: str, today: date) -> tuple[int, int, int]:
    """The year, and how old somebody is at least and at most."""
    if found := _AGE.fullmatch(said):
        age = int(found[2])
        return today.year - age, age if found[1] else age - _COUNTED_MORE, age
    if found := _YEAR.fullmatch(said):
        year = _full_year(found[1], today)
        return year, today.year - year - 1, today.year - year
    if found := _DATE.fullmatch(said) or _RUN.fullmatch(said):
        year, month, day = _full_year(found[1], today), int(found[2]), int(found[3] or 0)
        _check_date(year, month, day or 1)
        return year, _age_on(today, year, month, day or 31), _age_on(today, year, month, day or 1)
    raise Unparsed("answers.birth_year_wrong")


def _full_year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    newest = today.year - YOUNGEST
    return newest - (newest - int(digits)) % 100


def _age_on(today: date, year: int, month: int, day: int) -> int:
    return today.year - year - ((today.month, today.day) < (month, day))


def _check_date(year: int, month: int, day: int) -> None:
    try:
        date(year, month, day)
    except ValueError:
        raise Unparsed("answers.birth_year_wrong") from None

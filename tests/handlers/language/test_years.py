"""Years of birth, as people tell them, and who is old enough."""

from datetime import date

import pytest

from handlers.language.answers import Unparsed
from handlers.language.days import years

TODAY = date(2024, 8, 20)


def refusal(parse, text):
    with pytest.raises(Unparsed) as refused:
        parse(text)
    return refused.value.key


YEARS = ("1983", "83", "'83", "83년", "83년생", "1983년생이에요", "８３")

DATES = ("1983년 3월", "1983년 3월 5일에 태어났어요", "1983-03-05", "1983. 3. 5.", "19830305", "830305")

SPELT = ("팔십삼년생", "천구백팔십삼년이요", "일구팔삼년", "83년 돼지띠", "저 마흔한 살이에요", "올해 마흔하나요")

AGES = ("41세", "41살이에요", "만 41살")


@pytest.mark.parametrize("text", YEARS + DATES + SPELT + AGES)
def test_a_year_of_birth_is_read(text):
    assert years.birth_year(TODAY)(text) == 1983


@pytest.mark.parametrize(("text", "year"), [("05", 2005), ("09", 2009), ("11", 1911), ("20100820", 2010)])
def test_two_digits_are_the_latest_year_of_someone_old_enough(text, year):
    assert years.birth_year(TODAY)(text) == year


@pytest.mark.parametrize("text", ["2030", "1890", "백예순 살", "3", "19831305", "1983-02-30", "130세", "830305-1", ""])
def test_what_is_no_year_of_birth_is_refused(text):
    assert refusal(years.birth_year(TODAY), text) == "answers.birth_year_wrong"


TOO_YOUNG = (("2011", 14), ("20100821", 14), ("10살", 14), ("2008", 18), ("08", 18))


@pytest.mark.parametrize(("text", "minimum_age"), TOO_YOUNG)
def test_the_too_young_are_told_the_age(text, minimum_age):
    assert refusal(years.birth_year(TODAY, minimum_age), text) == "answers.too_young"


UNSURE = ("2010", "10", "'10년생", "14살", "14세", "15살이에요", "2010년 8월")

SURE = ("만 14세", "2010년 7월", "2010-08-20", "100819", "만 15살")


@pytest.mark.parametrize("text", UNSURE)
def test_who_may_be_fourteen_or_not_yet_is_asked_for_what_decides_it(text):
    assert refusal(years.birth_year(TODAY), text) == "answers.birthday_needed"


@pytest.mark.parametrize("text", SURE)
def test_who_is_fourteen_for_sure_is_asked_no_more(text):
    assert TODAY.year - years.birth_year(TODAY)(text) in (14, 15)

"""Phrases that found nothing, as they are kept: counted, bounded, forgotten."""

import asyncio
from datetime import date, timedelta

from sqlalchemy import Date, select

from storage.dialogue import missed
from storage.tables import course_wishes as wishes
from storage.tables import missed_phrases
from storage.teaching import wishes as course_wishes
from tests.support.domain import MONDAY

TODAY = date(2026, 11, 23)


async def note(database, words, day=TODAY):
    return await database.write(lambda tx: missed.note(tx, words, day))


async def kept(database):
    query = select(missed_phrases.c.words).order_by(missed_phrases.c.id)
    return await database.read(lambda tx: list(tx.execute(query).scalars()))


async def test_ten_who_say_the_same_at_once_are_counted_ten_times_in_one_row(database):
    await asyncio.gather(*(note(database, words) for words in ("드론 조종", "드론조종") * 5))
    (words,) = await kept(database)
    found = await database.read(lambda tx: missed.by_words(tx, words))
    assert (found.count, found.first_day, found.last_day) == (10, TODAY, TODAY)


def test_nothing_is_kept_of_who_said_it_or_at_what_time():
    assert {column.name for column in missed_phrases.c} == {*missed.Missed.__dataclass_fields__, "phrase"} - {"wishes"}
    assert all(isinstance(missed_phrases.c[name].type, Date) for name in ("first_day", "last_day"))
    assert not missed_phrases.foreign_keys


async def test_a_day_adds_no_more_than_it_may_and_what_is_known_is_still_counted(database, monkeypatch):
    monkeypatch.setattr(missed, "MOST_NEW", 2)
    said = [await note(database, words) for words in ("가야금", "나전칠기", "다도", "가야금")]
    assert [one and one.count for one in said] == [1, 1, None, 2]
    assert (await note(database, "다도", TODAY + timedelta(days=1))).count == 1


async def test_an_id_is_not_given_out_again(database):
    old = await note(database, "가야금")
    await database.write(lambda tx: missed.forget_before(tx, TODAY + timedelta(days=1), TODAY))
    assert (await note(database, "나전칠기")).id != old.id


async def test_what_was_said_last_before_a_day_is_forgotten_unless_it_is_kept_for_the_next_term(database):
    for words, ago in (("가야금", 91), ("나전칠기", 90), ("다도", 91), ("라탄", 366)):
        one = await note(database, words, TODAY - timedelta(days=ago))
        if words in ("다도", "라탄"):
            await database.write(lambda tx, one=one: missed.mark(tx, one.id, "wanted"))
    days = [TODAY - timedelta(days=each) for each in (90, 365)]
    await database.write(lambda tx: missed.forget_before(tx, *days))
    assert await kept(database) == ["나전칠기", "다도"]


async def test_a_resident_wishes_for_no_more_than_they_may(school, visitor):
    await visitor().goes_to("news/news/on")

    def wish(tx):
        return [course_wishes.add(tx, 1, f"말 {number}", MONDAY) for number in (*range(course_wishes.MOST + 1), 0)]

    assert await school.database.write(wish) == [*[True] * course_wishes.MOST, False, True]
    assert len(await school.rows(select(wishes))) == course_wishes.MOST

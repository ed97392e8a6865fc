"""Anonymous means it: a course of fifteen, and somebody who has the whole database but not the key."""

import shutil
import sqlite3
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select, type_coerce, update

from storage.asking import answers, rounds, settling, surveys
from storage.asking.answers import Sheet
from storage.tables import inbox, metadata, survey_answers, survey_pending, survey_receipts
from tests.support.surveys.poll import SATISFACTION, answer, attend
from tests.support.surveys.spy import guesses, physical_guesses, sealed_left, shared_values

LUCK = 8  # of fifteen; by chance it is one, and eight once in 40,000 guesses
WORDS = (
    "좋았어요",
    "실습이 길었어요",
    "강의실이 추웠어요 그래도 친구에게 권하고 싶어요",
    "네",
    "또 들을게요",
)


def opinion(number):
    return f"{number}번째 의견: {WORDS[number % 5]}"


class Class:
    """Fifteen people of a course, who answer one after the other; `copy` keeps the files as they are."""

    def __init__(self, school, office, visitor, folder: Path):
        self.school, self.office, self.visitor, self.folder = school, office, visitor, folder
        self.truth = {}

    async def answers(self, people=15):
        course = self.course = await self.school.opens()
        self.people = [self.visitor(f"r{number}") for number in range(people)]
        for number, person in enumerate(self.people):
            self.truth[await attend(self.school, person, course)] = opinion(number)
        self.round = await self.office.opens(course)
        for number, person in enumerate(self.people):
            if number == people - 1:
                self.before = self.copy("before")
            self.school.waits(minutes=7)
            scores = {f"S{at}": str(1 + (number + at) % 5) for at in range(1, 14)}
            await answer(person, self.round, {**SATISFACTION, **scores, "S18": opinion(number)})
        self.after = self.copy("after")

    async def closes(self):
        await self.office.settles(self.round)
        self.closed = self.copy("closed")

    async def forgets(self):
        since = self.school.now - settling.KEEP_SEALED
        await self.school.database.write(lambda tx: settling.destroy_before(tx, since))
        self.closed = self.copy("forgotten")

    def copy(self, name):
        folder = self.folder / name
        folder.mkdir()
        return [Path(shutil.copy(path, folder)) for path in sorted(self.folder.glob("test.db*"))]

    async def rows(self, query):
        return await self.school.rows(query)


@pytest.fixture
def people(school, office, visitor, tmp_path):
    return Class(school, office, visitor, tmp_path)


async def test_no_order_of_anything_leads_from_an_answer_to_a_person(people):
    await people.answers()
    await people.closes()
    found = await people.school.database.read(lambda tx: list(guesses(tx, "S18", people.truth)))
    assert len(found) > 20
    assert [guess for guess in found if guess.right >= LUCK] == []


@pytest.mark.on_sqlite
async def test_neither_does_the_place_in_the_file_or_in_its_log(people):
    await people.answers()
    await people.closes()
    assert [guess for guess in physical_guesses(people.closed, people.truth) if guess.right >= LUCK] == []


@pytest.mark.on_sqlite
async def test_a_copy_from_before_the_last_answer_tells_nothing_of_it(people):
    await people.answers()
    read = [path.read_bytes() for path in (*people.before, *people.after)]
    assert [said for said in people.truth.values() if any(said.encode() in content for content in read)] == []
    with sqlite3.connect(people.before[0]) as old, sqlite3.connect(people.after[0]) as new:
        pending = [{row[0] for row in db.execute("SELECT sheet FROM survey_pending")} for db in (old, new)]
    assert len({len(sheet) for sheet in pending[1]}) == 1
    assert len(pending[1] - pending[0]) == 1


@pytest.mark.on_sqlite
@pytest.mark.parametrize("sheets", [15, 4])
async def test_after_the_end_the_key_opens_nothing_that_lies_in_the_files(people, sheets):
    await people.answers(sheets)
    assert sealed_left(people.after, people.after) == sheets
    await people.closes()
    if sheets < 5:  # they stay for a month, in case of more papers
        assert sealed_left(people.after, people.closed) == sheets
        people.school.waits(days=31)
        await people.forgets()
    assert sealed_left(people.after, people.closed) == 0


async def test_who_has_the_database_but_not_the_key_repeats_no_answer_to_make_up_the_five(people):
    await people.answers(4)

    def repeats(tx):
        table = survey_pending
        sheet = select(table.c.id + 1, table.c.round_id, table.c.sheet, table.c.is_aside).limit(1)
        tx.execute(table.insert().from_select(["id", "round_id", "sheet", "is_aside"], sheet))

    await people.school.database.write(repeats)
    await people.closes()
    assert await people.rows(select(survey_answers.c.id)) == []


@pytest.mark.parametrize("made_up", ["in plain", "of a message", "of nothing"])
async def test_nor_makes_one_up(people, made_up):
    await people.answers(4)
    plain = b'{"survey_id": 1, "channel": "chat", "answers": {"S1": 1}, "is_proven": true}'

    def adds(tx):
        message = tx.scalar(select(type_coerce(inbox.c.body, LargeBinary)).limit(1))
        sheet = {"in plain": plain, "of a message": message, "of nothing": b""}[made_up]
        row = {"id": 1, "round_id": people.round, "sheet": type_coerce(sheet, LargeBinary)}
        tx.execute(survey_pending.insert().values(row))

    await people.school.database.write(adds)
    await people.closes()
    assert await people.rows(select(survey_answers.c.id)) == []


async def test_an_answer_that_was_changed_does_not_count_and_keeps_nobody_from_the_others(people):
    await people.answers(6)
    changed = {"sheet": type_coerce(b"\x01" + bytes(4140), LargeBinary)}
    one = survey_pending.c.id.in_(select(survey_pending.c.id).limit(1))
    await people.school.database.write(lambda tx: tx.execute(update(survey_pending).where(one).values(changed)))
    await people.closes()
    rows = await people.rows(select(survey_answers.c.value).where(survey_answers.c.question == "S18"))
    assert len(rows) == 5


async def test_an_answer_in_a_version_that_few_saw_is_not_found_by_it(people, office):
    await people.answers(6)
    known = (await people.rows(select(survey_pending.c.sheet)))[0].sheet["survey_id"]
    newer = await people.school.database.write(lambda tx: _reworded(tx, known))
    await people.school.database.write(lambda tx: rounds.ask_in_version(tx, known, newer))
    await office.seats(people.course, 2)
    sheet = Sheet(newer, "chat", {"S1": 1, "S2": 1}, is_proven=True)
    await people.school.database.write(
        lambda tx: answers.hand_in_many(tx, rounds.find(tx, people.round), [sheet] * 2, people.school.now.date())
    )
    await people.closes()
    rows = await people.rows(select(survey_answers.c.survey_id, survey_answers.c.question))
    assert {row.survey_id for row in rows} == {newer}
    assert Counter(row.question for row in rows)["S2"] == 8


def _reworded(tx, survey_id):
    survey = surveys.find(tx, survey_id)
    first, *others = survey.items
    reworded = replace(first, text=replace(first.text, ko="교육 내용이 좋았다."))
    return surveys.add(tx, replace(survey, version=2, items=(reworded, *others)))


@pytest.mark.on_sqlite
async def test_no_value_is_shared_between_answers_and_people(people):
    await people.answers()
    await people.closes()
    assert shared_values(people.closed[0], {"survey_answers", "survey_pending"}) == set()


async def test_the_answers_of_one_person_are_not_kept_together(people):
    await people.answers()
    await people.closes()
    rows = await people.rows(select(survey_answers))
    assert len(rows) == 15 * 18
    assert len({row.id for row in rows}) == len(rows)
    assert {column.name for column in survey_answers.c} == {
        "id",
        "round_id",
        "survey_id",
        "question",
        "value",
        "channel",
    }


def test_no_key_leads_from_an_answer_to_a_person():
    reached, left = set(), {"survey_answers", "survey_pending"}
    while left:
        table = metadata.tables[left.pop()]
        reached.add(table.name)
        left |= {key.column.table.name for key in table.foreign_keys} - reached
    assert reached == {"survey_answers", "survey_pending", "survey_rounds", "surveys", "courses"}


async def test_nothing_that_was_said_stays_in_the_conversation_or_the_draft(people, database):
    await people.answers()
    said = await people.rows(select(inbox.c.body, inbox.c.reply).where(inbox.c.form.is_not(None)))
    assert {str(row.body) for row in said} == {"{'taken_back': True}"}
    told = [row.reply["text"] for row in await people.rows(select(inbox.c.reply))]
    assert [text for text in told if "의견:" in text or "20 ·" in text] == []
    assert (await people.rows(select(metadata.tables["drafts"]))) == []


@pytest.mark.on_sqlite
async def test_messages_of_all_lengths_look_alike(people):
    await people.answers()
    with sqlite3.connect(people.before[0]) as db:
        lengths = {row[0] for row in db.execute("SELECT length(body) FROM inbox WHERE form IS NOT NULL")}
    assert len(lengths) == 1


async def test_the_log_knows_no_answer(people, logged, monkeypatch):
    await people.answers(1)
    monkeypatch.setattr(rounds, "find", lambda *_: 1 / 0)
    told = await people.people[0].goes_to(f"forms/survey/{people.round}/answer/S1/4")
    assert "참고 번호" in told
    assert "route=forms/{name}/{subject}/answer/{question}/{value}" in logged.text
    assert [word for word in ("S1/4", "의견") if word in logged.text] == []


async def test_sheets_of_fewer_than_five_stay_sealed(people):
    await people.answers(4)
    await people.closes()
    assert await people.rows(select(survey_answers.c.id)) == []
    assert len(await people.rows(select(survey_pending.c.id))) == 4


async def test_receipts_tell_who_but_not_when(people):
    await people.answers(5)
    assert [column.name for column in survey_receipts.c] == ["round_id", "resident_id"]
    receipts = await people.rows(select(survey_receipts.c.resident_id))
    assert {row.resident_id for row in receipts} == set(people.truth)


@pytest.mark.parametrize(("way", "kept", "sealed"), [("kiosk", {None}, 0), ("paper", {"chat"}, 1)])
async def test_a_way_of_answering_that_is_rare_is_not_kept_with_the_answers(people, office, way, kept, sealed):
    await people.answers(6)
    await office.seats(people.course, 1)

    def hands_in(tx):
        round_ = rounds.find(tx, people.round)
        sheet = Sheet(round_.survey_id, way, {"S1": 1}, is_proven=way == "kiosk")
        answers.hand_in(tx, round_, surveys.find(tx, round_.survey_id), sheet, people.school.now.date())

    await people.school.database.write(hands_in)
    await people.closes()
    assert {row.channel for row in await people.rows(select(survey_answers.c.channel))} == kept
    assert len(await people.rows(select(survey_pending.c.id))) == sealed

"""Making a survey from a standard one, and editing it as long as nobody has answered."""

from functools import partial

import pytest

from handlers.staff.desk import acts, undoing
from handlers.staff.files.rows import QUESTION, SURVEY
from handlers.staff.surveys.making import editing, written
from storage.asking import rounds, surveys
from storage.asking.answers import Sheet, hand_in
from tests.support.domain import SETTINGS
from tests.support.surveys.ballots import satisfied

pytestmark = pytest.mark.on_sqlite
ZONE = SETTINGS.to_organization().timezone


async def does(school, act, **args):
    return await school.gets(partial(acts.perform, act=act, args=args))


async def undoes(school, told):
    entry = next(step.args["entry"] for step in told.steps if step.action == "undo")
    return await school.gets(undoing.undo, entry)


async def newest(school, code="봄-만족"):
    return await school.database.read(lambda tx: surveys.newest(tx, code))


async def names(school):
    return [item.name for item in (await newest(school)).items]


async def answer(school):
    """Somebody answers the survey at a kiosk."""

    def work(tx):
        asked = surveys.newest(tx, "봄-만족")
        rounds.open_round(tx, asked.code, asked.id, None, school.now, school.now + school.days(3))
        round_ = rounds.of_code(tx, asked.code)[-1]
        hand_in(tx, round_, asked, Sheet(asked.id, "kiosk", satisfied(1)), school.now.date())

    await school.database.write(work)


def row(**changes):
    cells = {"code": "봄-만족", "kind": "만족도", "title": "봄학기 만족도", "audience": "수강생", **changes}
    return [written.row(SURVEY, cells)]


def question(**changes):
    cells = {"name": "Z1", "kind": "하나", "text": "다시 오시겠어요?", "options": "예\n아니요", **changes}
    return [written.row(QUESTION, cells)]


@pytest.fixture
async def spring(school):
    return await does(school, editing.MAKE, standard="만족도조사", rows=row())


@pytest.mark.parametrize("code", ["수요조사", "만족도조사"])
def test_what_is_written_of_a_standard_survey_is_all_of_it(code):
    cells, questions = written.standard()[code]
    times = {"opens_at": "2026-12-01 09:00", "closes_at": "2026-12-14"} if code == "수요조사" else {}
    survey = _read(written.rows({**cells, **times}, questions))
    assert survey == _read(written.rows(written.of_survey(survey, ZONE), written.of_items(survey)))


def _read(rows):
    from handlers.staff.surveys.sheets.importing import _read as read

    ((found,), problems) = read(rows, ZONE, lambda _: None)
    assert not problems
    return found.survey


async def test_a_survey_is_made_of_a_standard_one_and_unmade(school, spring):
    assert "설문을 만들었습니다. 문항 20개" in spring.title
    made = await newest(school)
    assert (made.title.ko, made.items[0].name, made.follows_courses) == ("봄학기 만족도", "S1", True)
    await undoes(school, spring)
    assert await newest(school) is None


async def test_a_number_that_is_taken_is_refused(school, spring):
    said = await school.declines(editing.make, standard="만족도조사", rows=row())
    assert "이미 있는 설문번호" in said


async def test_a_question_is_added_changed_moved_and_dropped(school, spring):
    before = await names(school)
    await does(school, editing.SAVE_QUESTION, survey="봄-만족", name="", rows=question())
    await does(school, editing.SAVE_QUESTION, survey="봄-만족", name="Z1", rows=question(text="또 오시겠어요?"))
    assert (await newest(school)).items[-1].text.ko == "또 오시겠어요?"
    await does(school, editing.MOVE_QUESTION, survey="봄-만족", name="Z1")
    assert await names(school) == [*before[:-1], "Z1", before[-1]]
    told = await does(school, editing.DROP_QUESTION, survey="봄-만족", name="Z1")
    assert await names(school) == before
    await undoes(school, told)
    assert "Z1" in await names(school)


async def test_what_a_file_would_be_refused_for_is_refused_on_the_screen(school, spring):
    said = await school.declines(editing.save_question, "봄-만족", "", question(options="하나뿐"))
    assert "보기를 두 개 이상" in said
    assert "Z1" not in await names(school)


async def test_a_question_on_which_another_one_hangs_is_not_dropped(school):
    times = {"opens_at": "2026-12-01 09:00", "closes_at": "2026-12-14"}
    needs = row(kind="수요", audience="링크", **times)
    await does(school, editing.MAKE, standard="수요조사", rows=needs)
    assert "앞에 ‘N6’ 문항이 없습니다" in await school.declines(editing.drop_question, "봄-만족", "N6")


@pytest.mark.parametrize(
    ("act", "args"),
    [
        (editing.SAVE_QUESTION, {"name": "", "rows": question()}),
        (editing.MOVE_QUESTION, {"name": "S2"}),
        (editing.DROP_QUESTION, {"name": "S2"}),
        (editing.CHANGE, {"rows": row(title="다른 이름")}),
    ],
    ids=lambda each: getattr(each, "name", ""),
)
async def test_what_is_answered_is_not_edited_but_copied_as_a_new_version(school, spring, act, args):
    await answer(school)
    before = await newest(school)
    assert "새 판으로 복사" in await school.declines(act.work, survey="봄-만족", **args)
    assert await newest(school) == before
    await does(school, editing.COPY, survey="봄-만족")
    await does(school, act, survey="봄-만족", **_of_version(args))
    assert (await newest(school)).version == 2


def _of_version(args):
    return {**args, "rows": row(title="다른 이름", version=2)} if args.get("rows") and "name" not in args else args


async def test_an_edit_is_not_undone_under_answers(school, spring):
    told = await does(school, editing.DROP_QUESTION, survey="봄-만족", name="S2")
    await answer(school)
    entry = told.steps[-1].args["entry"]
    assert "이미 응답이 있어" in await school.declines(undoing.undo, entry)


async def test_title_and_times_are_changed_and_questions_stay(school, spring):
    before = await names(school)
    await does(school, editing.CHANGE, survey="봄-만족", rows=row(title="봄 설문", open_days="5"))
    found = await newest(school)
    assert (found.title.ko, found.open_days, await names(school)) == ("봄 설문", 5, before)

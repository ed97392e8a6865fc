"""A file is previewed by reading alone, and its preview tells what the import itself would."""

from functools import partial

import pytest

from bot.desk import Gate
from handlers.staff.desk import acts
from handlers.staff.importers import IMPORT
from storage.audit.journal import Officer
from storage.teaching import courses
from tests.support.domain import SETTINGS

OPEN = {"접수종료": "2026-11-30"}


@pytest.fixture
def gate(school) -> Gate:
    return Gate(school.database, SETTINGS.to_organization(), Officer("담당자", "command"), lambda: school.now)


@pytest.fixture
async def taken(school, gate, rows, resident) -> None:
    """The good course, of which the only seat is held and one waits."""
    await gate.act(partial(acts.perform, act=IMPORT, args={"rows": rows(OPEN | {"정원": 1, "최소인원": 0})}))
    course = (await school.database.read(lambda tx: courses.by_code(tx, ["26-01"])))["26-01"].id
    for number in (1, 2):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")


CHANGES = [
    ({}, 0),
    ({"분류": "음료"}, 0),
    ({"장소": "실습실 B"}, 1),
    ({"재료비": 0}, 1),
    ({"준비물": "필기도구"}, 1),
    ({"종료시간": "14:00"}, 1),
    ({"종료일": "2027-01-05"}, 1),
    ({"시작시간": "오전 9시"}, 1),
    ({"휴강일": "2026-12-15"}, 1),
    ({"종료일": "2026-12-22"}, 1),
    ({"상태": "비공개", "시작시간": "오전 9시"}, 1),
    ({"상태": "폐강"}, 0),
    ({"정원": 0}, 0),
]


@pytest.mark.parametrize(("change", "people"), CHANGES)
async def test_a_preview_reads_whom_an_import_would_tell_as_the_import_itself_finds_them(
    school, gate, rows, taken, change, people
):
    args = {"rows": rows(OPEN | {"정원": 1, "최소인원": 0} | change)}
    seen = await school.database.read(lambda tx: IMPORT.check(tx, gate._desk(), **args))
    assert seen == await gate.preview(partial(acts.perform, act=IMPORT, args=args))
    assert (seen.reach.people if seen.reach else 0) == people

"""What officers say of their own sender: only what can be filled is used, and each act can be undone."""

from dataclasses import replace
from functools import partial

import pytest

from handlers.dialogue.organization import Pushes
from handlers.notices.templates import TEXTS
from handlers.staff.desk import acts, undoing
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.notices.templates import approving, standing
from handlers.staff.today import due
from storage.ways import templates
from tests.support.domain import SETTINGS

pytestmark = pytest.mark.on_sqlite

HERE = SETTINGS.to_organization()
WITH_FILE = replace(HERE, pushes=Pushes(has_file=True))
WITH_BOTH = replace(HERE, pushes=Pushes(by_number=("alimtalk",), has_file=True))


async def at_desk(school, work, organization=WITH_FILE):
    return await school.database.write(lambda tx: work(tx, Desk(organization, school.now)))


async def does(school, act, organization=WITH_FILE, **args):
    return await at_desk(school, partial(acts.perform, act=act, args=args), organization)


async def usable(school, kind="offer"):
    return await school.database.read(lambda tx: templates.usable(tx, "file", kind))


@pytest.mark.on_both
async def test_what_is_approved_is_used_under_its_code_until_that_is_undone(school):
    told = await does(school, approving.APPROVE, kind="자리 제안", code="T-001")
    found = await usable(school)
    assert (found.code, found.text, found.name) == ("T-001", TEXTS["offer"].text, "배움톡 자리 제안")
    await at_desk(school, partial(undoing.undo, entry=told.steps[-1].args["entry"]))
    assert await usable(school) is None


async def test_what_is_rejected_later_is_not_used_any_more_and_undoing_brings_it_back(school):
    await does(school, approving.APPROVE, kind="offer", code="T-001")
    told = await does(school, approving.REJECT, kind="offer")
    assert await usable(school) is None
    await at_desk(school, partial(undoing.undo, entry=told.steps[-1].args["entry"]))
    assert (await usable(school)).code == "T-001"


async def test_another_text_is_used_and_told_where_all_its_variables_are_known(school):
    told = await does(school, approving.APPROVE, kind="offer", code="1", text="[#{기관}] #{강좌} 자리 (#{기한}까지)")
    assert told.notes == (f"{standing.DIFFERS}.",)
    assert (await usable(school)).text == "[#{기관}] #{강좌} 자리 (#{기한}까지)"
    shown = await at_desk(school, standing.show)
    assert ("자리 제안", "배움톡 자리 제안", "승인", "1", standing.DIFFERS) in shown.tables[0].rows


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ({"kind": "offer", "code": "1", "text": "#{별명}님, #{강좌}"}, "모르는 변수가 있습니다: #{별명}"),
        ({"kind": "offer", "code": " "}, "템플릿 코드를 적어 주세요"),
        ({"kind": "offer", "code": "1" * 61}, "코드: "),
        ({"kind": "강좌 소식", "code": "1"}, "광고로 볼 수 있어"),
        ({"kind": "수료 3개월 뒤", "code": "1"}, "단추로만"),
        ({"kind": "없는 안내", "code": "1"}, "이런 안내가 없습니다"),
    ],
)
async def test_what_cannot_be_used_is_declined_and_nothing_is_kept(school, args, why):
    with pytest.raises(Declined, match=why):
        await does(school, approving.APPROVE, **args)
    assert await school.database.read(lambda tx: templates.of_way(tx, "file")) == {}


async def test_where_there_is_no_file_nothing_is_said_of_one(school):
    with pytest.raises(Declined, match="발송 파일이 꺼져"):
        await does(school, approving.APPROVE, HERE, kind="offer", code="1")


async def test_what_nothing_covers_is_told_by_way_and_as_one_line_of_today(school):
    await does(school, approving.APPROVE, WITH_BOTH, kind="offer", code="1")
    shown = await at_desk(school, standing.show, WITH_BOTH)
    many = len(TEXTS)
    assert shown.facts[0].startswith(f"알림톡: {many}가지 가운데 0가지를 보냅니다. 보내지 못하는 것: ‘첫 수업 안내’")
    assert shown.facts[1].startswith(f"발송 파일: {many}가지 가운데 1가지를 보냅니다.")
    lines = [each for each in await at_desk(school, due.due, WITH_BOTH) if each.kind == "template"]
    assert [each.title for each in lines] == [f"승인된 템플릿이 없어 알림톡·발송 파일로 못 알리는 안내 {many}가지"]


async def test_where_all_is_covered_or_no_way_asks_today_has_no_line(school):
    for kind in TEXTS:
        await does(school, approving.APPROVE, kind=kind, code="1")
    for organization in (WITH_FILE, HERE):
        assert [each for each in await at_desk(school, due.due, organization) if each.kind == "template"] == []
    assert "꺼져 있어" in (await at_desk(school, standing.show, HERE)).notes[0]


async def test_each_kind_that_has_no_text_is_listed_with_the_reason(school):
    shown = await at_desk(school, standing.show)
    reasons = dict(shown.tables[-1].rows)
    assert "광고" in reasons["강좌 소식"]
    assert "소식지" in reasons["기다리던 강좌"]
    assert not {"자리 제안", "수료"} & set(reasons)

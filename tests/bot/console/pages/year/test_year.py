"""The year in the console: its figures and what they are made of, what is entered, quarters, papers and the report."""

import pytest

from storage.year import entries
from storage.year.entries import BudgetEntry, Problem
from tests.support.year import policy

pytestmark = pytest.mark.on_sqlite
AT = "/desk/year/2023"
PRESS = {"year": "2023", "kind": "언론보도", "days": "2023-03-28", "count": "3", "title": "수강생 모집"}


@pytest.fixture
async def policy_told(school):
    """What the district's sheet tells of a term of office."""
    await school.database.write(policy.enter)
    return school


@pytest.fixture
async def in_charge(counter, policy_told):
    return await counter.officer("officer", "kim")


def cells(page, label):
    """The rows of the table in the region that is called so."""
    region = next(each for each in page.all("div") if each.attributes.get("aria-label") == label)
    return [
        [one.text.strip() for one in row.children if getattr(one, "tag", "") in ("td", "th")]
        for row in region.all("tr")
    ]


async def test_a_year_shows_its_figures_and_leads_to_its_neighbours(in_charge):
    shown = await in_charge.opens(AT)
    for said in ("임기 전체 이행률 21%", "2023년 달성률 108%", "인쇄하는 계는 70백만원"):
        assert said in shown
    await in_charge.follows("← 2022년")
    assert "2022년 달성률 100%" in in_charge.text


async def test_a_figure_leads_to_the_courses_that_it_counts(in_charge, school):
    await school.opens(code="N1", title="새 과정", term="2026-H2", start_date=school.day(2026, 11, 2))
    await in_charge.opens("/desk/year/2023/indicators/1")
    assert "직업교육 프로그램(수) 13개" in in_charge.text
    await in_charge.opens("/desk/year/2026/indicators/1")
    await in_charge.follows("새 과정")
    assert "/desk/courses/N1" in str(in_charge.answer.url)


@pytest.mark.parametrize("path", ["1", "3000", "2023x", "2023/quarters/5", "2023/indicators/99", "2023/rows/none"])
async def test_what_there_is_not_is_told_so(in_charge, path):
    await in_charge.opens(f"/desk/year/{path}")
    assert in_charge.answer.status_code == 422


# --- what is entered ---


async def test_a_row_is_entered_changed_dropped_and_brought_back(in_charge, school):
    await in_charge.opens(f"{AT}/rows/problems")
    await in_charge.follows("더하기")
    await in_charge.presses("저장", problem="강의실이 좁음", measure="을지로로 옮김")
    assert "적었습니다" in await in_charge.presses("그대로 하기")
    await in_charge.opens(f"{AT}/rows/problems/2")
    await in_charge.presses("저장", problem="강의실이 모자람")
    await in_charge.presses("그대로 하기")
    assert [each.problem for each in await of(school, Problem)][1] == "강의실이 모자람"
    await in_charge.sends(f"{AT}/rows/problems/2", {"do": "drop", "sure": "1"})
    assert "강의실이 모자람" not in [each.problem for each in await of(school, Problem)]
    await in_charge.presses("되돌리기")
    assert [each.problem for each in await of(school, Problem)][1] == "강의실이 모자람"


async def of(school, sort):
    return await school.database.read(lambda tx: entries.all_of(tx, sort))


async def test_what_was_typed_stays_where_it_is_refused(in_charge):
    await in_charge.opens(f"{AT}/rows/budget/add")
    await in_charge.presses("저장", amount="많이", purpose="강사료")
    assert in_charge.answer.status_code == 422
    assert in_charge.page.one("input", id="f-amount").attributes["value"] == "많이"


async def test_a_file_that_is_written_out_is_taken_back_unchanged(in_charge, school):
    before = await of(school, BudgetEntry)
    written = await in_charge.http.get(f"{AT}/rows/budget/file?as=xlsx")
    await in_charge.opens("/desk/import")
    shown = await in_charge.sends("/desk/import", {}, {"file": ("budget.xlsx", written.content)})
    assert "그대로" in shown
    assert await of(school, BudgetEntry) == before


async def test_who_only_looks_is_offered_nothing_to_do(counter, policy_told):
    viewer = await counter.officer("viewer")
    for path in (AT, f"{AT}/rows/log", f"{AT}/quarters/4"):
        await viewer.opens(path)
        assert [each.label for each in viewer.page.all("button")] == ["찾기", "로그아웃", "모두 로그아웃"]


@pytest.mark.parametrize(
    ("role", "path", "fields"),
    [
        ("viewer", "rows/problems/add", {"problem": "좁음"}),
        ("viewer", "rows/problems/1", {"do": "drop"}),
        ("viewer", "quarters/4", {"stage": "추진중"}),
        ("officer", "quarters/4/close", {"do": "freeze"}),
    ],
)
async def test_nobody_does_what_is_for_others_to_do(counter, policy_told, role, path, fields):
    someone = await counter.officer(role)
    await someone.sends(f"{AT}/{path}", {**fields, "sure": "1"})
    assert someone.answer.status_code == 403


# --- quarters ---


@pytest.fixture
async def frozen(in_charge, counter):
    """The last quarter, drafted, checked and frozen."""
    await in_charge.sends(f"{AT}/quarters/4", {"stage": "추진중", "sure": "1"})
    lead = await counter.officer("lead", "lee")
    for done in ("check", "freeze"):
        await lead.sends(f"{AT}/quarters/4/close", {"do": done, "sure": "1"})
    return lead


async def test_a_quarter_is_drafted_by_one_and_frozen_by_another(in_charge, frozen):
    shown = await in_charge.opens(f"{AT}/quarters/4")
    assert "추진중" in shown
    for said in ("1. 작성 kim 님", "2. 팀장 확인 lee 님", "3. 확정 lee 님"):
        assert said in shown


async def test_what_has_changed_since_it_was_frozen_is_told(in_charge, frozen, school):
    later = BudgetEntry(0, 2023, "spent", "district", school.day(2023, 12, 20), 1_000_000, "재료비", "화분", None)
    await school.database.write(lambda tx: entries.save(tx, [later]))
    assert "확정 뒤 바뀐 것" in await in_charge.opens(f"{AT}/quarters/4")
    assert "화분" in in_charge.text


async def test_whoever_may_not_freeze_may_not_undo_it_either(in_charge, frozen):
    entry = undo_of(frozen)
    assert "권한이 없습니다" in await in_charge.sends("/desk/undo", {"entry": entry})
    assert "되돌렸습니다" in await frozen.sends("/desk/undo", {"entry": entry})


def undo_of(officer):
    form = next(each for each in officer.page.all("form") if each.attributes.get("action") == "/desk/undo")
    return form.one("input", name="entry").attributes["value"]


# --- papers ---


async def test_the_card_stands_on_screen_as_the_sheet_prints_it(in_charge):
    await in_charge.opens(f"{AT}/rows/policy/1")
    await in_charge.presses("저장", **{"box-0": "임기내", "box-2": "중구"})
    await in_charge.presses("그대로 하기")
    await in_charge.opens(f"{AT}/card/4")
    assert cells(in_charge.page, "확인지표")[1:] == [
        ["직업교육 프로그램(수)", "목표", "3", "12", "16", "20", "24", "75", "21%"],
        ["실적", "3", "13", "", "", "", "16"],
    ]
    assert cells(in_charge.page, "예산")[1:] == [
        ["확보", "20", "50", "30", "", "", "70"],
        ["집행", "8", "50", "", "", "", "58"],
    ]
    assert "■ 임기내 (고름) □ 임기후" in in_charge.text


@pytest.mark.parametrize("paper", ["card/4/file?as=", "report/file?half=1&as="])
@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("hwpx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")])
async def test_papers_are_handed_out_as_files(in_charge, paper, kind, begins):
    answer = await in_charge.http.get(f"{AT}/{paper}{kind}")
    assert answer.content.startswith(begins)
    assert f".{kind}" in answer.headers["content-disposition"]


async def test_a_kind_of_file_that_there_is_not_is_refused(in_charge):
    assert (await in_charge.http.get(f"{AT}/card/4/file?as=exe")).status_code == 422


async def test_the_report_has_its_parts_and_tells_its_charts_in_words(in_charge):
    await in_charge.opens(f"{AT}/report?half=1")
    assert len([each for each in in_charge.page.all("section") if "year-report" in each.attributes["class"]]) == 12
    assert all(each.attributes.get("aria-label") for each in in_charge.page.all("svg"))


async def test_the_demand_of_a_year_is_shown(in_charge):
    assert "2023년 수요" in await in_charge.opens(f"{AT}/demand")

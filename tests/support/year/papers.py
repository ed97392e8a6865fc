"""The policy card of the district's sheet, and a report on a half-year, built by hand; what reads their files back."""

import io
import re
from datetime import date

import hwpx
import pypdf
from jakal_hwpx import HwpxDocument
from openpyxl import load_workbook

from handlers.staff.desk.told import Table
from handlers.staff.year.cards.card import Boxes, Card, Term
from handlers.staff.year.counted.figures import (
    BudgetFigures,
    BudgetYear,
    IndicatorFigures,
    OfYear,
    ParticipationFigures,
    Source,
)
from handlers.staff.year.reports.report import Chart, Report, Section
from storage.year.entries import BudgetEntry, Indicator, PlanStep, PolicyTask, Problem

MILLION = 1_000_000
TASK = PolicyTask(
    1,
    "3-1",
    "온오프라인 중구형 평생학습 재교육 지원으로 일자리 체계 구축",
    2022,
    2026,
    188 * MILLION,
    {},
    "취업 의지가 있는 주민에게 직업역량강화 프로그램 운영\n이론과 실습을 함께 하고, 수료 뒤 일자리와 연계",
    "과장 평생학습과 02-000-0000\n팀장 평생학습팀 02-000-0001\n담당 평생학습팀 02-000-0002",
)
BOXES = (
    Boxes("사업구분", ("임기내", "임기후"), "임기내"),
    Boxes("사업시기", ("단기", "중기", "장기"), ""),
    Boxes("사업주체", ("중구", "서울시", "국가"), "중구"),
    Boxes("신규여부", ("신규", "계속"), "신규"),
)
STAGE = Boxes("이행단계", ("완료", "완료(지속)", "추진중", "일부추진"), "추진중")
TARGETS, ACTUALS = {2022: 3, 2023: 12, 2024: 16, 2025: 20, 2026: 24}, {2022: 3, 2023: 13}
COURSES = {
    "2022년": (
        "보드게임 지도사 2급 자격증반(더자람 동네배움터)",
        "바리스타 2급 자격증반(더자람 동네배움터)",
        "초급강사 역량강화교육 및 강의활동 연계 지원(크리스마스 원데이특강)",
    ),
    "2023년 상반기": (
        "꽃차소믈리에",
        "바리스타 2급 자격증+심화과정",
        "색채심리사 2급",
        "원예심리지도사 2급",
        "정리수납컨설턴트 2급",
        "플로리스트&화훼장식기능사",
    ),
    "2023년 하반기": (
        "미디어중독상담사 2급",
        "분노조절지도사",
        "아트플라워인테리어지도사",
        "에어컨살균세정관리사 2급",
        "한방건강차전문가 2급",
        "MBTI심리상담사(주)",
        "MBTI심리상담사(야)",
    ),
}
PARTICIPATION = (
    ParticipationFigures("briefing", "설명회·공청회 등", 0, ""),
    ParticipationFigures("satisfaction", "만족도 조사", 13, "'23.5.19. ~ 12.12."),
    ParticipationFigures("advice", "민간전문가 자문", 0, ""),
    ParticipationFigures("press", "언론·방송보도", 9, "'23.3.28. / 8.29. / 9.1."),
    ParticipationFigures("survey", "주민 설문조사", 1, "'22.9.26. ~ 10.7."),
)


def money(year, kind, amount, source="district"):
    return BudgetEntry(0, year, kind, source, None, amount, "", "", None)


def budget_year(year, secured, spent, is_counted=True, source="district"):
    entries = (money(year, "secured", secured * MILLION, source), money(year, "spent", spent * MILLION, source))
    return BudgetYear(year, secured * MILLION, spent * MILLION, is_counted, entries)


BUDGET = BudgetFigures(
    (budget_year(2022, 20, 8), budget_year(2023, 50, 50), budget_year(2024, 30, 0, is_counted=False))
)


def card(**changed):
    """Of the first quarter of 2024, as the sheet prints it."""
    years = tuple(OfYear(year, target, ACTUALS.get(year)) for year, target in TARGETS.items())
    given = {
        "task": TASK,
        "year": 2024,
        "quarter": 1,
        "boxes": BOXES,
        "stage": STAGE,
        "indicators": (IndicatorFigures(Indicator(1, "직업교육 프로그램(수)", "courses", "개"), years),),
        "budget": BUDGET,
        "terms": tuple(
            Term(title, tuple(Source("past", f"{title}/{place}", name) for place, name in enumerate(names)))
            for title, names in COURSES.items()
        ),
        "participation": PARTICIPATION,
        "problems": (
            Problem(1, 2024, "2024년 예산이 50백만원에서 30백만원으로 줄어듦", "위탁 대신 직영으로 운영", "running"),
        ),
        "plan": (
            PlanStep(1, 2024, date(2024, 1, 1), date(2024, 2, 29), "프로그램 기획", "done"),
            PlanStep(2, 2024, date(2024, 3, 1), date(2024, 7, 31), "상반기 운영", "planned"),
            PlanStep(3, 2024, date(2024, 8, 1), date(2024, 12, 31), "하반기 운영 및 결과보고", "planned"),
        ),
        "warnings": ("확보 계 70은 모두 더한 100과 다릅니다.",),
    }
    return Card(**{**given, **changed})


def report(courses=7):
    names = [*COURSES["2023년 하반기"], *(f"과정 {number}" for number in range(courses - 7))][:courses]
    run = Table(
        tuple((name, "15", "31", "2.1", "15", "13", "87%", "12", "92%") for name in names),
        ("과정", "정원", "신청", "경쟁률", "선정", "수료", "수료율", "취득", "취득률"),
        "과정별 운영 현황",
    )
    ages = Chart(
        "연령대",
        (("20대", 7.0), ("30대", 21.0), ("40대", 33.0), ("50대 이상", 30.0)),
        "명",
        "40대가 33명으로 가장 많음",
    )
    return Report(
        "2023년 하반기 직업교육 프로그램 결과보고",
        2023,
        2,
        (
            Section("추진개요", ("목적: 취업 의지가 있는 주민의 직업역량 강화", "기간: 2023.9.18. ~ 12.12.")),
            Section("과정별 운영 현황", tables=(run,)),
            Section("참여자 특성", ("5명 미만은 적지 않음",), charts=(ages,)),
            Section("우수사례", missing="적어 둔 우수사례가 없습니다."),
        ),
    )


def form(path, *grids):
    """A template of these tables."""
    document = hwpx.HwpxDocument.new()
    document.paragraphs[0].text = "공약사업 이행카드"
    for rows in grids:
        table = document.add_table(len(rows), len(rows[0]), width=40000)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                table.cell(row, column).set_text(text)
    document.save_to_path(str(path))
    return path


def tables(content):
    """Of a file of 한글, as another library reads it: lines of a cell are told apart by nothing."""
    return [
        [[cell.text for cell in row] for row in table.rows()] for table in HwpxDocument.from_bytes(content).tables()
    ]


def structure(content):
    """Of a PDF: the elements that its tags tell."""
    left = [pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]]
    while left:
        each = left.pop().get_object()
        if isinstance(each, dict):
            yield each
            kids = each.get("/K", [])
            left += kids if isinstance(kids, list) else [kids]


def pages(content):
    """The words of each, without spaces."""
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def words(content):
    return "".join(pages(content))


def sheets(content, **how):
    return load_workbook(io.BytesIO(content), **how).worksheets


def reckoned(sheet, name):
    """What a cell comes to: of sums and rates, which are all formulas that papers have."""
    said = sheet[name].value
    if not isinstance(said, str) or not said.startswith("="):
        return said
    if rate := re.fullmatch(r'=IF\(N\((\w+)\)=0,"-",ROUND\((\w+)/\1\*100,0\)\)', said):
        whole, part = (reckoned(sheet, each) or 0 for each in rate.groups())
        return int(part / whole * 100 + 0.5) if whole else "-"
    (summed,) = re.fullmatch(r"=SUM\((.*)\)", said).groups()
    cells = [cell for each in summed.split(",") for row in _rows(sheet[each]) for cell in row]
    return sum(reckoned(sheet, cell.coordinate) or 0 for cell in cells)


def _rows(found):
    return found if isinstance(found, tuple) else ((found,),)


def formulas(sheet):
    return {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}

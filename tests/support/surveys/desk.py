"""An officer with papers and exports on their desk: writes files, and brings them in."""

import csv
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from bot.terminal.typed import typed
from handlers.staff.desk.imported import Imported, summary
from handlers.staff.entering import importing
from handlers.staff.entering.importing import File
from handlers.staff.files.reading import json, sheets
from handlers.staff.reports.lines import of_told
from handlers.staff.surveys.sheets.template import STANDARD
from tests.support.domain import School

GOOD: dict[str, Any] = {
    **{f"S{number}": 5 for number in range(1, 14)},
    "S14": 9, "S15": "취업을 준비하겠다", "S16": "채용정보, 구직상담", "S18": "실습이 많아 좋았어요",
}  # fmt: skip
NAVER: dict[str, Any] = {
    "응답일시": "2026-11-24 10:03:22",
    "참여자": "응답자 1",
    "2. 나이대를 골라 주세요": "40대",
    "1. 사시는 곳은 어디인가요? (필수)": "청구동",
    "3. 현재 하시는 일은 무엇에 가까운가요?*": "주부",
    "4. 직업교육을 받으려는 까닭은 무엇인가요? (2개까지)": "취업, 기타: 요리, 제빵",
    "Q5) 최근 1년 사이 직업교육을 받은 적이 있나요?": "없다",
    "6. 그 교육이 도움이 되었나요?": "",
    "7. 어떤 분야를 배우고 싶으세요?": "식음료(바리스타·차), 디지털·사무",
    "8. 언제가 좋으세요?": "평일 오전",
    "9. 1주일에 몇 번이 좋으세요?": "2번",
    "10. 한 과정에 스스로 낼 수 있는 재료비·교재비는 얼마까지인가요?": "5만 원까지",
    "11. 참여할 때 어려운 점은 무엇인가요?": "비용",
    "12. 교육이 끝난 뒤 받고 싶은 도움은 무엇인가요?": "구직상담",
    "13. 프로그램 소식을 무엇으로 받고 싶으세요?": "카카오톡",
    "성함": "",
}
TEXTS = {
    row.cells["name"]: row.cells["text"]
    for row in json.read(STANDARD.name, STANDARD.read_bytes())
    if "name" in row.cells
}


class Clerk:
    """Brings answers to one survey in; `folder` holds their files."""

    def __init__(self, school: School, folder: Path, survey: str, course: str | None = None) -> None:
        self.school, self.folder, self.survey, self.course = school, folder, survey, course

    def types(self, *papers: dict[str, Any], name: str = "answers.xlsx") -> Path:
        """A sheet of ours: the papers of a course, each the good one with its changes."""
        return self.saves(name, *({"번호": number, **GOOD, **paper} for number, paper in enumerate(papers, 1)))

    def saves(self, name: str, *rows: dict[str, Any], encoding: str = "cp949") -> Path:
        path = self.folder / name
        header = list(dict.fromkeys(column for row in rows for column in row))
        lines = [header, *([row.get(column) for column in header] for row in rows)]
        if path.suffix == ".csv":
            with path.open("w", encoding=encoding, newline="") as file:
                csv.writer(file).writerows(lines)
            return path
        book = Workbook()
        book.active.title = "응답"
        for line in lines:
            book.active.append(line)
        book.save(path)
        return path

    async def brings(self, *paths: Path, only_check: bool = False) -> Imported:
        files = [File(path.name, sheets.grids(path)) for path in paths]
        work = importing.import_answers
        return await self.school.asks(work, self.survey, self.course, files, only_check=only_check)

    async def says(self, *paths: Path, only_check: bool = False) -> str:
        return "\n".join(of_told(summary([await self.brings(*paths, only_check=only_check)]), typed))


def export(*people: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a Naver Form export, each the usual one with its changes."""
    return [NAVER | person for person in people]

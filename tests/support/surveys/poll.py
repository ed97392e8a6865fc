"""The two standard surveys, brought in as officers do, and people who answer them."""

import json
from typing import Any

from bot.terminal.typed import typed
from handlers.staff.desk.imported import summary
from handlers.staff.files.reading import json as json_files
from handlers.staff.reports.lines import of_told
from handlers.staff.surveys.sheets import importing
from handlers.staff.surveys.sheets.template import STANDARD
from storage.asking import answers, rounds, settling
from storage.asking.answers import Sheet
from storage.asking.rounds import Round
from storage.asking.survey import Survey
from storage.people import residents
from storage.seating import enrollments
from tests.support.domain import School, Visitor
from tests.support.surveys.ballots import seat

SATISFACTION = {
    **{f"S{number}": "5" for number in range(1, 14)},
    "S14": "9", "S15": "취업을 준비하겠다", "S16": "채용정보, 구직상담", "S17": "건너뛰기",
    "S18": "실습이 많아 좋았어요", "S19": "건너뛰기", "S20": "제과",
}  # fmt: skip
NEEDS = {
    "N1": "청구동", "N2": "40대", "N3": "여성", "N4": "주부", "N5": "취업, 창업", "N6": "없다",
    "N8": "1,2", "N9": "한식조리", "N10": "평일 오전", "N11": "2번", "N12": "5만 원까지",
    "N13": "비용", "N14": "구직상담", "N15": "카카오톡", "N16": "건너뛰기",
}  # fmt: skip


def standard(**needs: Any) -> list[dict[str, Any]]:
    """The content of the standard file; `needs` changes the survey of needs."""
    content: list[dict[str, Any]] = json.loads(STANDARD.read_text(encoding="utf-8"))["surveys"]
    content[0] |= {"opens_at": "2026-11-20 09:00", "closes_at": "2026-12-11 18:00", **needs}
    return content


class Office:
    """Brings surveys in, and looks at what came of them."""

    def __init__(self, school: School) -> None:
        self.school = school

    async def imports(self, content: list[dict[str, Any]]) -> list[str]:
        rows = json_files.read("surveys.json", json.dumps({"surveys": content}).encode())
        return of_told(summary([await self.school.asks(importing.import_surveys, rows)]), typed)

    async def round(self, key: str) -> Round:
        found = await self.school.database.read(
            lambda tx: {each.key: each for each in rounds.of_code(tx, key.split("/")[0])}
        )
        return found[key]

    async def opens(self, course: int) -> int:
        """The round of the satisfaction survey of a course, open for ten days from now."""
        now, key = self.school.now, f"만족도조사/{course}"

        def work(tx: Any) -> int:
            (survey,) = [each for each in surveys_of(tx) if each.follows_courses]
            rounds.open_round(tx, key, survey.id, course, now, now + self.school.days(10))
            return rounds.of_code(tx, survey.code, course)[0].id

        return await self.school.database.write(work)

    async def seats(self, course: int, people: int) -> int:
        """So many attend the course, too."""
        await self.school.database.write(lambda tx: seat(tx, course, people, self.school.now))
        return course

    async def settles(self, round_id: int) -> None:
        await self.school.database.write(lambda tx: settling.settle(tx, round_id, self.school.now))

    async def sheets(self, round_id: int) -> list[Sheet]:
        return await self.school.database.read(lambda tx: answers.pending(tx, [round_id]))


def surveys_of(tx: Any) -> list[Survey]:
    from storage.asking import surveys

    return surveys.all_newest(tx)


async def attend(school: School, visitor: Visitor, course: int, state: str = "confirmed") -> int:
    """This visitor attends the course; their resident's id."""
    await visitor.says("메뉴")

    def work(tx: Any) -> int:
        resident = residents.welcome(tx, visitor.channel, visitor.address, "ko", school.now)
        enrollments.add(tx, course, resident.id, state, "web", school.now)
        return resident.id

    return await school.database.write(work)


async def answer(visitor: Visitor, round_id: int, said: dict[str, str], until: str = "") -> str:
    """Typing every answer; up to a question, or to the end and sent."""
    await visitor.goes_to(f"forms/survey/{round_id}")
    for question, text in said.items():
        if question == until:
            return visitor.screen.text
        await visitor.says(text)
    return await visitor.presses("보내기")

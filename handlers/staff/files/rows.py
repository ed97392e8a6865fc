"""Rows of an officer's file, that know their place in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.language.letters.encodings import decoded

COURSE, SURVEY, QUESTION, POSTING = "과정", "설문", "문항", "공고"  # what a line of a sheet tells of
COMMON_QUESTION = "자주 묻는 질문"
QUALIFICATION = "자격취득"
# What is entered of a year, by what the lists of a file are named.
YEAR = {
    "policy": "공약과제",
    "indicators": "확인지표",
    "targets": "목표",
    "past": "지난 과정",
    "budget": "예산",
    "log": "주민참여",
    "plan": "추진계획",
    "problems": "문제점",
    "promotion": "홍보",
}
SUMMED = (YEAR["budget"],)  # kinds of which lines with sums are read as well, to be compared
PROSE = (YEAR["plan"], YEAR["problems"], YEAR["promotion"])  # they tell in free words what each line is of
COUNSELING = COUNSELOR, COUNSELING_HOURS, COUNSELING_DAY = "상담사", "상담시간", "상담예외"
# Who has one of these is the header; the first one that is there tells of what.
MARKS = {
    "총사업비": YEAR["policy"],
    "세는것": YEAR["indicators"],
    **dict.fromkeys(("목표값", "목표치"), YEAR["targets"]),
    **dict.fromkeys(("수료인원", "수료자수", "지난과정명"), YEAR["past"]),
    **dict.fromkeys(("재원", "예산구분", "집행일", "확보일", "비목"), YEAR["budget"]),
    "참여구분": YEAR["log"],
    "추진계획": YEAR["plan"],
    "문제점": YEAR["problems"],
    "홍보매체": YEAR["promotion"],
    **dict.fromkeys(("취득일", "자격취득일", "합격일"), QUALIFICATION),
    "상담사명": COUNSELOR,
    "상담원명": COUNSELOR,
    "상담요일": COUNSELING_HOURS,
    "예외날짜": COUNSELING_DAY,
    "예외일": COUNSELING_DAY,
    "질문": COMMON_QUESTION,
    **dict.fromkeys(
        ("공고명", "채용공고명", "구인제목", "채용제목", "회사", "회사명", "업체명", "기업명", "company"), POSTING
    ),
    **dict.fromkeys(("과정명", "강좌명", "강의명", "교육명", "교육과정명", "프로그램명", "과목명"), COURSE),
    **dict.fromkeys(("설문명", "설문제목", "조사명"), SURVEY),
    **dict.fromkeys(("문항", "문항내용"), QUESTION),
    "title": COURSE,
}
# These are it only where several other headers stand beside them: they are words of a title as well.
WEAK_MARKS = dict.fromkeys(("과정", "강좌", "교육과정", "프로그램"), COURSE)


_BLANK = re.compile(r"[\s\u200b\ufeff]+")


class UnreadableFile(Exception):
    """The file can't be read; the message tells an officer, in Korean, what to do."""


@dataclass(frozen=True)
class Broken:
    """A cell that holds no value of its own."""

    shown: str
    why: str


Value = str | int | float | bool | datetime | date | time | timedelta | Broken | None


@dataclass(frozen=True)
class Row:
    """One line of a file. `number` is the row in Excel (the header is in row 1), or the place in a JSON list.

    What was typed into a form is a row without a sheet.
    """

    sheet: str
    number: int
    cells: Mapping[str, Value]
    letters: Mapping[str, str]  # empty for JSON, which has no columns
    kind: str = COURSE
    top: int = 0  # the row of its header: a sheet may have several tables
    is_total: bool = False  # whether it has the sums of those above it
    remarks: tuple[str, ...] = ()  # what is to be told of how its file was read; the first row of a file has them all

    def place(self, header: str) -> str:
        if not self.sheet:
            return f"‘{header}’"
        if not self.letters:
            return f"{self.sheet} {self.number}번째 {self.kind} ‘{header}’"
        letter = f" {self.letters[header]}열" if header in self.letters else ""
        return f"{self.sheet} {self.number}행{letter}" + (f" ‘{header}’" if header else "")


def is_blank(value: Value) -> bool:
    """A lone sign such as ○ is something."""
    return value is None or (isinstance(value, str) and not _BLANK.sub("", value))


def has_values(cells: Mapping[str, Value]) -> bool:
    return not all(is_blank(value) for value in cells.values())


def decode(name: str, data: bytes) -> str:
    try:
        return decoded(data)
    except UnicodeDecodeError as error:
        why = "글자를 읽을 수 없습니다. 엑셀에서 ‘CSV UTF-8’이나 .xlsx로 저장해 주세요."
        raise UnreadableFile(f"{name}: {why}") from error

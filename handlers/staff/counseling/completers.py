"""What became of completers: who would like to teach, and how many work some months later."""

from collections.abc import Mapping
from datetime import date, time

from handlers.calendar.hours import local
from handlers.language import dates
from handlers.language.phones import print_mobile
from handlers.staff.desk.desk import Desk
from storage import followups, instructors
from storage.database import Transaction
from storage.followups import STAGES, WORKING

WORDS = {"related": "배운 일", "other": "다른 일", "looking": "찾는 중", "not_looking": "찾지 않음"}


def show_instructors(tx: Transaction, desk: Desk) -> list[str]:
    found = instructors.everybody(tx)
    lines = [f"강사 후보: {len(found)}명"]
    for each in found:
        mobile = print_mobile(each.mobile) if each.mobile else "번호 없음"
        since = dates.day(each.since.astimezone(desk.house.timezone).date(), "ko", today=desk.today)
        what = [f"‘{each.title}’", each.certificate or "자격증 없음"]
        lines.append("  ".join([*what, each.name or "이름 없음", mobile, f"{since}부터"]))
    return lines


def show_followups(tx: Transaction, desk: Desk, year: int) -> list[str]:
    """For the yearly report: of those who were asked in this year."""
    since, until = (local(date(each, 1, 1), time(0), desk.house.timezone) for each in (year, year + 1))
    told = [_line(stage, followups.counts(tx, stage, since, until)) for stage in STAGES]
    return [f"{year}년에 물은 수료생의 취업:", *told]


def _line(stage: int, counts: Mapping[str | None, int]) -> str:
    asked = sum(counts.values())
    answered = asked - counts.get(None, 0)
    working = sum(counts.get(each, 0) for each in WORKING)
    each = ", ".join(f"{word} {counts.get(answer, 0)}명" for answer, word in WORDS.items())
    shares = f"{_share(working, answered, '답한 분')}, {_share(working, asked, '물은 분')}"
    return (
        f"- 수료 {stage}개월 뒤: 물은 분 {asked}명, 답한 분 {answered}명({_share(answered, asked, '물은 분')}), "
        f"일하는 분 {working}명({shares}). {each}."
    )


def _share(part: int, whole: int, of: str) -> str:
    return f"{of}의 {100 * part / whole:.1f}%" if whole else f"{of} 없음"

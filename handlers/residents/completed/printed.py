"""What stands on a certificate: facts that are frozen when it is issued, and the sheet that is printed from them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from handlers.attendance.counting import Tally
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import File
from storage.completion.certificates import Certificate
from storage.teaching.course import Course
from storage.teaching.sessions import Session

TITLE, NAME = "수료증", "성명"
SAMPLE = "견본"
MEDIA_TYPE = "application/pdf"


@dataclass(frozen=True)
class Facts:
    """In the words that are printed: named lines, the sentence, the day and who issued it."""

    lines: tuple[tuple[str, str], ...]
    sentence: str
    issued_on: str
    issuer: str

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "lines": [list(line) for line in self.lines]}

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Facts":
        lines = tuple((name, value) for name, value in written["lines"])
        return cls(lines, *(written[name] for name in ("sentence", "issued_on", "issuer")))


def facts(
    organization: Organization, course: Course, meetings: Sequence[Session], tally: Tally, now: datetime
) -> Facts:
    """Of attendance only where it was marked at all."""
    zone, issuer = organization.timezone, organization.issuer
    named = {
        "과정명": course.title,
        "관련 자격": course.certificate,
        "교육기간": _period(course, meetings, zone),
        "교육시간": _hours(meetings),
        "출석": f"{tally.classes}회 가운데 {tally.attended}회" if tally.marked else "",
        "교육기관": f"{organization.name} {organization.team}",
    }
    lines = tuple((name, value) for name, value in named.items() if value)
    return Facts(lines, issuer.sentence, day(now.astimezone(zone).date()), issuer.title)


def day(on: date) -> str:
    """As it is written on certificates: 2026년 11월 29일."""
    return f"{on.year}년 {on.month}월 {on.day}일"


def _period(course: Course, meetings: Sequence[Session], zone: ZoneInfo) -> str:
    days = [each.starts_at.astimezone(zone).date() for each in meetings] or [course.start_date, course.end_date]
    first, last = min(days), max(days)
    return day(first) if first == last else f"{day(first)} ~ {day(last)}"


def _hours(meetings: Sequence[Session]) -> str:
    if not meetings:
        return ""
    total = sum((each.ends_at - each.starts_at for each in meetings), timedelta())
    hours, minutes = divmod(total // timedelta(minutes=1), 60)
    return f"총 {hours}시간{f' {minutes}분' if minutes else ''} (수업 {len(meetings)}회)"


def address(organization: Organization, number: str, code: str = "") -> str:
    """Of the page that confirms it; with the code the one that its QR code leads to."""
    return f"{organization.public_url}/v/{number}{f'?c={code}' if code else ''}"


def sheet(organization: Organization, certificate: Certificate) -> dict[str, Any]:
    """All that is printed of one that is valid, as data; its owner wasn't erased."""
    found = Facts.from_json(certificate.facts)
    return _sheet(organization, certificate.number, certificate.code, certificate.name or "", found)


def sample(organization: Organization, name: str, found: Facts) -> dict[str, Any]:
    """One that nobody can take for a certificate."""
    return {**_sheet(organization, "0000-000000", "", name, found), "sample": SAMPLE}


def _sheet(organization: Organization, number: str, code: str, name: str, found: Facts) -> dict[str, Any]:
    plain = address(organization, number)
    return {
        "number": number,
        "heading": TITLE,
        "number_line": f"제 {number} 호",
        "lines": [[NAME, name], *map(list, found.lines)],
        "sentence": found.sentence,
        "issued_on": found.issued_on,
        "issuer": found.issuer,
        "address": address(organization, number, code),
        "alt": f"이 수료증을 확인하는 주소로 가는 QR 코드: {plain}",
        "how_to_verify": f"QR 코드나 {plain}에서 확인할 수 있습니다.\n확인한 내용과 하나라도 다르면 위조된 것입니다.",
        "sample": "",
        "seal": str(organization.issuer.seal or ""),
    }


def file(organization: Organization, certificate: Certificate) -> File:
    """Whose content is made when it is sent."""
    return File(
        f"certificate-{certificate.number}.pdf", MEDIA_TYPE, b"", (json.dumps(sheet(organization, certificate)),)
    )

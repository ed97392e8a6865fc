"""A job market that tests stock."""

from datetime import timedelta
from typing import Any

from handlers.postings.reading import categories, hours, regions
from handlers.postings.sourcing import sourced
from storage.jobs import intake
from storage.jobs.posting import Posting
from tests.support.domain import School

GOOD: dict[str, Any] = {
    "company": "예시카페", "title": "카페 바리스타 모집", "occupation": "531700", "region": "서울 중구",
    "salary": "시급 11,000원", "employment": "기간제", "education": "학력무관", "career": "none",
    "hours": "월~금 09:00~14:00", "certificate": "", "description": "음료를 만듭니다.", "benefits": "4대보험",
    "openings": 2, "close_on": None, "until_filled": True, "registered_on": None,
    "url": "https://example.invalid/1", "institution": "",
}  # fmt: skip


class Market:
    def __init__(self, school: School) -> None:
        self.school = school
        self._count = 0

    async def offers(self, *differing: dict[str, Any], source: str = "desk") -> None:
        """Postings that are first seen now."""
        now = self.school.now
        found = [sourced(self._posting(source, each)) for each in differing or ({},)]
        await self.school.database.write(lambda tx: intake.keep(tx, source, found, now, now.date()))

    def _posting(self, source: str, differing: dict[str, Any]) -> Posting:
        self._count += 1
        one = {**GOOD, **differing}
        derived = {
            "category": categories.of(one["occupation"], one["title"]),
            "region_code": regions.of(one["region"]).code,
            "daypart": hours.daypart(one["hours"]),
        }
        return Posting(source=source, source_key=f"K{self._count}", **{**derived, **one})

    def in_days(self, days: int) -> Any:
        return (self.school.now + timedelta(days=days)).date()

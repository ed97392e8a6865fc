"""Job postings: how long it takes to browse and search many open ones."""

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import text

from storage.database import Database, Transaction
from storage.jobs import intake, postings
from storage.jobs.posting import Posting, SourcedPosting
from tests.bench.measuring import databases, timed

OPEN, PART = 50_000, 200
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
WORDS = ("바리스타", "청소", "조리사", "상담", "사무", "판매", "강사", "정리수납", "요양보호사", "배송", "주방", "경비")
LINKS = ("근무합니다", "모집", "우대", "가능", "담당", "경력무관", "주5일", "협의", "성실한분", "업무보조", "매장관리")
SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호구누두루무부수우주"
SOUGHT = {
    "most have": "모집",
    "many have": "바리스타",
    "few have": "에어컨분해세척",
    "nobody has": "우주비행사",
    "a letter": "꽃",
}


async def run(folder: Path) -> None:
    print(f"\nJob postings: {OPEN:,} open ones, each question in ms (median, longest of 20)")
    async for name, database in databases(folder):
        took = await timed(lambda database=database: fill(database))
        print(f"{name:11} kept in {took:.1f} s, in units of {PART:,}")
        for asked, question in _questions().items():
            print(f"{'':11} {asked:24}{await _measured(database, question)}")


async def fill(database: Database, many: int = OPEN) -> None:
    chance = random.Random(7)
    for at in range(0, many, PART):
        told = [_invented(chance, number) for number in range(at, at + PART)]
        await database.write(lambda tx, told=told: intake.keep(tx, "seoul", told, NOW, TODAY))
    await database.write(lambda tx: tx.execute(text("ANALYZE")))


def _invented(chance: random.Random, number: int) -> SourcedPosting:
    rare = " 에어컨 분해세척" if number % 999 == 0 else ""
    title = f"{chance.choice(WORDS)} {chance.choice(LINKS)} {_name(chance, 4)}{rare}"
    company = f"예시{_name(chance, 5)}"
    description = " ".join(chance.choice((*LINKS, *WORDS, _name(chance, 3))) for _ in range(40))
    search = "\n".join(part.replace(" ", "") for part in (title, company, description))
    registered = TODAY - timedelta(days=chance.randrange(60))
    close = TODAY + timedelta(days=chance.randrange(30)) if number % 3 else None
    posting = Posting(
        "seoul", f"K{number}", company, title, chance.choice(("식음료", "생활서비스", "")), "531700", "서울 중구",
        chance.choice(("11140", "11110", "11680")), "시급 10,500원", "", "", "", "", "day", "", description, "", 1,
        close, close is None, registered, "", "",
    )  # fmt: skip
    return SourcedPosting(posting, f"{company}|{title}|11140", search)


def _name(chance: random.Random, length: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(length))


def _questions() -> dict[str, Callable[[Transaction], Sequence[Posting]]]:
    lists = {
        "first page": {"offset": 0},
        "page 100": {"offset": 1000},
        "in a category": {"offset": 0, "category": "식음료"},
        "in a district": {"offset": 0, "region": "11140"},
        "in both, page 20": {"offset": 200, "category": "식음료", "region": "11140"},
    }
    found = {
        f"search: {kind}": lambda tx, word=word: postings.search(tx, TODAY, [word], 0, 11, {})
        for kind, word in SOUGHT.items()
    }
    return {
        name: lambda tx, given=given: postings.open_now(tx, TODAY, limit=11, **given) for name, given in lists.items()
    } | found


async def _measured(database: Database, question: Callable[[Transaction], Sequence[Posting]]) -> str:
    rows = len(await database.read(question))
    took = []
    for _ in range(20):
        began = time.perf_counter()
        await database.read(question)
        took.append((time.perf_counter() - began) * 1000)
    return f"{median(took):6.1f} {max(took):6.1f}   ({rows} rows)"

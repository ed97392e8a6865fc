"""Conversations as they are written down, played on a phone: each screen is looked at, and what is kept of it."""

import re
import tomllib
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from sqlalchemy import select

import handlers.clock  # noqa: F401
from bot.demo import questions
from bot.messages.courier import Courier
from bot.messages.delivery import Way
from bot.messages.pace import Pace
from bot.ticks.duties import Duties
from handlers.staff.desk.desk import Desk
from storage.tables import appointments, consents, course_wishes, enrollments, residents
from tests.support.counseling.centre import Centre
from tests.support.domain import SETTINGS, School
from tests.support.kakao.talker import BLOCK_ID

_PLAIN: dict[str, Any] = {
    "term_limit": 0, "exam_fee": 0, "material_fee": 0, "certificate": "", "instructor": "Kim", "description": "",
    "directions": "", "supplies_en": "An apron", "audience": "",
}  # fmt: skip
COURSES: list[dict[str, Any]] = [
    {
        "title": "바리스타 2급", "title_en": "Barista level 2", "certificate": "바리스타 2급",
        "certificate_en": "Barista level 2", "venue": "명동 배움터", "venue_en": "Myeong-dong Learning Place",
        "directions": "명동역 3번 출구에서 걸어서 3분", "directions_en": "3 minutes on foot from Myeong-dong station",
        "parking": "주차장이 없어요.", "parking_en": "There is no car park.", "lift": "yes",
        "material_fee": 120000, "exam_fee": 60000, "keywords": ("커피", "카페"),
    },
    {
        "title": "꽃차소믈리에", "title_en": "Flower tea sommelier", "category": "꽃·원예", "venue": "청구동 배움터",
        "venue_en": "Cheonggu-dong Learning Place", "supplies": "찻잔", "supplies_en": "A tea cup",
        "weekdays": (3,), "start_date": date(2026, 12, 10), "end_date": date(2026, 12, 31),
        "start_time": time(19), "end_time": time(21), "daypart": "evening", "keywords": ("꽃", "차"),
    },
    {
        "title": "정리수납컨설턴트 2급", "title_en": "Tidying consultant level 2", "category": "생활",
        "certificate": "정리수납컨설턴트 2급", "certificate_en": "Tidying consultant level 2",
        "venue": "신당동 배움터", "venue_en": "Sindang-dong Learning Place",
        "supplies": "필기도구", "supplies_en": "A pen",
        "weekdays": (5,), "start_date": date(2026, 12, 12), "end_date": date(2027, 1, 2), "material_fee": 50000,
        "daypart": "weekend", "keywords": ("정리", "수납"),
    },
    {
        "title": "컴퓨터 기초", "title_en": "Computer basics", "category": "정보", "venue": "청구동 배움터",
        "venue_en": "Cheonggu-dong Learning Place", "supplies": "필기도구", "supplies_en": "A pen",
        "weekdays": (0,), "start_date": date(2026, 12, 7), "end_date": date(2026, 12, 28),
        "start_time": time(10), "end_time": time(12), "capacity": 0, "keywords": ("컴퓨터", "엑셀"),
    },
]  # fmt: skip
_ONLY_IN = {"텔레그램으로 계속": "telegram", "Go on in Telegram": "telegram"}
_MORE, _LOOK = {"ko": "더 보기", "en": "Show more"}, {"ko": "자세히 보기", "en": "See details"}
_START, _FIRST = {"ko": "처음", "en": "hello"}, {"ko": "한국어로 바꾸기", "en": "English"}
_HANGUL = re.compile("[ㄱ-ㅣ가-힣]+")
# What stands in English as it is: the way back, and whence officers know an answer, which has no English.
_LEFT_KOREAN = re.compile("한국어로?|(?:출처|Source): [^\n]*")
_READS = 5.0
_TURNS = 4  # to the other parts of an answer
# Whatever is done for good shows in one of these.
_KEPT = (
    select(enrollments.c.course_id, enrollments.c.state),
    select(consents.c.purpose, consents.c.given),
    select(appointments.c.state),
    select(course_wishes.c.words),
    select(residents.c.name, residents.c.mobile, residents.c.dong, residents.c.language, residents.c.is_simple),
)


async def opens(school: School) -> None:
    """The courses, a counselor, and what is asked often."""
    for course in COURSES:
        await school.opens(**{**_PLAIN, **course})
    await Centre(school).opens()
    await school.database.write(lambda tx: questions.fill(tx, Desk(SETTINGS.to_organization(), school.now)))


def script(path: Path, language: str) -> dict[str, list[str]]:
    """Each conversation with its lines, by its name."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: each[language].strip().splitlines() for name, each in told.items()}


class Talk:
    """Plays conversations, and looks at each screen as a resident would; `told` is all of it."""

    def __init__(self, phone: Any, chat: str, language: str, school: School) -> None:
        self.phone, self.chat, self.language, self.school = phone, chat, language, school
        self.told: list[str] = []
        self._last: list[str] = []
        self._moves = {">": self._says, "[": self._presses, "~": self._opens, "=": self._reads, "-": self._misses}

    async def begins(self) -> None:
        await self._says(_FIRST[self.language])

    async def plays(self, lines: Sequence[str]) -> None:
        for line in lines:
            await self._does(line)

    async def _does(self, line: str) -> None:
        is_for_good, move = line.startswith("!"), line.removeprefix("!")
        before = await self._kept()
        await self._moves[move[0]](move[1:].strip())
        if move[0] in ">[" and not is_for_good:
            assert await self._kept() == before, f"{line} did something\n{self._newest}"

    async def _says(self, text: str) -> None:
        self._last = [*self._last[-1:], text]
        self.phone.watch.goes_on(_READS)
        await self.phone.says(text)
        self._looks(f"> {text}")

    async def _presses(self, label: str) -> None:
        wanted = label.removesuffix("]")
        if wanted == "*":
            return await self._presses_each()
        if wanted in _ONLY_IN and _ONLY_IN[wanted] != self.chat:
            return None
        for _ in range(_TURNS):
            if found := self._sees(wanted):
                return await self._taps(found)
            await self._turns()
        raise AssertionError(f"no [{wanted}]\n{self._newest}")

    async def _presses_each(self) -> None:
        """And goes back for the next one by saying again what led there."""
        said = self._last
        for label in list(self.phone.labels):
            await self._taps(label)
            for text in said:
                await self._says(text)

    async def _opens(self, titles: str) -> None:
        """A course like the one that was wished for; a chat that can't be written to is opened by a word."""
        title, title_en = titles.split("|")
        await self.school.opens(**{**_PLAIN, "title": title, "title_en": title_en, "venue_en": "Workshop B"})
        for_all = self.school.database, SETTINGS.to_organization(), lambda: self.school.now
        await Duties(*for_all).plan_notices()
        ways = {"telegram": Way(self.phone.pusher, Pace())} if self.chat == "telegram" else {}
        await Courier(*for_all, ways).deliver_due()
        if ways:
            self._looks("~")
        else:
            await self._says(_START[self.language])

    async def _reads(self, words: str) -> None:
        """Here or on a part that is turned to."""
        for _ in range(_TURNS):
            if _bare(words) in _bare(" ".join([self.phone.words, *self.phone.labels])):
                return
            await self._turns()
        raise AssertionError(f"nothing of {words!r}\n{self._newest}")

    async def _misses(self, words: str) -> None:
        assert _bare(words) not in _bare(self.phone.words), self._newest

    async def _turns(self) -> None:
        more = self._sees(_MORE[self.language])
        assert more, f"no way to more\n{self._newest}"
        await self._taps(more)

    async def _taps(self, label: str) -> None:
        self.phone.watch.goes_on(_READS)
        await self.phone.taps(label)
        self._looks(f"[{label}]")

    def _sees(self, wanted: str) -> str | None:
        bare = {re.sub(r"^(\d+\. |✓ )", "", label): label for label in self.phone.labels}
        found = next((bare[each] for each in bare if wanted == each), None)
        shortened = (bare[each] for each in bare if each.endswith("…") and wanted.startswith(each[:-1]))
        return found or next(shortened, None) or bare.get(_LOOK[self.language])

    def _looks(self, move: str) -> None:
        """Everything is in their language, each way is there once, and something can be done next."""
        labels = list(self.phone.labels)
        words = re.sub(rf"\n(?:block|{BLOCK_ID}|left|vertical|webLink|phone)(?=\n|$)", "", self.phone.words)
        self.told.append(f"{move}\n{words}\n{' '.join(f'[{label}]' for label in labels)}\n")
        assert labels, f"no way on\n{self._newest}"
        assert len(labels) == len(set(labels)), f"twice the same\n{self._newest}"
        assert self._strange() == [], self._newest

    def _strange(self) -> list[str]:
        """Korean that somebody reads who chose English."""
        shown = _LEFT_KOREAN.sub(" ", "\n".join([self.phone.words, *self.phone.labels]))
        return _HANGUL.findall(shown) if self.language == "en" else []

    @property
    def _newest(self) -> str:
        return "\n".join(self.told[-2:])

    async def _kept(self) -> list[Any]:
        return [await self.school.rows(query) for query in _KEPT]


def _bare(text: str) -> str:
    return re.sub(r"[\s\u2060]+", "", text)

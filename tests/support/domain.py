"""What tests say: a school that opens courses, and visitors who speak and press."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr
from sqlalchemy import Row, Select, func, select, update

from bot.messages.answering import Answering
from bot.messages.incoming import Incoming
from bot.sections import Telegram
from bot.settings import Settings
from bot.terminal.typed import quoted, words
from handlers.dialogue.conversation import CONTACT, Said
from handlers.dialogue.reply import Reply
from handlers.seating import lottery
from handlers.staff.courses import lotteries
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Told
from handlers.staff.reports import lines
from storage.database import Database, Transaction
from storage.keys.sealing import Seal
from storage.tables import courses, draws, enrollments, sessions
from tests.support.everywhere import check_everywhere
from tests.support.people import filled_in

T = TypeVar("T")

SETTINGS = Settings(telegram=Telegram(token=SecretStr("123456:test")))  # a district that can write in Telegram
SEOUL = ZoneInfo("Asia/Seoul")
KEY = bytes(range(32))
SEAL = Seal(KEY)
PUBLIC_VALUE = "3, 12, 19, 27, 33, 41 + 7"
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=SEOUL)

COURSE: dict[str, Any] = {
    "title": "바리스타 2급",
    "category": "식음료",
    "term": "2026-H2",
    "certificate": "바리스타 2급",
    "operation": "직영",
    "daypart": "day",
    "venue": "실습실 A",
    "directions": "중구청 앞에서 걸어서 3분",
    "capacity": 15,
    "waitlist_capacity": 10,
    "minimum": 8,
    "apply_start": MONDAY - timedelta(days=3),
    "apply_end": MONDAY + timedelta(days=7),
    "start_date": date(2026, 12, 8),
    "end_date": date(2026, 12, 29),
    "weekdays": (1,),
    "start_time": time(10),
    "end_time": time(13),
    "days_off": (),
    "selection": "first_come",
    "priority": (),
    "audience": "",
    "open_to": "connected",
    "minimum_age": 14,
    "term_limit": 1,
    "instructor": "강사 A",
    "supplies": "앞치마",
    "material_fee": 120000,
    "textbook_fee": 0,
    "exam_fee": 60000,
    "completion_rule": "80% 이상 출석",
    "description": "에스프레소부터 라떼아트까지 배웁니다.",
    "keywords": ("커피", "카페"),
    "contact": "",
    "counts_toward_kpi": True,
    "state": "published",
    "offer_hours": 24,
    "last_call_days": 2,
    "confirm_hours": 0,
}

PERSON = {"dong": "청구동", "name": "홍길동", "birth_year": "1983", "mobile": "010-0000-0001"}

_codes = count(1)


def write_key(folder: Path) -> None:
    """The key of all databases of the tests, where a service or a command looks for it."""
    (folder / "baeumtok.key").write_text(KEY.hex())


class School:
    """Opens courses in a real database; `now` is the time that everybody has."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = MONDAY

    async def opens(self, **differing: Any) -> int:
        """A course with weekly sessions, and its id."""
        course = {**COURSE, "code": f"T{next(_codes)}", **differing}
        return await self.database.write(lambda tx: add_course(tx, course))

    async def enrolled(self, course_id: int, state: str = "confirmed") -> int:
        live = (enrollments.c.course_id == course_id, enrollments.c.state == state, enrollments.c.ended_at.is_(None))
        return await self.database.read(lambda tx: tx.execute(select(func.count()).where(*live)).scalar_one())

    async def rows(self, query: Select[Any]) -> list[Row[Any]]:
        return await self.database.read(lambda tx: list(tx.execute(query)))

    async def live(self, course_id: int) -> list[int]:
        """Ids of the live enrollments in a course, in the order of arrival."""
        live = (enrollments.c.course_id == course_id, enrollments.c.ended_at.is_(None))
        return [row.id for row in await self.rows(select(enrollments.c.id).where(*live).order_by(enrollments.c.id))]

    async def window(self, course_id: int) -> tuple[datetime, datetime]:
        row = (await self.rows(select(courses).where(courses.c.id == course_id)))[0]
        return row.apply_start, row.apply_end

    async def promises_lotteries(self) -> None:
        await self.database.write(lambda tx: lottery.promise_seeds(tx, SETTINGS.to_organization()))

    async def hears_the_public_value(self, code: str) -> None:
        """The list of a lottery is fixed, and the value has come out that it was promised to wait for."""
        when = select(draws.c.public_at).join(courses).where(courses.c.code == code)
        if (await self.rows(when))[0].public_at is None:
            await self.asks(lotteries.draw, code)
        self.now = (await self.rows(when))[0].public_at.astimezone(SEOUL)

    async def draws(self, code: str, value: str = PUBLIC_VALUE) -> Any:
        """A whole lottery, as officers do it; what the last step tells."""
        await self.hears_the_public_value(code)
        return await self.asks(lotteries.draw, code, value)

    async def changes(self, course_id: int, **values: Any) -> None:
        await self.database.write(
            lambda tx: tx.execute(update(courses).where(courses.c.id == course_id).values(values))
        )

    async def asks(self, command: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """What an officer's command does or tells at their desk, as the lines of a terminal."""
        found = await self.gets(command, *given, **named)
        return lines.of_told(found, typed) if isinstance(found, Told) else found

    async def gets(self, command: Callable[..., T], *given: Any, **named: Any) -> T:
        """The value that a command tells."""
        desk = Desk(SETTINGS.to_organization(), self.now)
        return await self.database.write(lambda tx: command(tx, desk, *given, **named))

    async def declines(self, command: Callable[..., Any], *given: Any, **named: Any) -> str:
        """What a command that can't be done is declined with."""
        with pytest.raises(Declined) as declined:
            await self.asks(command, *given, **named)
        return "\n".join(lines.of_declined(declined.value, typed))

    def dated(self, differing: dict[str, Any]) -> dict[str, Any]:
        """Tuples of days from now become the moments and dates that columns hold."""
        return {name: self._at(name, value) if isinstance(value, tuple) else value for name, value in differing.items()}

    def _at(self, name: str, days: tuple[int]) -> datetime | date:
        moment = self.now + timedelta(days=days[0])
        return moment.date() if name.endswith("_date") else moment

    days = staticmethod(lambda number: timedelta(days=number))
    day, time, seconds = date, time, staticmethod(lambda number: timedelta(seconds=number))

    def waits(self, **time: float) -> None:
        self.now += timedelta(**time)


def typed(step: Step) -> str:
    """What to type for a step, by one name wherever tests run."""
    return f"python -m bot {quoted(words(step))}"


def add_course(tx: Transaction, course: dict[str, Any]) -> int:
    course_id: int = tx.execute(courses.insert().values(course).returning(courses.c.id)).scalar_one()
    days = [course["start_date"] + timedelta(weeks=week) for week in range(4)]
    rows = [
        {
            "course_id": course_id,
            "number": number,
            "starts_at": datetime.combine(day, course["start_time"], SEOUL).astimezone(UTC),
            "ends_at": datetime.combine(day, course["end_time"], SEOUL).astimezone(UTC),
        }
        for number, day in enumerate(days, 1)
    ]
    tx.execute(sessions.insert(), rows)
    return course_id


class Visitor:
    """Somebody in a chat, without any channel between: says things and presses labels."""

    def __init__(self, answering: Answering, channel: str, address: str, keys: Iterator[int]) -> None:
        self._answering = answering
        self.channel = channel
        self.address = address
        self._keys = keys
        self.screen = Reply("")
        self.source = ""  # the network that they come from

    async def says(self, text: str) -> str:
        return await self._sends(Said(text=text))

    async def presses(self, label: str) -> str:
        """The first button of the newest screen whose label begins so."""
        found = [button for button in self.screen.all_buttons if button.label.startswith(label)]
        assert found, f"no button {label!r} among {[button.label for button in self.screen.all_buttons]}"
        return await self._sends(Said(path=found[0].path))

    async def goes_to(self, path: str) -> str:
        return await self._sends(Said(path=path))

    async def sends(self, other: str) -> str:
        return await self._sends(Said(other=other))

    async def shares(self, mobile: str) -> str:
        """Their own contact, for whose number the channel vouches."""
        return await self._sends(Said(text=mobile, other=CONTACT))

    async def fills_in(self, course_id: int, until: str = "", **personal: str) -> str:
        """The whole form up to its summary (or one of its questions), by pressing and typing."""
        await self.goes_to(f"forms/enroll/{course_id}")
        if self.channel == "telegram":
            await self.presses("텔레그램으로 계속")
        await self.presses("동의하고 계속")
        for question, answer in {**PERSON, **personal}.items():
            if question == until:
                break
            await self.says(answer)
        return seen(self.screen)

    async def submits(self, course_id: int) -> str:
        return await self.goes_to(f"forms/enroll/{course_id}/submit")

    async def registers(self, course_id: int, **personal: str) -> str:
        """By a form that is filled in already, where it takes these answers: only its end is a message."""
        answers = {**PERSON, **personal}
        if not await filled_in.fills_in(self._answering, self.channel, self.address, course_id, answers):
            await self.fills_in(course_id, **personal)
        return await self.submits(course_id)

    async def proves(self, course_id: int, mobile: str = PERSON["mobile"], **personal: str) -> str:
        """The whole form up to its summary, with their own contact for a number."""
        await self.fills_in(course_id, until="mobile", **personal)
        return await self.shares(mobile)

    def message(self, said: Said) -> Incoming:
        body = {name: value for name, value in vars(said).items() if value}
        key = f"{self.address}-{next(self._keys)}"
        return Incoming(self.channel, key, self.address, said, body, source=self.source)

    async def delivers(self, message: Incoming) -> str:
        """The same message again and again is the same message."""
        self.screen = await self._answering.converse(message)
        await self._answering.note_told(self.screen.missed)
        for language in ("ko", "en"):
            check_everywhere(self.screen, language)
        return seen(self.screen)

    async def loses(self, text: str) -> str:
        """The answer to what they say, which is made and doesn't arrive."""
        return seen(await self._answering.converse(self.message(Said(text=text))))

    async def _sends(self, said: Said) -> str:
        return await self.delivers(self.message(said))


def seen(reply: Reply) -> str:
    """Everything that a reply says, as one text."""
    cards = [
        "\n".join([card.title, *card.lines, *(f"{name}: {value}" for name, value in card.facts)])
        for card in reply.cards
    ]
    return "\n".join([reply.text, *cards])

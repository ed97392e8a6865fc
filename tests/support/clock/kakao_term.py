"""The same term for residents who have only KakaoTalk: doubles of both services, and an officer who makes files."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from pydantic import SecretStr
from starlette.applications import Starlette

import handlers.clock
import handlers.residents  # noqa: F401
from bot.channels.kakao.service import KakaoSkill
from bot.http.limits import Rates
from bot.messages.answering import Answering
from bot.messages.courier import Courier
from bot.messages.pace import Pace
from bot.messages.screens import Screens
from bot.sections import AlimTalk, Event, Kakao, Notices, Pushing
from bot.settings import Settings
from bot.ticks.duties import Duties
from bot.ways.event.service import EventApi
from bot.ways.sender import Sender
from bot.ways.solapi.service import Solapi
from handlers.dialogue import texts
from handlers.notices.templates import TEXTS, fill, found_at_sender
from handlers.staff.desk import acts
from handlers.staff.desk.desk import Desk
from handlers.staff.ways.files import making, results
from storage.database import Transaction
from storage.people import consents, residents
from storage.ways import files, templates
from tests.support.clock.plot import TIMETABLE
from tests.support.clock.scenes import at
from tests.support.clock.term import STEP, Push, lines
from tests.support.domain import SEOUL, School
from tests.support.eventapi import KEY as EVENT_KEY
from tests.support.eventapi import EventServer
from tests.support.kakao.talker import BLOCK_ID, BOT_ID, Talker
from tests.support.kakao.talker import SECRET as SKILL_SECRET
from tests.support.kakao.watch import Reader, Watch
from tests.support.notices.push_files import results as as_results
from tests.support.solapi import CHANNEL, KEY, SECRET, Dealer

SOON = timedelta(seconds=11)  # after which services are asked what became of it
OFFICE = range(8, 21)  # hours in which files are made
TOLD = {at(" ".join(line.split()[:2])) for line in lines(TIMETABLE)}
LOOKS = sorted({*TOLD, *(moment - STEP for moment in TOLD)})  # who is told too early is told at the look before
SELDOM = timedelta(hours=3)  # between two looks at which nobody is to be told anything


@dataclass(frozen=True)
class Read:
    text: str
    labels: list[str]


class Friend:
    """Somebody with KakaoTalk; what isn't on the screen they type."""

    def __init__(self, talker: Talker, name: str) -> None:
        self._talker = talker
        self.name, self.user = name, talker.user
        self.mobile = ""

    async def asks(self, text: str) -> Read:
        link = re.fullmatch(r"/start c(\d+)", text)
        await self._talker.reads()
        await self._talker.says(*(("강좌", {"path": f"courses/{link[1]}"}) if link else (text,)))
        return self._read()

    async def taps(self, label: str) -> Read:
        is_shown = any(label in (each, each[3:]) or each.startswith(label) for each in self._talker.labels)
        await (self._talker.presses(label) if is_shown else self._talker.says(label))
        return self._read()

    def _read(self) -> Read:
        return Read(self._talker.words, self._talker.labels)


class KakaoTerm:
    """Every way that the settings turn on; pushes are told by way: "카톡", "알림톡", "문자", "파일"."""

    def __init__(self, school: School, settings: Settings, event: EventServer, dealer: Dealer) -> None:
        self.school, self.settings, self.event, self.dealer = school, settings, event, dealer
        self.organization = settings.to_organization()
        self.pushes: list[tuple[str, Push]] = []
        self.people: list[Friend] = []
        self._told: dict[str, int] = {}
        self._answering = Answering(school.database, self.organization, self._now)
        self._watch = Watch()
        assert settings.kakao
        skill = KakaoSkill(
            settings.kakao, self._answering, Rates(1e6, 10**6), deadline=60, screens=Screens(self._watch.read)
        )
        site = httpx.ASGITransport(app=Starlette(routes=skill.routes()))
        self.client = httpx.AsyncClient(transport=site, base_url="http://skill.example.org")
        self.senders: list[Sender] = []
        if settings.kakao.event:
            pace = Pace(10_000, second=0.0)
            self.senders.append(EventApi(settings, school.database, self._now, pace=pace))
        if settings.alimtalk:
            self.senders.append(Solapi(settings.alimtalk, school.database, self._now))
        ways = {each.name: each.way for each in self.senders}
        self._duties = Duties(school.database, self.organization, self._now)
        ordered = {name: ways[name] for name in self.organization.ways if name in ways}
        self._courier = Courier(school.database, self.organization, self._now, ordered)

    def _now(self) -> datetime:
        return self.school.now

    async def knows(self, *names: str) -> Sequence[Friend]:
        """Residents whose data the office has from an earlier course, and who agreed to all that is on."""
        for name in names:
            friend = Friend(Reader(self.client, self._watch, name), name)
            friend.mobile = f"+8210000000{len(self.people) + 1:02}"
            await friend.asks("시작")
            await self.school.database.write(lambda tx, friend=friend: self._remember(tx, friend))
            self.people.append(friend)
        return self.people[-len(names) :]

    async def until(self, moment: str) -> None:
        """The clock ticks when somebody is to be told something, half an hour before, and every few hours."""
        end = at(moment)
        while self.school.now < end:
            looks = (look for look in LOOKS if look > self.school.now)
            self.school.now = min(next(looks, end), self.school.now + SELDOM, end)
            await self.ticks()

    async def accepts(self, friend: Friend) -> str:
        """In KakaoTalk it is typed; a text at a number says where to look."""
        if friend.user not in self.event.got:
            shown = await friend.asks("내 신청")
            if "참여하기" not in shown.labels:
                await friend.taps(next(label for label in shown.labels if "바리스타 2급" in label))
        return (await friend.taps("참여하기")).text

    async def ticks(self) -> None:
        await self._duties.give_seats()
        await self._duties.tend_surveys()
        await self._duties.plan_notices()
        began = self.school.now
        while await self._courier.deliver_due():
            self.dealer.account.advance()
            self.dealer.account.advance()
            self.school.now += SOON
            for sender in self.senders:
                await sender.tend()
        self.school.now = began
        self._look()
        if self.organization.pushes.has_file and began.astimezone(SEOUL).hour in OFFICE:
            await self._makes_files()

    def _look(self) -> None:
        for friend in self.people:
            known = friend.mobile.replace("+82", "0")
            came = [("카톡", text) for text in self.event.got.get(friend.user, [])]
            arrived = [each for each in self.dealer.account.arrived if each.to == known]
            came += [("문자" if each.type != "ATA" else "알림톡", each.text) for each in arrived]
            for way in ("카톡", "알림톡", "문자"):
                texts_of = [text for name, text in came if name == way]
                before = self._told.get(f"{way} {friend.name}", 0)
                self._told[f"{way} {friend.name}"] = len(texts_of)
                self.pushes += [(way, Push(self.school.now, friend.name, text)) for text in texts_of[before:]]

    async def _makes_files(self) -> None:
        """An officer looks at every tick, gives the sender what waits, and brings back what became of it."""
        waiting = await self.school.database.read(lambda tx: files.count_waiting(tx, self.school.now))
        for kind in waiting:
            await self._does(making.MAKE, kind=kind)
            (made,) = await self.school.database.read(lambda tx: files.listed(tx, 1))
            rows = await self.school.database.read(lambda tx, made=made: files.rows_of(tx, made.id))
            came = as_results(("번호", "결과"), *((each.dispatch_id, "성공") for each in rows))
            await self._does(results.RESULTS, number=made.id, files=came)
            for each in rows:
                text = fill(TEXTS[kind].text, each.said.values)
                self.pushes.append(("파일", Push(self.school.now, each.said.values["이름"], text)))

    async def _does(self, act: acts.Act, **args: Any) -> None:
        desk = Desk(self.organization, self.school.now)
        await self.school.database.write(lambda tx: acts.perform(tx, desk, act, args))

    def _remember(self, tx: Transaction, friend: Friend) -> None:
        resident = residents.welcome(tx, "kakao", friend.user, "ko", self.school.now)
        known = {"birth_year": 1983, "dong": "청구동", "tie": "lives", "target": "none"}
        residents.describe(tx, resident, name=friend.name, mobile=friend.mobile, **known)
        for purpose in ("enrollment", *((consents.ALIMTALK,) if self.organization.tells_at_numbers else ())):
            version = texts.say("ko", f"consent.{purpose}.version")
            consents.record(tx, resident.id, purpose, True, version, "", "kakao", self.school.now)

    @property
    def lines(self) -> list[str]:
        """As a timetable has them: by which way, when, who, and the first line."""
        return [f"{way} {push.line}" for way, push in self.pushes]


@asynccontextmanager
async def kakao_term(
    school: School, begins: str, event: bool = False, alimtalk: bool = False, file: bool = False, **pushes: Any
) -> AsyncIterator[KakaoTerm]:
    school.now = at(begins)
    dealer = await Dealer(lambda: school.now).start()
    async with EventServer() as server:
        kakao = Kakao(
            bot_id=BOT_ID,
            skill_secret=SecretStr(SKILL_SECRET),
            block_id=BLOCK_ID,
            event=Event(rest_api_key=SecretStr(EVENT_KEY), api_url=server.url) if event else None,
        )
        numbers = AlimTalk(api_key=SecretStr(KEY), api_secret=SecretStr(SECRET), channel=CHANNEL, api_url=dealer.url)
        settings = Settings(
            kakao=kakao,
            alimtalk=numbers if alimtalk else None,
            pushes=Pushing(file=file, **pushes),
            notices=Notices(unreachable_offer_hours=0),  # so that the line moves as in the other term
        )
        running = KakaoTerm(school, settings, server, dealer)
        for kind, text in TEXTS.items():
            dealer.account.offers(text.name, text.text)
            approved = found_at_sender("file", kind, f"F-{kind}", text.text, "approved", school.now)
            if file:
                await school.database.write(lambda tx, approved=approved: templates.keep(tx, [approved]))
        for sender in running.senders:
            await sender.start()
            await sender.tend()
        try:
            yield running
        finally:
            for sender in running.senders:
                await sender.stop()
            await running.client.aclose()
            await dealer.stop()

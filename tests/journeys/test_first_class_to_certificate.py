"""A course of twelve classes and fifteen people, five of whom never chat: from the first class to certificates."""

from datetime import date, timedelta

import pytest

from handlers.attendance import codes
from storage.completion import certificates
from storage.keys import sealing
from storage.tables import sessions as table
from storage.teaching import sessions
from tests.support.domain import PERSON
from tests.support.people.attending import states

pytestmark = pytest.mark.on_sqlite

CHANNELS = ("telegram", "kakao", "web")
CHATTING, CALLING = 10, 5
SURNAMES, GIVEN = "김이박최정강조윤장임한오서신권", "가나다라마바사아자차카타파하거"
NAMES = [surname + given + "나" for surname, given in zip(SURNAMES, GIVEN, strict=True)]
TWELVE = {"end_date": date(2027, 2, 23), "capacity": 15, "minimum": 1}
# By whom, in which classes; everybody else is there. Nine of twelve are 75 %, ten are 83 %.
MISSES = {"김가나": (2, 4, 6), "이나나": (3, 5), "한카나": (7, 8, 9), "오타나": (1, 12)}
EXCUSED = {"박다나": (4, 5, 6)}
SCANS = {"telegram": "최라나", "kakao": "조사나", "web": "박다나"}


class Course:
    """Who is in it and chats, by name; `taps` are the presses that attendance took."""

    def __init__(self, school, number, visitors):
        self.school, self.number, self.visitors = school, number, visitors
        self.taps = 0

    async def meetings(self):
        return await self.school.database.read(lambda tx: sessions.of_courses(tx, [self.number]))

    async def takes_attendance(self, meeting, counter):
        """Everybody is there, but for those who are pressed."""
        self.school.now = meeting.starts_at + timedelta(minutes=12)
        self.officer = await counter.officer()  # another day, another sign-in
        await self.officer.opens(f"/desk/courses/T1/attendance?class={meeting.number}")
        await self._presses("전원 출석")
        for mark, of in (("결석", MISSES), ("인정결석", EXCUSED)):
            for name, classes in of.items():
                if meeting.number in classes:
                    await self._presses(f"{name} {mark}")

    async def _presses(self, label):
        await self.officer.presses(label)
        self.taps += 1

    async def scan(self, meeting):
        """One of each chat says the digits on the screen of the room."""
        self.school.now = meeting.starts_at - timedelta(minutes=5)
        shown = codes.at(meeting.id, self.school.now)
        digits = await self.school.database.read(lambda tx: codes.typed(sealing.of(tx), shown))
        return [await self.visitors[name].says(f"출석 {digits}") for name in SCANS.values()]


def go_on(tx, course):
    """After its four weeks it goes on for eight."""
    first, *_ = sessions.of_courses(tx, [course])
    weeks = ((number, timedelta(weeks=number - 1)) for number in range(5, 13))
    rows = [
        {"number": number, "starts_at": first.starts_at + by, "ends_at": first.ends_at + by} for number, by in weeks
    ]
    tx.execute(table.insert(), [{"course_id": course, **row} for row in rows])


@pytest.fixture
async def twelve_classes(counter, school, visitor):
    number = await school.opens(code="T1", **TWELVE)
    await school.database.write(lambda tx: go_on(tx, number))
    officer = await counter.officer()
    visitors = {}
    for at, name in enumerate(NAMES):
        told = {"name": name, "mobile": f"010-0000-{at + 1:04}"}
        if at < CHATTING:
            visitors[name] = visitor(f"v{at}", CHANNELS[at % 3])
            await visitors[name].registers(number, **told)
        else:
            await officer.opens("/desk/register?course=T1")
            assert "접수했습니다" in await officer.presses("접수하기", **{**PERSON, **told, "aloud": "1"})
    return Course(school, number, visitors)


async def test_from_the_first_class_to_certificates_in_every_chat(twelve_classes, counter, school, clock):
    course = twelve_classes
    meetings = await course.meetings()
    assert len(meetings) == 12
    assert all("출석" in said for said in await course.scan(meetings[0]))
    for meeting in meetings:
        await course.takes_attendance(meeting, counter)
    assert course.taps == 12 + sum(map(len, (*MISSES.values(), *EXCUSED.values())))
    told = await course.visitors["김가나"].says("출석")
    assert "75%" in told

    school.now = meetings[-1].ends_at + timedelta(hours=1)
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/complete")
    ticked = [each for each in officer.page.all("input", name="completed") if "checked" in each.attributes]
    assert len(ticked) == 13
    assert "수료 13명, 미수료 2명" in await officer.presses("누구에게 알리는지")
    await officer.presses("그대로 하기")
    found = await states(school, course.number)
    assert [name for name, state in zip(NAMES, found, strict=True) if state == "not_completed"] == ["김가나", "한카나"]

    await officer.opens("/desk/courses/T1/certificates")
    await officer.presses("13명의 수료증 내기")
    assert "수료증 13장을 냈습니다" in await officer.presses("그대로 하기")
    school.now += timedelta(hours=1)
    await clock.ticks()
    for name in SCANS.values():
        await course.visitors[name].says("수료증")
        assert "번호는 2027-" in await course.visitors[name].presses("바리스타")
        assert course.visitors[name].screen.file
    of_all = await school.database.read(lambda tx: certificates.of_course(tx, course.number))
    assert sorted(each.name for each in of_all) == sorted(set(NAMES) - {"김가나", "한카나"})

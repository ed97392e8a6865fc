"""What happens in the term that is played: six people, three courses, and what officers do meanwhile."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any, Protocol

from sqlalchemy import select

from handlers.staff.courses import lotteries
from storage.seating import enrollments
from storage.tables import courses as course_table
from storage.teaching import courses, sessions
from tests.support.clock.scenes import at
from tests.support.domain import School

TIMETABLE = """
11-22 08:30 하나 11월 22일(일) 강좌 소식이에요.
11-22 08:30 라온 11월 22일(일) 강좌 소식이에요.
11-25 08:30 하나 11월 25일(수) 강좌 소식이에요.
11-25 08:30 라온 11월 25일(수) 강좌 소식이에요.
11-30 08:30 하나 11월 30일(월) 강좌 소식이에요.
11-30 08:30 라온 11월 30일(월) 강좌 소식이에요.
11-30 18:30 세나 ‘라떼아트’ 대기 1번이에요. 자리가 나면 순서대로 알려 드려요.
11-30 18:30 보람 ‘라떼아트’에 선정되셨어요! 첫 수업은 12월 10일(목) 오후 7시예요.
11-30 18:30 나래 ‘라떼아트’에 이번에는 자리를 드리지 못했어요. 다른 강좌를 보시거나 다음에 다시 신청해 주세요.
12-01 20:00 세나 ‘바리스타 2급’에 자리가 났어요! 참여하시겠어요?
12-02 08:30 하나 12월 2일(수) 강좌 소식이에요.
12-02 17:00 세나 ‘바리스타 2급’ 자리를 아직 기다리고 있어요. 참여하시겠어요?
12-02 20:00 세나 ‘바리스타 2급’에 답하실 수 있는 기한이 지나서 자리가 다음 분께 넘어갔어요. 다음에 다시 신청해 주세요.
12-02 20:00 라온 ‘바리스타 2급’에 자리가 났어요! 참여하시겠어요?
12-03 10:00 다나 죄송합니다. ‘정리수납’이 열리지 않게 되었어요. 까닭: 강사 사정.
12-03 10:00 나래 죄송합니다. ‘정리수납’이 열리지 않게 되었어요. 까닭: 강사 사정.
12-05 18:00 하나 12월 8일(화) 오전 10시에 ‘바리스타 2급’ 첫 수업이 있어요. 오시는 길과 준비물을 확인해 주세요.
12-05 18:00 라온 12월 8일(화) 오전 10시에 ‘바리스타 2급’ 첫 수업이 있어요. 오시는 길과 준비물을 확인해 주세요.
12-07 18:00 하나 내일 오전 10시에 ‘바리스타 2급’ 1회차 수업이 있어요.
12-07 18:00 라온 내일 오전 10시에 ‘바리스타 2급’ 1회차 수업이 있어요.
12-07 18:00 보람 12월 10일(목) 오후 7시에 ‘라떼아트’ 첫 수업이 있어요. 오시는 길과 준비물을 확인해 주세요.
12-08 08:00 하나 오늘 오전 10시에 ‘바리스타 2급’ 1회차 수업을 시작해요.
12-08 08:00 라온 오늘 오전 10시에 ‘바리스타 2급’ 1회차 수업을 시작해요.
12-09 18:00 보람 내일 오후 7시에 ‘라떼아트’ 1회차 수업이 있어요.
12-10 17:00 보람 오늘 오후 7시에 ‘라떼아트’ 1회차 수업을 시작해요.
12-11 12:00 하나 ‘바리스타 2급’ 수업이 바뀌었어요.
12-11 12:00 라온 ‘바리스타 2급’ 수업이 바뀌었어요.
12-15 18:00 하나 내일 오후 3시에 ‘바리스타 2급’ 2회차 수업이 있어요.
12-15 18:00 라온 내일 오후 3시에 ‘바리스타 2급’ 2회차 수업이 있어요.
12-16 13:00 하나 오늘 오후 3시에 ‘바리스타 2급’ 2회차 수업을 시작해요.
12-16 13:00 라온 오늘 오후 3시에 ‘바리스타 2급’ 2회차 수업을 시작해요.
12-16 18:00 보람 내일 오후 7시에 ‘라떼아트’ 2회차 수업이 있어요.
12-17 17:00 보람 오늘 오후 7시에 ‘라떼아트’ 2회차 수업을 시작해요.
12-21 18:00 하나 내일 오전 10시에 ‘바리스타 2급’ 3회차 수업이 있어요.
12-21 18:00 라온 내일 오전 10시에 ‘바리스타 2급’ 3회차 수업이 있어요.
12-22 08:00 라온 오늘 오전 10시에 ‘바리스타 2급’ 3회차 수업을 시작해요.
12-23 18:00 보람 내일 오후 7시에 ‘라떼아트’ 3회차 수업이 있어요.
12-24 17:00 보람 오늘 오후 7시에 ‘라떼아트’ 3회차 수업을 시작해요.
12-25 08:00 하나 ‘바리스타 2급’ 수업이 바뀌었어요.
12-25 08:00 라온 ‘바리스타 2급’ 수업이 바뀌었어요.
12-29 18:00 하나 내일 오전 10시에 ‘바리스타 2급’ 4회차 수업이 있어요.
12-29 18:00 라온 내일 오전 10시에 ‘바리스타 2급’ 4회차 수업이 있어요.
12-30 08:00 라온 오늘 오전 10시에 ‘바리스타 2급’ 4회차 수업을 시작해요.
12-30 18:00 보람 내일 오후 7시에 ‘라떼아트’ 4회차 수업이 있어요.
12-31 11:00 하나 ‘바리스타 2급’을 수료하셨어요. 축하드려요!
12-31 17:00 보람 오늘 오후 7시에 ‘라떼아트’ 4회차 수업을 시작해요.
"""


class Person(Protocol):
    """Somebody at their phone, in whatever chat."""

    async def asks(self, text: str) -> Any: ...

    async def taps(self, label: str) -> Any: ...


class Running(Protocol):
    """A term in which time passes as it is told."""

    school: School

    async def knows(self, *names: str) -> Sequence[Person]: ...

    async def until(self, moment: str) -> None: ...

    async def accepts(self, person: Any) -> str:
        """They take the seat that they were told of, as the notice says; what they read then."""


async def plays(running: Running) -> None:
    everybody = await running.knows("하나", "다나", "세나", "라온", "보람", "나래")
    barista, latte, tidying = await opens(running)
    await takes_applications(running, everybody, barista, latte, tidying)
    await gives_a_seat_on(running, everybody, tidying)
    await holds_classes(running, everybody[0], barista)


async def opens(running: Running) -> tuple[int, int, int]:
    school, window = running.school, {"apply_start": at("11-25 09:00"), "apply_end": at("12-02 18:00"), "term_limit": 3}
    barista = await school.opens(**window, capacity=2, waitlist_capacity=2)
    evening = {"daypart": "evening", "start_time": time(19), "end_time": time(21), "start_date": date(2026, 12, 10)}
    drawn = {"selection": "lottery", "capacity": 1, "waitlist_capacity": 1, "end_date": date(2026, 12, 31)}
    latte = await school.opens(**{**window, "apply_end": at("11-30 18:00")}, **evening, **drawn, title="라떼아트")
    (row,) = await school.rows(select(course_table.c.code).where(course_table.c.id == latte))
    await school.gets(lotteries.draw, row.code, alone=True)  # an officer's word: the clock draws it at the close
    tidying = await school.opens(**window, title="정리수납", category="생활", start_date=date(2026, 12, 9))
    return barista, latte, tidying


async def takes_applications(running: Running, everybody: Sequence[Person], *opened: int) -> None:
    hana, dana, sena, raon, boram, narae = everybody
    barista, latte, tidying = opened
    await agrees_to_news(hana, raon)
    await raon.asks("관심 분야")
    await raon.taps("저녁·주말 강좌")
    await running.until("11-25 09:00")
    for person in (hana, dana, sena, raon):
        await registers(person, barista)
    for person, course in ((boram, latte), (narae, latte), (sena, latte), (dana, tidying), (narae, tidying)):
        await registers(person, course)
    await agrees_to_news(boram)
    await running.until("11-29 22:00")
    assert "소식을 보내지 않아요" in (await boram.asks("그만")).text


async def gives_a_seat_on(running: Running, everybody: Sequence[Person], tidying: int) -> None:
    _hana, dana, _sena, raon, *_ = everybody
    await running.until("12-01 19:55")
    shown = await dana.asks("내 신청")
    mine = next(label for label in shown.labels if "바리스타 2급" in label)
    for label in (mine, "신청 취소하기", "네, 취소할게요"):
        await dana.taps(label)
    await running.until("12-03 09:00")
    assert "자리가 정해졌어요" in await running.accepts(raon)
    await running.until("12-03 09:55")
    await running.school.database.write(lambda tx: courses.cancel(tx, tidying, "강사 사정"))


async def holds_classes(running: Running, hana: Person, barista: int) -> None:
    await running.until("12-11 11:55")
    await moves(running, barista, 2, timedelta(days=1, hours=5))
    await running.until("12-17 09:00")
    await hana.asks("수업 알림")
    await hana.taps("두 시간 전 알림 끄기")
    await running.until("12-24 22:00")
    await moves(running, barista, 4, timedelta(days=1))
    await running.until("12-31 10:55")
    first, second = await running.school.live(barista)
    now = running.school.now
    for enrollment, state in ((first, "completed"), (second, "not_completed")):
        await running.school.database.write(
            lambda tx, one=enrollment, state=state: enrollments.decide(tx, [one], state, now, ended_at=now)
        )
    await running.until("12-31 23:00")


async def agrees_to_news(*people: Person) -> None:
    for person in people:
        await person.asks("소식 받기")
        await person.taps("새 강좌 소식")
        shown = await person.taps("동의하고 소식 받기")
        if "카톡으로 소식 받기" in shown.labels:  # where news is advertising
            await person.taps("카톡으로 소식 받기")
            await person.taps("동의하고 카톡으로 받기")


async def registers(person: Person, course: int) -> None:
    shown = await person.asks(f"/start c{course}")
    await person.taps(next(label for label in shown.labels if "신청하기" in label))
    assert "접수되었습니다" in (await person.taps("이대로 신청하기")).text


async def moves(running: Running, course: int, number: int, by: timedelta) -> None:
    def move(tx):
        courses.lock(tx, course)
        session = sessions.of_courses(tx, [course])[number - 1]
        sessions.move(tx, session, (session.starts_at + by, session.ends_at + by), running.school.now)

    await running.school.database.write(move)

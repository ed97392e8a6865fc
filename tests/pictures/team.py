"""The demo's team on one Tuesday: who came to its classes is marked, and everybody has an invented name."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot import demo
from handlers.attendance.entering import Said, enter
from handlers.dialogue.organization import Organization
from handlers.notices.templates.judging import found_at_sender
from handlers.notices.templates.texts import TEXTS
from handlers.staff.courses.completion import completing
from handlers.staff.desk.desk import Desk
from handlers.staff.files.reading import json as files
from handlers.staff.officers import accounts as officers
from handlers.staff.officers import deputies
from handlers.staff.year.entries import importing
from storage.asking import rounds
from storage.counseling import callbacks
from storage.database import Transaction
from storage.officers import accounts
from storage.officers import sessions as signed_in
from storage.people import consents, residents
from storage.seating import enrollments
from storage.states import Mark
from storage.tables import addresses
from storage.tables import courses as of_courses
from storage.tables import residents as people
from storage.teaching import courses, sessions
from storage.ways import templates
from tests.support.domain import SEOUL

FILLED = datetime(2026, 12, 1, 10, 5, tzinfo=SEOUL)  # the demo's day, from which its registrations count
NOW = FILLED + timedelta(days=7)
OVER = ("DEMO-01", "DEMO-02", "DEMO-03", "DEMO-04", "DEMO-05", "DEMO-06", "DEMO-07", "DEMO-08", "DEMO-10", "DEMO-11")
UNDECIDED, RUNNING = "DEMO-12", "DEMO-13"
FAMILIES = "김이박최정강조윤장임한오서"
GIVEN = (
    "가온", "나래", "다솜", "라온", "마루", "보람", "새봄", "아람", "하늘", "초롱",
    "푸름", "한별", "누리", "다온", "마음", "단비", "소리", "여름", "이슬", "해솔",
)  # fmt: skip
CALLS = ((3, "오전", "수료증을 다시 받고 싶어요"), (20, "아무 때나", "주차할 수 있는지"), (41, "오후", ""))
SPENT = (("확보", "40백만원", ""), ("집행", "12백만원", "강사료"), ("집행", "5백만원", "재료비"))


def fill(tx: Transaction, organization: Organization) -> str:
    """The token with which the lead is signed in."""
    demo.fill(tx, FILLED, organization)
    _name(tx, organization)
    _mark(tx)
    tx.execute(update(of_courses).where(of_courses.c.code == "DEMO-10").values(selection="first_come"))  # never drawn
    for code in OVER:
        course_id = courses.by_code(tx, [code])[code].id
        ended = max(each.ends_at for each in sessions.of_courses(tx, [course_id]))
        completing.complete(tx, Desk(organization, ended + timedelta(days=2)), code, proposed=True)
    _close_survey(tx)
    _enter_year(tx, Desk(organization, NOW))
    _keep_templates(tx)
    for number, suits, about in CALLS:
        callbacks.ask(tx, number, f"+82100000{number:04}", suits, about, "web", NOW - timedelta(minutes=number))
    return _officers(tx, Desk(organization, NOW))


def _name(tx: Transaction, organization: Organization) -> None:
    """Numbers that nobody has; four in five write in Telegram, every tenth agreed to be told at theirs alone."""
    for at, resident_id in enumerate(tx.execute(select(people.c.id).order_by(people.c.id)).scalars()):
        known = residents.by_id(tx, resident_id)
        name = f"{FAMILIES[at % len(FAMILIES)]}{GIVEN[at * 7 % len(GIVEN)]}"
        told = {"birth_year": 1955 + at * 13 % 40, "dong": organization.dongs[at % len(organization.dongs)]}
        residents.describe(tx, known, name=name, mobile=f"+82100000{resident_id:04}", **told)
        if resident_id % 5:
            chat = {"channel": "telegram", "address": f"{700_000 + resident_id}", "created_at": FILLED}
            tx.execute(addresses.insert().values(resident_id=resident_id, **chat))
        elif resident_id % 2:
            consents.record(tx, resident_id, consents.ALIMTALK, True, "1", "", "web", FILLED)


def _mark(tx: Transaction) -> None:
    """All classes until today's."""
    today = NOW.replace(hour=0, minute=0)
    for course in courses.by_code(tx, [*OVER, UNDECIDED, RUNNING]).values():
        past = [each for each in sessions.of_courses(tx, [course.id]) if each.starts_at < today]
        for seat in enrollments.of_course(tx, course.id):
            for meeting, mark in zip(past, _came(seat.id), strict=False):
                enter(tx, Said(meeting.id, seat.id, mark, "desk", meeting.starts_at, "이담당"), meeting.starts_at)


def _came(number: int) -> Iterator[Mark]:
    """Most are there, some late, and one in nine seldom."""
    for at in range(99):
        is_seldom = number % 9 == 4
        yield (
            "absent"
            if (number + at * 5) % (2 if is_seldom else 14) == 1
            else ("late" if at == number % 6 else "present")
        )


def _close_survey(tx: Transaction) -> None:
    course_id = courses.by_code(tx, [demo.polls.OPEN])[demo.polls.OPEN].id
    _, satisfaction = demo.polls.surveys.all_newest(tx)
    rounds.close(tx, rounds.of_code(tx, satisfaction.code, course_id)[0].id, FILLED)


def _enter_year(tx: Transaction, desk: Desk) -> None:
    budget = [{"연도": NOW.year, "구분": sort, "금액": amount, "과목": of} for sort, amount, of in SPENT]
    rows = files.read("year.json", json.dumps({"budget": budget}).encode())
    imported = importing.import_entries(tx, desk, rows)
    assert not imported.is_refused, (*imported.problems, *imported.questions)


def _keep_templates(tx: Transaction) -> None:
    kept = [found_at_sender("file", kind, f"BT-{kind}", text.text, "approved", FILLED) for kind, text in TEXTS.items()]
    templates.keep(tx, kept)


def _officers(tx: Transaction, desk: Desk) -> str:
    for login, name, role in (
        ("kim", "김팀장", "lead"),
        ("lee", "이담당", "officer"),
        ("park", "박강사", "instructor"),
    ):
        officer_id = accounts.add(tx, login, name, role, FILLED)  # type: ignore[arg-type]
        assert officer_id
        accounts.begin(tx, officer_id, "not a hash", "00" * 20, 0, [])
    officers.give_courses(tx, replace(desk), "park", [RUNNING])
    deputies.deputize(tx, desk, "lee", "kim", "2026-12-21", "2026-12-24")
    lead = accounts.by_login(tx, "kim")
    assert lead
    return signed_in.begin(tx, lead.id, desk.now)

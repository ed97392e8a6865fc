"""The demo's surveys: one of needs that is open, one of a course that is open, and those of courses that are closed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from handlers.staff.desk.desk import Desk
from handlers.staff.files.reading import json
from handlers.staff.files.rows import SURVEY, Row
from handlers.staff.surveys.sheets import importing
from handlers.staff.surveys.sheets.template import STANDARD
from storage.asking import answers, kiosks, rounds, settling, surveys
from storage.asking.answers import Sheet
from storage.asking.rounds import Round
from storage.asking.survey import MULTI, NPS, PEOPLES, SCALE, SINGLE, TEXT, Item, Survey
from storage.database import Transaction
from storage.teaching import courses

ANSWERED = {"DEMO-01": 13, "DEMO-02": 11, "DEMO-04": 12, "DEMO-07": 9}  # how many, of courses that are closed
OPEN = "DEMO-08"
NEEDS = 46
WAYS = ("chat", "chat", "chat", "kiosk", "paper")
SAID = (
    "실습이 많아서 좋았어요.", "재료가 넉넉했어요.", "강의실이 조금 추웠어요.", "시간이 짧아 아쉬웠어요.",
    "심화과정이 열리면 좋겠어요.", "선생님이 질문에 잘 답해 주셨어요.", "주차가 불편했어요.",
    "자격증 시험 안내가 도움이 됐어요.",
)  # fmt: skip


def fill(tx: Transaction, desk: Desk) -> None:
    now = desk.now
    rows = [_dated(row, now) for row in json.read(STANDARD.name, STANDARD.read_bytes())]
    importing.import_surveys(tx, desk, rows)
    chance = Random(7)  # noqa: S311 - the same answers in each demo
    needs, satisfaction = surveys.all_newest(tx)
    _answer(tx, needs, rounds.of_code(tx, needs.code)[0], NEEDS, now - timedelta(days=3), chance)
    for code, count in ANSWERED.items():
        round_ = _open(tx, satisfaction, code, now - timedelta(days=20))
        _answer(tx, satisfaction, round_, count, round_.opens_at, chance)
        rounds.close(tx, round_.id, round_.opens_at + timedelta(days=10))
        settling.settle(tx, round_.id, now)
    _open(tx, satisfaction, OPEN, now - timedelta(days=1))


def codes(tx: Transaction) -> tuple[str, str]:
    """Of the open survey of needs, and of a course's open one."""
    needs, satisfaction = surveys.all_newest(tx)
    course_id = courses.by_code(tx, [OPEN])[OPEN].id
    return rounds.of_code(tx, needs.code)[0].code, rounds.of_code(tx, satisfaction.code, course_id)[0].code


def allow_tablet(tx: Transaction, now: datetime) -> str:
    """A code with which any tablet becomes the demo's kiosk."""
    return kiosks.give_code(tx, "데모 태블릿", now)


def _dated(row: Row, now: datetime) -> Row:
    if row.kind != SURVEY or row.cells["kind"] != "needs":
        return row
    times = {"opens_at": now - timedelta(days=3), "closes_at": now + timedelta(days=18)}
    return Row(row.sheet, row.number, {**row.cells, **times}, row.letters, row.kind)


def _open(tx: Transaction, survey: Survey, code: str, opens_at: datetime) -> Round:
    course_id = courses.by_code(tx, [code])[code].id
    closes_at = opens_at + timedelta(days=survey.open_days)
    rounds.open_round(tx, f"{survey.code}/{course_id}", survey.id, course_id, opens_at, closes_at)
    return rounds.of_code(tx, survey.code, course_id)[0]


def _answer(tx: Transaction, survey: Survey, round_: Round, count: int, since: datetime, chance: Random) -> None:
    for _ in range(count):
        given: dict[str, Any] = dict(_answers(survey, chance))
        way = chance.choice(WAYS)
        sheet = Sheet(survey.id, way, survey.complete(given), is_proven=way in PEOPLES)
        answers.hand_in(tx, round_, survey, sheet, (since + timedelta(days=chance.randrange(3))).date())


def _answers(survey: Survey, chance: Random) -> Iterator[tuple[str, Any]]:
    for item in survey.items:
        if item.is_required or chance.random() < 0.5:
            yield item.name, _one(item, chance)


def _one(item: Item, chance: Random) -> Any:
    if item.kind == SCALE:
        return chance.choice((5, 5, 5, 4, 4, 4, 3, 2))
    if item.kind == NPS:
        return chance.choice((10, 10, 9, 9, 8, 8, 7, 5))
    if item.kind == SINGLE:
        return chance.choice(item.labels)
    if item.kind == MULTI:
        return chance.sample(item.labels, chance.randint(1, item.most))
    assert item.kind == TEXT
    return chance.choice(SAID)

"""Taps and typed answers from the first word to the receipt, in each chat; docs/taps.md has what is counted here.

BAEUMTOK_UPDATE_GOLDEN=1 writes the table anew.
"""

import os
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.domain import School
from tests.support.older.phones import PHONES, Phone

pytestmark = [pytest.mark.filterwarnings("ignore:Please use 'Bot"), pytest.mark.on_sqlite]

DOC = Path(__file__).parents[2] / "docs/taps.md"
READS = 5.0  # seconds
NAMES = {"web": "web", "kakao": "KakaoTalk", "telegram": "Telegram"}
FIRST = ["동의하고 계속", "청구동", "“홍길동 1983”", "“010-0000-0001”", "이대로 신청하기"]
ABROAD = "텔레그램으로 계속"
CARD = "바리스타 2급"
FLOWERS: dict[str, Any] = {"title": "꽃차", "certificate": "", "start_time": time(15), "end_time": time(17)}
# What is done, and for which course; what is typed stands in quotes.
WAYS: dict[str, tuple[dict[str, Any], list[str], str]] = {
    "first time, by a word": ({}, ["“바리스타”", "신청하기", *FIRST], "자리가 정해졌어요"),
    "first time, from the list": ({}, ["“강좌”", CARD, "신청하기", *FIRST], "자리가 정해졌어요"),
    "first time, by lottery": ({"selection": "lottery"}, ["“바리스타”", "신청하기", *FIRST], "추첨해서"),
    "first time, to wait": ({"capacity": 0}, ["“바리스타”", "대기 신청하기", *FIRST], "대기 1번"),
}
AGAIN: dict[str, tuple[dict[str, Any], list[str]]] = {
    "again": ({}, ["신청하기", "이대로 신청하기"]),
    "again, by lottery": ({"selection": "lottery"}, ["신청하기", "이대로 신청하기"]),
    "again, to wait": ({"capacity": 0}, ["대기 신청하기", "이대로 신청하기"]),
    "again, where it counts who one is": (
        {"selection": "priority", "priority": ("경력단절여성",)},
        ["신청하기", "아니요", "이대로 신청하기"],
    ),
}


class Thumb:
    """Counts what it does; a page to turn is a tap too."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self.taps = self.typed = 0

    async def does(self, steps: list[str]) -> "Thumb":
        for step in steps:
            await (self._types(step[1:-1]) if step.startswith("“") else self._taps(step))
        return self

    async def _types(self, words: str) -> None:
        self._phone.watch.goes_on(READS)
        self.typed += 1
        await self._phone.says(words)

    async def _taps(self, wanted: str) -> None:
        self._phone.watch.goes_on(READS)
        self.taps += 1
        label = next((label for label in self._phone.labels if _bare(label).startswith(wanted[:12])), None)
        await self._phone.taps(label or "더 보기")
        if label is None:
            await self._taps(wanted)


def _bare(label: str) -> str:
    number, _, rest = label.partition(". ")
    return rest if rest and number.isdigit() else label


async def first_time(school: School, answering: Any, channel: str, way: str) -> Thumb:
    differing, steps, receipt = WAYS[way]
    await school.opens(**differing)
    async with PHONES[channel](answering) as phone:
        done = await Thumb(phone).does(_on(channel, steps))
        assert receipt in phone.words
    return done


async def again(school: School, answering: Any, channel: str, way: str) -> Thumb:
    """From the card on: how one comes to it is the same as the first time."""
    differing, steps = AGAIN[way]
    await school.opens(term_limit=0)
    await school.opens(**FLOWERS, term_limit=0, **differing)
    async with PHONES[channel](answering) as phone:
        await Thumb(phone).does(_on(channel, ["“바리스타”", "신청하기", *FIRST, "“꽃차”"]))
        done = await Thumb(phone).does(steps)
        assert "접수되었습니다" in phone.words
    return done


def _on(channel: str, steps: list[str]) -> list[str]:
    return [
        each for step in steps for each in ((ABROAD, step) if step == FIRST[0] and channel == "telegram" else (step,))
    ]


def told(way: str, channel: str) -> str:
    """What the table says: "5 taps, 3 typed"."""
    head, *rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in DOC.read_text().splitlines() if "|" in line
    ]
    row = next(row for row in rows if row[0] == way)
    return row[head.index(NAMES[channel])]


def write(way: str, channel: str, counted: str) -> None:
    lines = DOC.read_text().splitlines()
    heads = [each.strip() for each in next(line for line in lines if line.startswith("|")).split("|")]
    at = next((number for number, line in enumerate(lines) if line.startswith(f"| {way} |")), len(lines))
    cells = lines[at].split("|") if at < len(lines) else ["", f" {way} ", *[" "] * len(NAMES), ""]
    cells[heads.index(NAMES[channel])] = f" {counted} "
    lines[at:] = ["|".join(cells), *lines[at + 1 :]]
    DOC.write_text("\n".join(lines) + "\n")


def check(way: str, channel: str, done: Thumb) -> None:
    counted = f"{done.taps} taps, {done.typed} typed"
    if "BAEUMTOK_UPDATE_GOLDEN" in os.environ:
        write(way, channel, counted)
    assert told(way, channel) == counted


@pytest.mark.parametrize("channel", PHONES)
@pytest.mark.parametrize("way", WAYS)
async def test_the_table_tells_how_many_lead_from_the_first_word_to_the_receipt(school, answering, channel, way):
    check(way, channel, await first_time(school, answering, channel, way))


@pytest.mark.parametrize("channel", PHONES)
@pytest.mark.parametrize("way", AGAIN)
async def test_who_is_known_needs_three_taps_at_most_after_the_card_and_types_nothing(school, answering, channel, way):
    done = await again(school, answering, channel, way)
    assert (done.taps <= 3, done.typed) == (True, 0)
    check(way, channel, done)

"""Somebody of 68 at a phone, who mistrusts every tap and is called away from every third answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select

from storage.dialogue import drafts
from storage.tables import appointments, consents, enrollments, residents, survey_receipts
from tests.support.domain import School
from tests.support.older.phones import Phone

GAPS = (0.25, 0.5, 0.9)  # seconds
SIDE_STEPS = ("help", "sticker", "view", "doubt", "night", "voice")  # by voice it is answered otherwise than by a tap
ALWAYS = ("sticker", "night")  # whatever else is typed where anything may be typed is an answer
READS = 5.0
NIGHT = timedelta(hours=11)


@dataclass(frozen=True)
class Step:
    """A button to press, or words to type; `voice` is the one word that says the same to a microphone."""

    presses: str = ""
    types: str = ""
    voice: str = ""
    is_in_form: bool = True
    takes_anything: bool = False
    only_in: str = ""  # the one chat that asks this


@dataclass(frozen=True)
class Task:
    """The first word, the steps, and what stands on the screen at the end."""

    word: str
    steps: Sequence[Step]
    ends: str


class OlderPerson:
    def __init__(self, phone: Phone, chat: str, school: School, seed: int) -> None:
        self.phone, self.chat, self.school = phone, chat, school
        self._number = seed
        self.story: list[str] = []

    async def does(self, task: Task) -> None:
        await self._says(task.word)
        for number, step in enumerate(task.steps):
            self._number += 1
            if step.only_in not in ("", self.chat):
                continue
            by_voice = await self._goes_aside(step)
            await self._finds_the_way(task, number)
            await self._takes(step, by_voice)
        assert task.ends in self.phone.words, self._told(f"no {task.ends!r}")

    async def _takes(self, step: Step, by_voice: bool) -> None:
        if by_voice or step.types:
            await self._says(step.voice if by_voice else step.types)
        else:
            await self._reads_and_taps(step.presses)
            await self._taps_again()

    async def _goes_aside(self, step: Step) -> bool:
        """Whether the step is then taken by voice."""
        side = SIDE_STEPS[self._number % len(SIDE_STEPS)]
        if side == "voice" and step.voice:
            return True
        if step.takes_anything and side not in ALWAYS:
            side = ALWAYS[self._number % 2]
        before = await self._everything()
        await self._does_aside(side)
        assert await self._everything() == before, self._told(f"{side} changed something")
        return False

    async def _does_aside(self, side: str) -> None:
        self.story.append(f"<{side}>")
        if side == "night":
            self.school.now += NIGHT
            self.phone.watch.goes_on(NIGHT.total_seconds())
        elif side == "sticker":
            await self.phone.sends_sticker()
        else:
            await self._says({"help": "도움말", "view": "내 신청", "doubt": "잘 모르겠어요"}.get(side, "도움말"))

    async def _finds_the_way(self, task: Task, number: int) -> None:
        """By what the newest screen offers: the way back into the form, the button itself, or the menu's words."""
        step = task.steps[number]
        is_aside = step.is_in_form and not step.types and self._label("이어서")
        if not is_aside and (step.types or await self._sees(step.presses)):
            return
        if step.is_in_form:
            await self._reads_and_taps("이어서")
        else:
            await self._says(task.word)
            for before in task.steps[:number]:
                await self._reads_and_taps(before.presses)

    async def _says(self, text: str) -> None:
        self.story.append(text)
        self.phone.watch.goes_on(READS)
        await self.phone.says(text)
        if "이어서 할까요?" in self.phone.words or "이어서 해요" in self.phone.words:
            await self.phone.says(text)

    async def _reads_and_taps(self, wanted: str) -> None:
        label = await self._sees(wanted) or await self._sees("자세히 보기")
        assert label, self._told(f"no {wanted!r}")
        self.story.append(f"[{label}]")
        self.phone.watch.goes_on(READS)
        await self.phone.taps(label)

    async def _taps_again(self) -> None:
        """On the same button, or on whatever lies under the finger by then."""
        before, shown, labels = await self._everything(), self.phone.words, list(self.phone.labels)
        is_under, gap = divmod(self._number, len(GAPS))
        under = labels[self._number % len(labels)] if is_under % 2 else ""
        self.phone.watch.goes_on(GAPS[gap])
        self.story.append(f"[{under or 'again'} {GAPS[gap]}]")
        await (self.phone.taps(under) if under else self.phone.taps_there_again())
        assert await self._everything() == before, self._told("a second tap did something")
        assert (self.phone.words, self.phone.labels) == (shown, labels), self._told("a second tap led away")

    async def _sees(self, wanted: str) -> str | None:
        """The label as it stands on the newest screen, or on its next page."""
        label = self._label(wanted)
        if not label and "더 보기" in self.phone.labels:
            await self._reads_and_taps("더 보기")
            label = self._label(wanted)
        return label

    def _label(self, wanted: str) -> str | None:
        found = (label for label in self.phone.labels if _bare(label).startswith(wanted[:12]))
        return next(found, None) or next(
            (label for label in self.phone.labels if wanted in label and not wanted.isdigit()), None
        )

    def _told(self, what: str) -> str:
        return f"{what}\n{' → '.join(self.story[-14:])}\n{self.phone.words[:150]} {list(self.phone.labels)}"

    async def _everything(self) -> Any:
        """What there is to lose."""
        kept: list[Select[Any]] = [
            select(enrollments.c.state, enrollments.c.ended_at),
            select(consents.c.purpose, consents.c.given),
            select(appointments.c.state, appointments.c.starts_at),
            select(residents.c.id, residents.c.name, residents.c.dong, residents.c.language),
            select(survey_receipts.c.resident_id),
        ]

        def work(tx: Any) -> Any:
            people = tx.execute(select(residents.c.id)).scalars().all()
            return [tx.execute(each).all() for each in kept], [drafts.latest(tx, [each]) for each in people]

        return await self.school.database.read(work)


def _bare(label: str) -> str:
    number, _, rest = label.partition(". ")
    return (rest if rest and number.isdigit() else label).removeprefix("✓ ")

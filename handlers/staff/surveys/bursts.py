"""Many answers at once of which nobody knows that they are people: told to officers, and set aside together.

A burst is what came in at one tablet, or by new chats, within an hour; whose they are nobody learns. Less than a burst
can't be set aside, so that nobody's answer is taken out for what somebody thinks of them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Reach, Step, Told
from handlers.staff.surveys import lookup as survey_lookup
from storage.asking import answers, kiosks, rounds
from storage.asking.answers import Sheet
from storage.database import Transaction

BURST = 20  # within an hour; whoever reads the questions needs two or three minutes
CHATS = "대화"


@dataclass(frozen=True)
class Burst:
    """`batch` is as sheets have it, "where/hour"."""

    batch: str
    device: str
    hour: str
    sheets: int

    @property
    def line(self) -> str:
        return f"짧은 시간에 {self.sheets:,}장({self.device}, {self.hour.replace('T', ' ')}시)"


def bursts(tx: Transaction, round_id: int, aside: bool = False) -> list[Burst]:
    names = {str(each.id): each.name for each in kiosks.all_named(tx)} | {"chat": CHATS}
    sizes = Counter(sheet.batch for sheet in answers.marked(tx, [round_id], aside).values())
    large = sorted((batch, n) for batch, n in sizes.items() if batch and n >= BURST)
    return [_burst(batch, n, names) for batch, n in large]


def _burst(batch: str, sheets: int, names: Mapping[str, str]) -> Burst:
    where, _, hour = batch.partition("/")
    return Burst(batch, names.get(where, f"키오스크 {where}"), hour, sheets)


def step(burst: Burst, survey: str, course: str | None) -> Step:
    args = {"survey": survey, "course": course, "device": burst.device, "hour": burst.hour}
    return Step(f"{burst.line}을 결과에서 빼려면", "set-aside", args)


def _set_aside(
    tx: Transaction, desk: Desk, code: str, device: str, hour: str, course_code: str | None = None, back: bool = False
) -> Told:
    asked = rounds.lock(tx, survey_lookup.opened(tx, desk, code, course_code).id)
    if asked.settled_at:
        raise Declined("이미 마감해 결과에 넣은 설문입니다. 빼거나 되돌릴 수 없습니다.")
    found = _named(bursts(tx, asked.id, aside=back), device, hour)
    sheets = _of(answers.marked(tx, [asked.id], aside=back), found)
    room = rounds.room(tx, asked)
    if back and room is not None and len(sheets) > room:
        raise Declined(f"되돌리면 응답이 수강생보다 많아집니다. {max(room, 0)}건까지 더 넣을 수 있습니다.")
    answers.set_aside(tx, asked.id, desk.today, sheets, aside=not back)
    if back:
        return Told(f"{found.line}을 {desk.done('다시 넣었습니다', '다시 넣습니다')}.", reach=Reach(0, {}, 0))
    args = {"survey": code, "course": course_code, "device": found.device, "hour": found.hour, "back": True}
    return Told(
        f"{found.line}을 결과에서 {desk.done('뺐습니다', '뺍니다')}.",
        notes=("마감하기 전에는 되돌릴 수 있고, 마감하면 지웁니다. 누구의 답인지는 알 수 없습니다.",),
        steps=() if desk.is_preview else (Step("되돌리려면", "set-aside", args),),
        reach=Reach(0, {}, 0),
    )


def _named(found: Sequence[Burst], device: str, hour: str) -> Burst:
    for each in found:
        if (each.device, each.hour) == (device, hour):
            return each
    few = f"한 시간에 {BURST}장이 넘게 들어온 곳만 뺄 수 있습니다."
    raise Declined(f"‘{device}’ {hour}: 짧은 시간에 들어온 응답이 없습니다. {few}", items=[each.line for each in found])


def _of(sheets: Mapping[int, Sheet], burst: Burst) -> dict[int, Sheet]:
    return {mark: sheet for mark, sheet in sheets.items() if sheet.batch == burst.batch}


SET_ASIDE = acts.add(Act("set-aside", "응답 빼기", _set_aside, repeats=True))

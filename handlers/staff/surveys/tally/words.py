"""What all reports of results say in the same words: the title, the period, how many, and what is missing."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from itertools import groupby

from handlers.calendar.hours import last_day
from handlers.language.days import dates
from handlers.staff.desk import lookup
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step
from handlers.staff.surveys.tally.figures import WITHHELD, Figures, percent, rounded
from handlers.staff.surveys.tally.results import Asked, Result
from handlers.staff.surveys.tally.turnout import CourseTurnout, Turnout, official
from handlers.staff.surveys.tally.years import KINDS, OfKind, Year
from storage.asking.rounds import Round
from storage.asking.settling import KEEP_SEALED
from storage.asking.survey import FEWEST, TEXT

HOLDS = (
    f"{FEWEST}명 미만이 답한 회차·과정·방법·문항은 어디에도 따로 보이지 않고, 빼서 알아낼 수도 없게 했습니다. "
    f"{FEWEST}명 이상이 답한 문항에서는 한두 분만 고른 보기도 그 수를 보여 드립니다."
)
"""What is kept from being known: groups, not single choices within a group."""

LATER = "마감 뒤에 보여 드립니다"


def title(result: Result) -> str:
    survey = result.survey.title.ko
    return f"{result.course.title}({result.course.code}) · {survey}" if result.course else survey


def when(result: Result) -> str:
    return official(*result.period) if result.period else "아직 하지 않았습니다"


def totals(answers: int, used: int) -> str:
    return f"응답 {answers:,}건, 결과에 넣은 것 {used:,}건, 가린 것 {answers - used:,}건"


def response(turnout: Turnout | OfKind) -> str:
    """The response rate with whom it is of."""
    if not turnout.attendees:
        return "-"
    why = "".join(f". {reason}" for reason in crowded(turnout))
    return f"{percent(turnout.rate)} (수강생 {turnout.attendees:,}명{why})"


def crowded(turnout: Turnout | OfKind) -> Iterator[str]:
    """Why more have answered than attend."""
    if turnout.rate is not None and turnout.rate > 1:
        yield "답한 뒤 수강생에서 빠진 분이 있어 100%를 넘습니다"


def numbered(asked: Asked) -> str:
    """A question as it was asked, with its number, and the versions of the survey where others ask otherwise."""
    edition = f" ({asked.edition})" if asked.edition else ""
    return f"{asked.item.name}{edition}. {asked.item.text.ko}"


def sections(result: Result) -> Iterator[tuple[str, list[Asked]]]:
    """The questions in their order, by the section that they stand in."""
    for name, group in groupby(result.questions, key=lambda asked: asked.item.section.ko):
        yield name, list(group)


def called(each: CourseTurnout) -> str:
    return f"{each.course.title}({each.course.code})"


def in_cells(found: Figures | None, missing: str = WITHHELD) -> tuple[str, str]:
    """A mean and a positive share, or why there are none."""
    return (rounded(found.mean), percent(found.positive)) if found else (missing, "")


def missing(round_: Round) -> str:
    """Why the course of a round has no figures."""
    return WITHHELD if round_.settled_at else LATER


# --- what is not told, and why ---


def notes(result: Result, desk: Desk) -> list[str]:
    return [*_running(result, desk), *_unsettled(result), *_withheld(result)]


def _running(result: Result, desk: Desk) -> Iterator[str]:
    if result.running and not result.survey.is_anonymous:
        yield "이름을 밝히는 설문이라 받는 동안에도 결과를 보여 드립니다. 서술 응답은 마감 뒤에 보여 드립니다."
    elif result.running:
        count = min(_answers(result, result.running), result.withheld)  # one that was opened again is partly in them
        yield f"지금 받고 있는 응답 {count:,}건은 설문을 마감한 뒤에 결과에 들어갑니다."
        for each in result.running:
            yield f"{_name(result, each)}: {until(desk, each.closes_at)}에 마감합니다."


def steps(result: Result) -> Iterator[Step]:
    """What brings into the results what isn't in them yet."""
    if result.survey.is_anonymous:
        yield from (_closing("지금 마감하려면", result, each) for each in result.running)
    yield from (_closing("바로 넣으려면", result, each) for each in result.unsettled[:1])


def _closing(why: str, result: Result, round_: Round) -> Step:
    course = next((each.course.code for each in result.turnout.by_course if each.round == round_), None)
    return Step(why, "close-survey", {"survey": result.survey.code, "course": course})


def _name(result: Result, round_: Round) -> str:
    found = [lookup.called(each.course) for each in result.turnout.by_course if each.round == round_]
    return found[0] if found else f"‘{result.survey.title.ko}’"


def _unsettled(result: Result) -> Iterator[str]:
    if result.unsettled:
        count = _answers(result, result.unsettled)
        yield f"마감했지만 아직 정리하지 않은 응답 {count:,}건이 있습니다. 서비스가 켜져 있으면 곧 들어갑니다."


def _withheld(result: Result) -> Iterator[str]:
    small = result.withheld - _answers(result, (*result.running, *result.unsettled))
    if small > 0 and result.survey.is_anonymous:
        yield (
            f"{FEWEST}명 미만이 답한 회차의 응답 {small:,}건은 가렸습니다. 전체 결과에도 넣지 않고, "
            f"마감하고 {KEEP_SEALED.days}일이 지나면 지웁니다."
        )
        yield f"{FEWEST}명은 대화에서 답했거나 응답 번호를 받아 키오스크에서 답한 분만 셉니다."
    if result.used:
        yield HOLDS


def _answers(result: Result, of: Sequence[Round]) -> int:
    return sum(result.turnout.by_round.get(each.id, 0) for each in of)


def until(desk: Desk, closes_at: datetime) -> str:
    """A closing time; midnight is told with the day that ends."""
    if closes_at.astimezone(desk.organization.timezone).time() != time():
        return desk.moment(closes_at)
    return f"{dates.day(last_day(closes_at, desk.organization.timezone), 'ko', today=desk.today)} 밤 12시"


def texts(result: Result) -> list[Asked]:
    return [asked for asked in result.questions if asked.item.kind == TEXT and asked.texts]


def made(desk: Desk) -> str:
    return f"{desk.organization.team}, {desk.moment(desk.now)}에 만듦"


# --- a year ---


def year_title(year: Year) -> str:
    return f"{year.year}년 설문"


def ran(of: OfKind) -> str:
    """“만족도조사 13회”, and a dash for none, as the reports of offices have it."""
    return f"{KINDS[of.kind]} {f'{of.rounds}회' if of.rounds else '-'}"


def span(of: OfKind) -> str:
    return official(*of.period) if of.period else "-"

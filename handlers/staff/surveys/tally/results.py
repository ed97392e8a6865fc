"""The results of a survey: what may be shown of it now, question by question.

Of an anonymous survey nothing but the turnout is told until a round is closed and settled; small groups are withheld
as `grains` says.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.surveys import lookup as survey_lookup
from handlers.staff.surveys.tally import grains as survey_grains
from handlers.staff.surveys.tally.editions import Edition, editions
from handlers.staff.surveys.tally.figures import Figures, figures, of_points
from handlers.staff.surveys.tally.grains import Grain, Lot, added
from handlers.staff.surveys.tally.turnout import Turnout, period, turnout
from storage.asking import rounds, surveys
from storage.asking.rounds import Round
from storage.asking.survey import SCALE, TEXT, Item, Survey
from storage.database import Transaction
from storage.teaching.course import Course

SATISFACTION = "satisfaction"
OVERALL = "종합"  # the section whose questions stand for all of a survey


@dataclass(frozen=True)
class Asked:
    """A question and what came of it. Where `figures` is None they are withheld, and so for each course and channel.

    `edition` names the versions of the survey that ask it so, where not all do. `texts` are in no order.
    """

    item: Item
    edition: str
    figures: Figures | None
    by_course: dict[int, Figures | None]
    by_channel: dict[str, Figures | None]
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overall:
    """Satisfaction in one figure: of all answers to the five-point questions that `basis` names."""

    basis: str
    figures: Figures | None
    by_course: dict[int, Figures | None]
    by_channel: dict[str, Figures | None]


@dataclass(frozen=True)
class Result:
    """`used` of the answers of `turnout` are in the figures; the rest are withheld, or are still coming in."""

    survey: Survey
    course: Course | None
    period: tuple[date, date] | None
    turnout: Turnout
    used: int
    running: tuple[Round, ...]
    unsettled: tuple[Round, ...]
    questions: tuple[Asked, ...]
    overall: Overall | None

    @property
    def withheld(self) -> int:
        return self.turnout.answers - self.used

    @property
    def has_figures(self) -> bool:
        return self.used > 0


def of_survey(tx: Transaction, desk: Desk, code: str, course_code: str | None = None) -> Result:
    """Of all rounds of a survey in all its versions, or of the one that a course was asked in."""
    survey = survey_lookup.survey(tx, code)
    course = lookup.course(tx, course_code) if course_code else None
    asked = rounds.of_code(tx, survey.code, course.id if course else None)
    if course and not asked:
        raise Declined(f"{called(course)}: 이 과정에는 아직 ‘{survey.title.ko}’ 설문을 하지 않았습니다.")
    return _result(tx, desk, survey, course, asked)


def of_rounds(tx: Transaction, desk: Desk, survey: Survey, asked: Sequence[Round]) -> Result:
    """Of these of its rounds, all together: of many of them each course and channel apart takes as long again."""
    return _result(tx, desk, survey, None, asked, is_apart=False)


def _result(
    tx: Transaction,
    desk: Desk,
    survey: Survey,
    course: Course | None,
    asked: Sequence[Round],
    is_apart: bool = True,
) -> Result:
    known = surveys.versions(tx, survey.code)
    counted = turnout(tx, asked)
    found = survey_grains.lots(tx, asked, text_names(known))
    used = [each for each in known if _is_used(each, asked, found)] or [survey]
    grains = {edition: survey_grains.grains(found, edition) for edition in editions(used)}
    sides = counted if is_apart else None
    return Result(
        survey=survey,
        course=course,
        period=period(asked, desk.organization.timezone),
        turnout=counted,
        used=sum(lot.sheets for lot in found),
        running=tuple(each for each in asked if each.is_open(desk.now)),
        unsettled=tuple(each for each in asked if each.closes_at <= desk.now and not each.settled_at),
        questions=tuple(_asked(tx, desk, edition, grains[edition], sides, found) for edition in grains),
        overall=_overall(survey, grains, sides),
    )


def _is_used(version: Survey, asked: Sequence[Round], found: Sequence[Lot]) -> bool:
    """A version that was asked or answered, so that one which never was doesn't stand apart."""
    is_answered = any(survey_id == version.id for lot in found for survey_id, _ in lot.tallies)
    return is_answered or any(each.survey_id == version.id and each.settled_at is None for each in asked)


def text_names(known: Sequence[Survey]) -> list[str]:
    """Names of questions that ask for a text in every version."""
    kinds: dict[str, set[str]] = {}
    for item in (item for survey in known for item in survey.items):
        kinds.setdefault(item.name, set()).add(item.kind)
    return [name for name, of in kinds.items() if of == {TEXT}]


# --- a question ---


def _asked(
    tx: Transaction, desk: Desk, edition: Edition, grains: Sequence[Grain], sides: Turnout | None, found: Sequence[Lot]
) -> Asked:
    item = edition.item
    if item.kind == TEXT:
        return Asked(item, edition.label, None, {}, {}, _texts(tx, desk, edition, found))
    courses, channels = _sides(grains, sides)
    return Asked(
        item,
        edition.label,
        figures(item, values_of(grains)),
        {course_id: figures(item, values) for course_id, values in courses.items()},
        {channel: figures(item, values) for channel, values in channels.items()},
    )


def _sides(grains: Sequence[Grain], counted: Turnout | None) -> tuple[dict[int, Counter[str]], dict[str, Counter[str]]]:
    """The answers by course and by channel; empty where they are withheld, and none where none are asked for."""
    if counted is None:
        return {}, {}
    courses = {each.course.id: Counter[str]() for each in counted.by_course}
    channels = {name: Counter[str]() for name, count in counted.by_channel.items() if count}
    for grain in grains:
        if grain.course_id:
            courses.setdefault(grain.course_id, Counter()).update(grain.values)
        if grain.channel:
            channels.setdefault(grain.channel, Counter()).update(grain.values)
    return courses, channels


def values_of(grains: Iterable[Grain]) -> Counter[str]:
    return added(grain.values for grain in grains)


def _texts(tx: Transaction, desk: Desk, edition: Edition, found: Sequence[Lot]) -> tuple[str, ...]:
    """Of closed rounds; never with a course or a channel."""
    return tuple(survey_grains.written(tx, [lot for lot in found if lot.round.closes_at <= desk.now], edition))


# --- all of it in one figure ---


def _overall(survey: Survey, grains: dict[Edition, list[Grain]], sides: Turnout | None) -> Overall | None:
    """None of a survey that doesn't ask for satisfaction."""
    basis, chosen = basis_of([edition.item for edition in grains])
    if not chosen or survey.kind != SATISFACTION:
        return None
    of_these = [grain for edition in grains if edition.item in chosen for grain in grains[edition]]
    courses, channels = _sides(of_these, sides)
    return Overall(
        basis,
        of_points(values_of(of_these)),
        {course_id: of_points(values) for course_id, values in courses.items()},
        {channel: of_points(values) for channel, values in channels.items()},
    )


def basis_of(items: Sequence[Item]) -> tuple[str, list[Item]]:
    """The five-point questions that stand for a survey, and what to call them."""
    scales = [item for item in items if item.kind == SCALE]
    overall = [item for item in scales if item.section.ko == OVERALL]
    name = f"‘{OVERALL}’ 5점 문항 {len(overall)}개" if overall else f"5점 문항 {len(scales)}개 모두"
    return name, overall or scales

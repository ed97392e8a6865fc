"""Which surveys there are, where they can be answered, and closing one before its time."""

from collections.abc import Iterator, Sequence

from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called, command
from handlers.staff.surveys.turnout import CourseTurnout, official, period, turnout
from handlers.staff.surveys.words import until
from handlers.staff.surveys.years import KINDS
from storage import answers, rounds, surveys
from storage.database import Transaction
from storage.rounds import Round
from storage.survey import FEWEST, Survey


def show(tx: Transaction, desk: Desk) -> list[str]:
    """All surveys with their rounds, the newest round first."""
    found = surveys.all_newest(tx)
    if not found:
        template = command("import", "--template", "설문.xlsx", "--of", "surveys")
        return [f"등록한 설문이 없습니다. 양식을 만들려면: {template}"]
    return [line for survey in found for line in _survey(tx, desk, survey)]


def _survey(tx: Transaction, desk: Desk, survey: Survey) -> Iterator[str]:
    asked = rounds.of_code(tx, survey.code)
    counted = turnout(tx, asked)
    named = "무기명" if survey.is_anonymous else "기명"
    versions = "·".join(str(each.version) for each in surveys.versions(tx, survey.code))
    yield f"{survey.code}  {survey.title.ko} ({KINDS[survey.kind]}, {named}, {versions}판, 문항 {len(survey.items)}개)"
    if not asked:
        yield "  아직 열지 않았습니다."
    for each in reversed(asked):
        yield from _round(desk, each, counted.by_course, counted.by_round.get(each.id, 0))


def _round(desk: Desk, round_: Round, courses: Sequence[CourseTurnout], count: int) -> Iterator[str]:
    of = [called(each.course) for each in courses if each.round == round_]
    days = period([round_], desk.house.timezone)
    told = [*of, spaced(round_.code), *([official(*days)] if days else []), _state(desk, round_), f"응답 {count:,}건"]
    yield f"  {'  '.join(told)}"
    url = desk.house.public_url
    yield f"    대화      {url}/?start=s{round_.code}"
    yield f"    키오스크  {url}/kiosk/{round_.code}"
    yield f"    종이      {url}/paper/{round_.code}"


def _state(desk: Desk, round_: Round) -> str:
    if round_.is_open(desk.now):
        return "받는 중"
    return "열기 전" if desk.now < round_.opens_at else "마감"


def spaced(code: str) -> str:
    """In two groups of four, as it is read and typed."""
    return f"{code[:4]}-{code[4:]}"


# --- closing ---


def close(tx: Transaction, desk: Desk, code: str, course_code: str | None = None) -> list[str]:
    """Close the one round that runs, and put what was answered into the results."""
    survey = lookup.survey(tx, code)
    course = lookup.course(tx, course_code) if course_code else None
    name = f"{called(course)} ‘{survey.title.ko}’" if course else f"‘{survey.title.ko}’({survey.code})"
    asked = rounds.of_code(tx, survey.code, course.id if course else None)
    round_ = rounds.lock(tx, _one(tx, desk, name, asked).id)
    if round_.settled_at:
        raise Declined(f"{name}: 이미 마감했습니다.")
    if round_.is_open(desk.now):
        rounds.close(tx, round_.id, desk.now)
    answers.settle(tx, round_.id, desk.now)
    count = sum(row[-1] for row in rounds.turnout(tx, [round_.id]))
    return [f"{name}: 마감했습니다. 응답 {count:,}건.", _next(survey, course_code, count)]


def _one(tx: Transaction, desk: Desk, name: str, asked: Sequence[Round]) -> Round:
    running = [each for each in asked if not each.settled_at and each.opens_at <= desk.now]
    if len(running) == 1:
        return running[0]
    if running:
        lines = (f"- {called(each.course)}" for each in turnout(tx, running).by_course)
        raise Declined("\n".join([f"{name}: 여러 과정에서 받고 있습니다. --course로 과정을 골라 주세요.", *lines]))
    early = [each for each in asked if desk.now < each.opens_at]
    if early:
        raise Declined(f"{name}: {desk.moment(early[0].opens_at)}에 열립니다. 아직 마감할 수 없습니다.")
    if not asked:
        raise Declined(f"{name}: 아직 열지 않은 설문입니다.")
    raise Declined(f"{name}: {until(desk, asked[-1].closes_at)}에 이미 마감했습니다.")


def _next(survey: Survey, course_code: str | None, count: int) -> str:
    if count < FEWEST:
        apart = f"{FEWEST}명 미만이 답해서 따로 보여 드리지 않습니다."
        return f"{apart} 다른 회차와 합쳐 {FEWEST}명이 되면 전체 결과에 넣습니다."
    return f"결과를 보려면: {command('results', survey.code, *(['--course', course_code] if course_code else []))}"

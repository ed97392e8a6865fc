"""Which surveys there are, where they can be answered, and closing one before its time."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.surveys import bursts
from handlers.staff.surveys import lookup as survey_lookup
from handlers.staff.surveys.bursts import Burst
from handlers.staff.surveys.tally.turnout import CourseTurnout, official, period, turnout
from handlers.staff.surveys.tally.words import until
from handlers.staff.surveys.tally.years import KINDS
from storage.asking import rounds, settling, surveys
from storage.asking.rounds import Round
from storage.asking.survey import FEWEST, Survey
from storage.database import Transaction
from storage.teaching import courses


def show(tx: Transaction, desk: Desk) -> Told:
    """All surveys with their rounds, the newest round first."""
    found = surveys.all_newest(tx)
    if not found:
        template = Step("양식을 만들려면", "import", {"template": "설문.xlsx", "of": "surveys"})
        return Told("등록한 설문이 없습니다.", steps=(template,))
    asked = {survey.code: rounds.of_code(tx, survey.code) for survey in found}
    sudden = {
        round_.id: bursts.bursts(tx, round_.id) for of in asked.values() for round_ in of if not round_.settled_at
    }
    tables = tuple(_survey(tx, desk, survey, asked[survey.code], sudden) for survey in found)
    return Told(tables=tables, steps=tuple(_set_aside(tx, asked, sudden)))


def _set_aside(
    tx: Transaction, asked: Mapping[str, Sequence[Round]], sudden: Mapping[int, Sequence[Burst]]
) -> Iterator[Step]:
    for code, round_ in ((code, each) for code, of in asked.items() for each in of):
        course = courses.find(tx, round_.course_id) if round_.course_id else None
        named = course.code if course else None
        yield from (bursts.step(each, code, named) for each in sudden.get(round_.id, ()))


def _survey(
    tx: Transaction, desk: Desk, survey: Survey, asked: Sequence[Round], sudden: Mapping[int, Sequence[Burst]]
) -> Table:
    """A row a round, and below it where it can be answered."""
    counted = turnout(tx, asked)
    named = "무기명" if survey.is_anonymous else "기명"
    versions = "·".join(str(each.version) for each in surveys.versions(tx, survey.code))
    about = f"{KINDS[survey.kind]}, {named}, {versions}판, 문항 {len(survey.items)}개"
    title = f"{survey.code}  {survey.title.ko} ({about})"
    if not asked:
        return Table((("아직 열지 않았습니다.",),), title=title)
    newest = asked[::-1]
    rows = tuple(_round(desk, each, counted.by_course, counted.by_round.get(each.id, 0)) for each in newest)
    return Table(
        rows,
        title=title,
        details=tuple((*_addresses(desk, each), *_sudden(sudden.get(each.id, ()))) for each in newest),
    )


def _round(desk: Desk, round_: Round, courses: Sequence[CourseTurnout], count: int) -> tuple[str, ...]:
    of = [called(each.course) for each in courses if each.round == round_]
    days = period([round_], desk.organization.timezone)
    return *of, spaced(round_.code), *([official(*days)] if days else []), state(desk, round_), f"응답 {count:,}건"


def _sudden(found: Sequence[Burst]) -> Iterator[tuple[str, str]]:
    yield from (("살펴볼 것", each.line) for each in found)


def _addresses(desk: Desk, round_: Round) -> tuple[tuple[str, str], ...]:
    url = desk.organization.public_url
    return (
        ("대화", f"{url}/?start=s{round_.code}"),
        ("키오스크", f"{url}/kiosk/{round_.code}"),
        ("종이", f"{url}/paper/{round_.code}"),
    )


def state(desk: Desk, round_: Round) -> str:
    if round_.is_open(desk.now):
        return "받는 중"
    return "열기 전" if desk.now < round_.opens_at else "마감"


def spaced(code: str) -> str:
    """In two groups of four, as it is read and typed."""
    return f"{code[:4]}-{code[4:]}"


# --- closing ---


def close(tx: Transaction, desk: Desk, code: str, course_code: str | None = None) -> Told:
    """Close the one round that runs, and put what was answered into the results."""
    survey = survey_lookup.survey(tx, code)
    course = lookup.course(tx, course_code) if course_code else None
    name = f"{called(course)} ‘{survey.title.ko}’" if course else f"‘{survey.title.ko}’({survey.code})"
    asked = rounds.of_code(tx, survey.code, course.id if course else None)
    round_ = rounds.lock(tx, _one(tx, desk, survey, name, asked).id)
    if round_.settled_at:
        raise Declined(f"{name}: 이미 마감했습니다.")
    if round_.is_open(desk.now):
        rounds.close(tx, round_.id, desk.now)
    settling.settle(tx, round_.id, desk.now)
    count = sum(row[-1] for row in rounds.turnout(tx, [round_.id]))
    title = f"{name}: {desk.done('마감했습니다', '마감합니다')}. 응답 {count:,}건."
    told = sum(lot.sheets for lot in settling.lots(tx, [round_.id]))
    notes = _withheld(count - told) if count > told else ()
    if not told:
        return Told(title, notes=notes)
    results = Step("결과를 보려면", "results", {"survey": survey.code, "course": course_code})
    return Told(title, notes=notes, steps=() if desk.is_preview else (results,))


def _withheld(count: int) -> tuple[str, ...]:
    few = (
        f"응답 {count:,}건은 {FEWEST}명 미만의 답이라 보여 드리지 않습니다. {settling.KEEP_SEALED.days}일 뒤 지웁니다."
    )
    return (few, f"{FEWEST}명은 대화에서 답했거나 응답 번호를 받아 키오스크에서 답한 분만 셉니다.")


def _one(tx: Transaction, desk: Desk, survey: Survey, name: str, asked: Sequence[Round]) -> Round:
    running = [each for each in asked if not each.settled_at and each.opens_at <= desk.now]
    if len(running) == 1:
        return running[0]
    if running:
        found = [each.course for each in turnout(tx, running).by_course]
        raise Declined(
            f"{name}: 여러 과정에서 받고 있습니다. 과정을 골라 주세요.",
            *(_closing(f"{called(each)}에서 마감하려면", survey, each.code) for each in found),
        )
    early = [each for each in asked if desk.now < each.opens_at]
    if early:
        raise Declined(f"{name}: {desk.moment(early[0].opens_at)}에 열립니다. 아직 마감할 수 없습니다.")
    if not asked:
        raise Declined(f"{name}: 아직 열지 않은 설문입니다.")
    raise Declined(f"{name}: {until(desk, asked[-1].closes_at)}에 이미 마감했습니다.")


def _closing(why: str, survey: Survey, course_code: str) -> Step:
    return Step(why, "close-survey", {"survey": survey.code, "course": course_code})


CLOSE = acts.add(Act("close-survey", "설문 마감", close, repeats=True))

"""Finds the survey and the round that an officer names; what can't be found is refused with advice."""

from collections.abc import Mapping

from handlers.language.letters.particles import with_particle
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step
from storage.asking import rounds, surveys
from storage.asking.rounds import Round
from storage.asking.survey import Survey
from storage.database import Transaction
from storage.teaching.course import Course


def survey(tx: Transaction, code: str) -> Survey:
    """Its newest version."""
    known = {each.code: each for each in surveys.all_newest(tx)}
    named = lookup.same_code(code, known)
    if not named:
        raise _unknown(code, {each.code: each.title.ko for each in known.values()})
    return known[named]


def called(survey: Survey) -> str:
    return f"‘{survey.title.ko}’({survey.code})"


def opened(tx: Transaction, desk: Desk, code: str, course_code: str | None) -> Round:
    """The round that answers belong to, of a course where the survey follows courses; refused before it opens."""
    found, course = named(tx, code, course_code)
    asked = rounds.of_code(tx, found.code, course.id if course else None)
    how = Step("지금 열려면", "open-survey", {"survey": found.code, "course": course.code if course else None})
    if course and not asked:
        raise Declined(f"{with_particle(lookup.called(course), '은/는')} 아직 이 설문을 열지 않았습니다.", how)
    if not asked:
        raise Declined(f"{called(found)}: 아직 열린 적이 없습니다.", how)
    if desk.now < asked[-1].opens_at:
        raise Declined(f"{called(found)}: {desk.moment(asked[-1].opens_at)}에 열립니다. 그 뒤에 등록해 주세요.", how)
    return asked[-1]


def named(tx: Transaction, code: str, course_code: str | None) -> tuple[Survey, Course | None]:
    """A survey, and the course of which it is asked where it follows courses."""
    found = survey(tx, code)
    if found.follows_courses and not course_code:
        how = Step("등록하려면", "import", {"files": "응답.xlsx", "answers": found.code, "course": "과정번호"})
        raise Declined(f"{called(found)}: 과정마다 묻는 설문입니다. 어느 과정의 응답인지도 적어 주세요.", how)
    if course_code and not found.follows_courses:
        how = Step("등록하려면", "import", {"files": "응답.xlsx", "answers": found.code})
        raise Declined(f"{called(found)}: 과정마다 묻는 설문이 아닙니다. 과정번호는 빼 주세요.", how)
    return found, lookup.course(tx, course_code) if course_code else None


def worded(tx: Transaction, code: str, course_code: str | None) -> Survey:
    """The survey as it is asked of a course, or as it will be."""
    found = survey(tx, code)
    if not course_code:
        return found
    asked = rounds.of_code(tx, found.code, lookup.course(tx, course_code).id)
    return surveys.find(tx, asked[-1].survey_id) if asked else found


def _unknown(code: str, titles: Mapping[str, str]) -> Declined:
    message = f"‘{code}’: 이런 설문번호가 없습니다."
    if not titles:
        how = Step("등록하려면", "import", {"files": "설문.xlsx"})
        return Declined(f"{message} 아직 등록한 설문이 없습니다.", how)
    if likely := lookup.near(code, titles):
        return Declined(f"{message} 혹시 이 설문인가요?", items=likely)
    return Declined(message, Step("설문 목록을 보려면", "surveys"))

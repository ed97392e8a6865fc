"""Finds the survey and the round that an officer names; what can't be found is refused with advice."""

from handlers.language.particles import with_particle
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.files.cells import compact
from storage import rounds, surveys
from storage.database import Transaction
from storage.rounds import Round
from storage.survey import Survey


def survey(tx: Transaction, code: str) -> Survey:
    """The newest version."""
    known = surveys.all_newest(tx)
    alike = [each for each in known if compact(each.code) == compact(code)]
    named = [each for each in known if each.code == code] or alike
    if len(named) != 1:
        raise Declined(_unknown(code, known))
    return named[0]


def called(survey: Survey) -> str:
    return f"‘{survey.title.ko}’({survey.code})"


def opened(tx: Transaction, desk: Desk, code: str, course_code: str | None) -> Round:
    """The round that answers belong to, of a course where the survey follows courses; refused before it opens."""
    found = survey(tx, code)
    about = called(found)
    if found.follows_courses and not course_code:
        raise Declined(f"{about}: 과정마다 묻는 설문입니다. 어느 과정의 응답인지 --course 과정번호를 붙여 적어 주세요.")
    if course_code and not found.follows_courses:
        raise Declined(f"{about}: 과정마다 묻는 설문이 아닙니다. --course 없이 실행해 주세요.")
    course = lookup.course(tx, course_code) if course_code else None
    asked = rounds.of_code(tx, found.code, course.id if course else None)
    if course and not asked:
        title = with_particle(lookup.called(course), "은/는")
        raise Declined(f"{title} 아직 이 설문을 열지 않았습니다. 마지막 수업이 끝나면 열립니다. 그 뒤에 등록해 주세요.")
    if not asked:
        raise Declined(f"{about}: 아직 열린 적이 없습니다. 여는 때를 적어 설문을 다시 등록해 주세요.")
    if desk.now < asked[-1].opens_at:
        raise Declined(f"{about}: {desk.moment(asked[-1].opens_at)}에 열립니다. 그 뒤에 등록해 주세요.")
    return asked[-1]


def worded(tx: Transaction, code: str, course_code: str | None) -> Survey:
    """The survey as it is asked of a course, or as it will be."""
    found = survey(tx, code)
    if not course_code:
        return found
    asked = rounds.of_code(tx, found.code, lookup.course(tx, course_code).id)
    return surveys.find(tx, asked[-1].survey_id) if asked else found


def _unknown(code: str, known: list[Survey]) -> str:
    told = f"‘{code}’: 이런 설문번호가 없습니다."
    if not known:
        return f"{told} 아직 등록한 설문이 없습니다. python -m bot import 로 먼저 등록해 주세요."
    return "\n".join([f"{told} 등록한 설문은 다음과 같습니다.", *(f"- {each.code} {each.title.ko}" for each in known)])

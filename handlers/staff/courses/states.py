"""Taking a course out of the lists or registration out of a course, and back; closing it for good needs a reason."""

from handlers.language.letters.particles import with_particle
from handlers.staff.courses.scope import of_course
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Told
from storage.database import Transaction
from storage.states import CourseState
from storage.teaching import courses

WORDS: dict[str, CourseState] = {"공개": "published", "비공개": "hidden", "접수중지": "suspended"}
MEANING = {
    "공개": "주민에게 보이고, 접수기간이면 신청을 받습니다.",
    "비공개": "목록과 검색에 보이지 않고 신청을 받지 않습니다. 이미 신청한 분께는 그대로입니다.",
    "접수중지": "주민에게 보이지만 신청을 받지 않습니다. 이미 신청한 분께는 그대로입니다.",
}


def set_state(tx: Transaction, desk: Desk, code: str, state: str) -> Told:
    course = lookup.locked(tx, code)
    wanted = WORDS.get(state)
    if wanted is None:
        raise Declined(f"‘{state}’: {', '.join(WORDS)} 가운데 하나를 골라 주세요.")
    if course.state == wanted:
        return Told(f"{called(course)}: 이미 ‘{state}’ 상태입니다.")
    courses.set_state(tx, course.id, wanted)
    word = with_particle(f"‘{state}’", "으로/로")
    return Told(f"{called(course)}: {word} {desk.done('바꾸었습니다', '바꿉니다')}.", (MEANING[state],))


SET_STATE = acts.add(Act("course-state", "상태 바꾸기", set_state, of_course, repeats=True))

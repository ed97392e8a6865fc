"""Who applied, and what became of applications that were decided on together."""

from collections import Counter
from collections.abc import Collection

from handlers.language.names import mask_name
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Told
from storage import enrollments
from storage.course import Course
from storage.database import Transaction
from storage.residents import Resident


def masked(resident: Resident) -> str:
    return mask_name(resident.name) if resident.name else "이름 없음"


def outcome(
    tx: Transaction, desk: Desk, course: Course, numbers: Collection[int], title: str, notes: tuple[str, ...] = ()
) -> Told:
    """What became of these applications, and who will hear of it."""
    decided = [each for each in enrollments.of_course(tx, course.id) if each.id in numbers]
    states = Counter(each.state for each in decided)
    chosen = states["confirmed"] + states["offered"]
    line = f"신청 {len(decided)}명: 선정 {chosen}명, 대기 {states['waiting']}명, 미선정 {states['not_selected']}명."
    asked = [f"선정된 분이 {course.confirm_hours}시간 안에 확정해야 자리가 정해집니다."] if states["offered"] else []
    told = Told(title, facts=(line, *asked), notes=notes)
    return with_reach(tx, desk, told, [each.resident_id for each in decided])

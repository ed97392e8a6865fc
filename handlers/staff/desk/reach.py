"""Tells officers whom a change will be told to, and who has to be called instead."""

from collections import Counter
from collections.abc import Collection, Sequence

from handlers.staff.desk.desk import Desk
from storage import enrollments, residents
from storage.course import Course
from storage.database import Transaction


def told(tx: Transaction, desk: Desk, resident_ids: Sequence[int]) -> list[str]:
    """Lines about the notices that will go out by themselves."""
    if not resident_ids:
        return ["알릴 분이 없습니다."]
    lines = [f"{len(resident_ids)}명에게 저절로 알립니다."]
    alone = residents.count_unreachable(tx, resident_ids, desk.channels)
    if alone:
        lines.append(f"이 가운데 {alone}명은 알림을 보낼 수 없습니다. 잠시 뒤 python -m bot outbox 에서 명단을 보세요.")
    return lines


def outcome(tx: Transaction, desk: Desk, course: Course, numbers: Collection[int]) -> list[str]:
    """What became of applications that were just decided on, and who will hear of it."""
    decided = [each for each in enrollments.of_course(tx, course.id) if each.id in numbers]
    states = Counter(each.state for each in decided)
    chosen = states["confirmed"] + states["offered"]
    line = f"신청 {len(decided)}명: 선정 {chosen}명, 대기 {states['waiting']}명, 미선정 {states['not_selected']}명."
    asked = [f"선정된 분이 {course.confirm_hours}시간 안에 확정해야 자리가 정해집니다."] if states["offered"] else []
    return [line, *asked, *told(tx, desk, [each.resident_id for each in decided])]

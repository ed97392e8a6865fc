"""The kinds of notice. When each is owed, to whom and in what words is bound to its name in `handlers/clock`."""

from dataclasses import dataclass
from enum import StrEnum

from storage.audit import journal
from storage.completion.followups import STAGES
from storage.notices.outbox import NEWS, SERVICE
from storage.teaching import awaited, wishes

ANNOUNCED, ANNOUNCED_NEWS = "announcement", "announcement_news"  # what officers wrote to a course, or to many
UNITED, PARTED = "united", "parted"  # chats that became one person's, and that are not any more


class Purpose(StrEnum):
    """What somebody agrees to apart, off until they turn it on; without it nothing of its kinds is sent."""

    NEWS = "news"
    JOBS = "jobs"


class About(StrEnum):
    """What the `about` of a notice is the id of.

    Courses, enrollments, appointments and announcements are the journal's subjects.
    """

    SESSION = "session"
    COURSE = journal.COURSE
    ENROLLMENT = journal.ENROLLMENT
    ROUND = "round"
    APPOINTMENT = journal.APPOINTMENT
    CHAT = "chat"
    ANNOUNCEMENT = journal.ANNOUNCEMENT
    NOTHING = "nothing"


@dataclass(frozen=True)
class Kind:
    """A kind of notice; without a `purpose` it is part of the service.

    `title` is what officers call it, `why` the key of the text that says why one gets it where that isn't a choice.
    Where it `is_told_apart`, its keys end in the id of whom it is for, and not in that of something of theirs.
    """

    name: str
    title: str
    about: About
    purpose: Purpose | None = None
    can_be_muted: bool = False
    rank: int = SERVICE
    why: str = "notices.why.service"
    is_told_apart: bool = False


_DECLARED = (
    Kind("first_class", "첫 수업 안내", About.SESSION, can_be_muted=True),
    Kind("day_before", "수업 하루 전", About.SESSION, can_be_muted=True),
    Kind("two_hours_before", "수업 두 시간 전", About.SESSION, can_be_muted=True),
    Kind("offer", "자리 제안", About.ENROLLMENT),
    Kind("offer_lapsing", "제안 기한 알림", About.ENROLLMENT),
    Kind("offer_lapsed", "제안 기한 지남", About.ENROLLMENT),
    Kind("last_call", "개강 직전 빈자리", About.COURSE),
    Kind("confirmed", "선정·접수", About.ENROLLMENT),
    Kind("waiting", "대기 순번", About.ENROLLMENT),
    Kind("applied", "신청 확인", About.ENROLLMENT),
    Kind("not_selected", "미선정", About.ENROLLMENT),
    Kind("removed", "신청 끝냄", About.ENROLLMENT),
    Kind("last_absence", "한 번 더 빠지면", About.ENROLLMENT),
    Kind("completion_lost", "수료 어려움", About.ENROLLMENT),
    Kind("completed", "수료", About.ENROLLMENT),
    Kind("no_show_warning", "불참 안내", About.ENROLLMENT),
    Kind("teaching", "강사 정함", About.ENROLLMENT),
    Kind("changed", "수업 변경", About.COURSE),
    Kind("closed", "폐강", About.COURSE),
    Kind("corrected_course", "과정 안내 정정", About.COURSE, is_told_apart=True),
    Kind("corrected_enrollment", "결과 안내 정정", About.ENROLLMENT, is_told_apart=True),
    Kind(
        "corrected_appointment",
        "상담 안내 정정",
        About.APPOINTMENT,
        why="notices.why.appointment",
        is_told_apart=True,
    ),
    Kind(awaited.KIND, "기다리던 강좌", About.COURSE, why="notices.why.awaited"),
    Kind(wishes.KIND, "바라던 강좌", About.COURSE, why="notices.why.wished", is_told_apart=True),
    Kind("news", "강좌 소식", About.NOTHING, Purpose.NEWS, rank=NEWS, is_told_apart=True),
    Kind("jobs_daily", "일자리 소식(매일)", About.NOTHING, Purpose.JOBS, rank=NEWS, is_told_apart=True),
    Kind("jobs_weekly", "일자리 소식(매주)", About.NOTHING, Purpose.JOBS, rank=NEWS, is_told_apart=True),
    Kind("survey", "설문 열림", About.ROUND, is_told_apart=True),
    Kind("survey_reminder", "설문 다시 알림", About.ROUND, is_told_apart=True),
    Kind("survey_news", "수요조사 열림", About.ROUND, Purpose.NEWS, rank=NEWS, is_told_apart=True),
    Kind("survey_reminder_news", "수요조사 다시 알림", About.ROUND, Purpose.NEWS, rank=NEWS, is_told_apart=True),
    *(
        Kind(f"followup_{stage}", f"수료 {stage}개월 뒤", About.ENROLLMENT, why="notices.why.followup")
        for stage in STAGES
    ),
    Kind("appointment_day_before", "상담 하루 전", About.APPOINTMENT, why="notices.why.appointment"),
    Kind("appointment_moved", "상담 옮김", About.APPOINTMENT, why="notices.why.appointment"),
    Kind("appointment_cancelled", "상담 취소", About.APPOINTMENT, why="notices.why.appointment"),
    Kind(ANNOUNCED, "강좌 메시지", About.ANNOUNCEMENT, can_be_muted=True, is_told_apart=True),
    Kind(ANNOUNCED_NEWS, "수료생 메시지", About.ANNOUNCEMENT, Purpose.NEWS, rank=NEWS, is_told_apart=True),
    Kind("corrected_announcement", "메시지 정정", About.ANNOUNCEMENT, is_told_apart=True),
    Kind(UNITED, "대화 이음", About.CHAT, why="notices.why.chats"),
    Kind(PARTED, "대화 나눔", About.CHAT, why="notices.why.chats"),
)

KINDS = {kind.name: kind for kind in _DECLARED}
assert len(KINDS) == len(_DECLARED), "two kinds of notice have the same name"

MUTABLE = tuple(kind.name for kind in _DECLARED if kind.can_be_muted)


def of_purpose(purpose: Purpose) -> tuple[str, ...]:
    """Names of the kinds that are sent only to those who agreed to this."""
    return tuple(kind.name for kind in _DECLARED if kind.purpose is purpose)

"""The words in which rows tell how something stands: a wrong one is found before anything runs."""

from collections.abc import Sequence
from typing import Literal

CourseState = Literal["published", "hidden", "suspended", "cancelled"]
Selection = Literal["first_come", "lottery", "priority", "review"]
BY_OFFICERS: Sequence[Selection] = ("priority", "review")
Daypart = Literal["day", "evening", "weekend"]
Lift = Literal["yes", "no", ""]  # "" where nobody told
OpenTo = Literal["residents", "connected", "anyone"]  # connected: live, work or study here

# The first four live; an enrollment in any other is over. Officers end one as removed; of two that
# one person had in a course, the one that doesn't stay is merged.
EnrollmentState = Literal[
    "confirmed",
    "offered",
    "waiting",
    "applied",
    "cancelled",
    "declined",
    "expired",
    "not_selected",
    "completed",
    "not_completed",
    "removed",
    "merged",
]
HOLDING: Sequence[EnrollmentState] = ("confirmed", "offered")  # an offered seat until it is taken, declined or lost
OFFLINE = ("phone", "visit", "paper", "institution")
"""Ways by which officers enter an application for somebody; in every other channel they do it themselves."""
Share = Literal["", "online", "offline"]  # of a line: "" is all of it
ATTENDED: Sequence[EnrollmentState] = ("confirmed", "completed", "not_completed")

Mark = Literal["present", "late", "left_early", "absent", "excused"]
ATTENDING: Sequence[Mark] = ("present", "late", "left_early")
# Of what was said of somebody and a class: "open" waits for an officer, or was said before the class.
Standing = Literal["counts", "replaced", "open", "dismissed"]
# Officers tap, enter paper or a sheet, or tap without a network; residents scan, press a button, or say it beforehand.
Way = Literal["desk", "paper", "sheet", "device", "scan", "button", "ahead"]
BY_RESIDENTS: Sequence[Way] = ("scan", "button", "ahead")
NoShow = Literal["none", "warn", "ban"]  # what becomes of who had a seat and never came

AppointmentState = Literal["booked", "moved", "cancelled", "attended", "no_show"]
AppointmentFlag = Literal["registered", "placed"]  # of an appointment that took place

NoticeOutcome = Literal["sent", "unknown", "unreached", "refused", "expired", "cancelled"]
RunOutcome = Literal["ok", "empty", "failed"]  # of fetching job postings

CallbackOutcome = Literal["called", "withdrawn"]

# Of a phrase that found nothing: officers keep it for the next term, or don't want to see it any more.
MissedState = Literal["new", "wanted", "dropped"]

# An officer's: 팀장, 담당, 상담사, 위탁기관, 강사, 열람. Providers and instructors see their own courses alone.
Role = Literal["lead", "officer", "counselor", "provider", "instructor", "viewer"]

Counted = Literal["courses", "completers", "certificates", "placed"]  # what an indicator counts
BudgetKind = Literal["secured", "spent"]
Money = Literal["district", "city", "state"]  # 구비, 시비, 국비
# 설명회·공청회, 만족도 조사, 민간전문가 자문, 언론·방송보도, 주민 설문조사
ParticipationKind = Literal["briefing", "satisfaction", "advice", "press", "survey"]
Progress = Literal["planned", "running", "done", "dropped"]
QuarterState = Literal["draft", "checked", "frozen"]

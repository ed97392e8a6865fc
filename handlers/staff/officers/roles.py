"""What each role may: every page of the console asks for one right, and some pages for one's own course."""

from collections.abc import Mapping
from enum import StrEnum

from storage.states import Role


class Right(StrEnum):
    """Named by what it opens."""

    OWN = "own"  # one's own account
    COURSES = "courses"  # courses and their counts, nobody's name
    ROLL = "roll"  # who is in one's own courses, with masked numbers
    PEOPLE = "people"  # who somebody is, and what is kept of them
    DECIDE = "decide"  # to change courses and applications
    MESSAGES = "messages"
    SURVEYS = "surveys"
    RESULTS = "results"  # figures and results, nobody's name
    YEAR = "year"  # to enter what the year's report is made of, and to draft its quarters
    CLOSE = "close"  # to check and freeze a quarter
    POSTINGS = "postings"
    COUNSELING = "counseling"
    WORDS = "words"  # what residents ask in vain, and answers to it
    OFFICERS = "officers"  # accounts of officers
    REVIEW = "review"  # who looked at whose data


ROLES: Mapping[Role, str] = {
    "lead": "팀장",
    "officer": "담당",
    "counselor": "상담사",
    "provider": "위탁기관",
    "instructor": "강사",
    "viewer": "열람",
}
RIGHTS: Mapping[Role, frozenset[Right]] = {
    "lead": frozenset(Right),
    "officer": frozenset(Right) - {Right.OFFICERS, Right.REVIEW, Right.CLOSE},
    "counselor": frozenset({Right.OWN, Right.COURSES, Right.COUNSELING, Right.POSTINGS}),
    "provider": frozenset({Right.OWN, Right.COURSES, Right.ROLL}),
    "instructor": frozenset({Right.OWN, Right.COURSES, Right.ROLL}),
    "viewer": frozenset({Right.OWN, Right.COURSES, Right.RESULTS}),
}
OF_OWN_COURSES: frozenset[Role] = frozenset({"provider", "instructor"})
"""Who sees none but the courses that they were given."""

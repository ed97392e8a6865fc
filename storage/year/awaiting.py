"""How many want to hear of a course that there is, or of one that there isn't, in their own words."""

from collections.abc import Collection

from sqlalchemy import func, select

from storage.database import Transaction
from storage.tables import awaited_courses, course_wishes


def by_course(tx: Transaction, course_ids: Collection[int]) -> dict[int, int]:
    """How many asked to be told when it opens, has a free seat, or opens again."""
    of = awaited_courses.c.course_id
    query = select(of, func.count()).where(of.in_(course_ids)).group_by(of)
    return {row[0]: row[1] for row in tx.execute(query)}


def wished(tx: Transaction, most: int, fewest: int = 1) -> list[tuple[str, int]]:
    """In whose words, and how many; what most wish for comes first."""
    people = func.count()
    query = select(course_wishes.c.words, people).group_by(course_wishes.c.words).having(people >= fewest)
    rows = tx.execute(query.order_by(people.desc(), course_wishes.c.words).limit(most))
    return [(row[0], row[1]) for row in rows]

"""The protocol of a lottery: all that anybody needs to draw again, told in part before and in whole after the draw."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from zoneinfo import ZoneInfo

from storage.database import Transaction
from storage.seating import draws, enrollments
from storage.seating.draws import Application, Draw

ALONE = "없음(담당자가 공개값 없이 추첨하기로 정했습니다. 데이터베이스를 고칠 수 있는 사람은 결과를 바꿀 수 있습니다)"


def seed_hash(draw: Draw) -> str:
    return hashlib.sha256(draw.seed.encode()).hexdigest()


def applications_hash(applications: Sequence[Application]) -> str:
    """SHA-256 of one line "application,group,lottery number" for each, in the order of the applications."""
    return hashlib.sha256("".join(f"{line}\n" for line in _listed(applications)).encode()).hexdigest()


def key(draw: Draw) -> str:
    """What tickets are made of: the seed, and the public value if there is one."""
    return f"{draw.seed}:{draw.public_value}" if draw.public_value else draw.seed


def ticket(key: str, number: int) -> str:
    return hashlib.sha256(f"{key}:{number}".encode()).hexdigest()


def order(key: str, applications: Sequence[Application]) -> list[int]:
    """The applications as drawn: by group, and within it by the SHA-256 of "key:lottery number"."""
    drawn = sorted(applications, key=lambda one: (one[1], ticket(key, lottery_number(one))))
    return [application for application, *_ in drawn]


def lottery_number(one: Application) -> int:
    """Older draws had none: there the number of the application counted."""
    return one[2] if len(one) > 2 else one[0]


def written(draw: Draw, zone: ZoneInfo, withdrawn: Collection[int] = ()) -> str:
    """The protocol as text: no names, only numbers. What it tells before the draw stands in it unchanged afterwards."""
    assert draw.applications is not None
    before = [*_before(draw, zone), *_listed(draw.applications)]
    if not draw.drawn_at:
        return "\n".join([*before, ""])
    gone = ",".join(map(str, sorted(withdrawn))) or "없음"
    after = [f"나온 공개값: {draw.public_value}"] if draw.public_value else []
    after += [f"자리: {draw.seats}", f"그 사이 취소한 신청: {gone}", "순서,신청번호,묶음,추첨번호,추첨값"]
    rest = {one[0]: one for one in draw.applications}
    ordered = [rest[each] for each in order(key(draw), draw.applications) if each not in withdrawn]
    rows = (_row(draw, place, one) for place, one in enumerate(ordered, 1))
    return "\n".join([f"씨앗: {draw.seed}", *before, *after, *rows, ""])


def _before(draw: Draw, zone: ZoneInfo) -> Iterator[str]:
    yield f"씨앗의 SHA-256: {seed_hash(draw)}"
    if draw.fixed_at:
        yield f"섞는 공개값: {draw.public_name or ALONE}"
        yield f"목록을 확정한 때: {draw.fixed_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    if draw.public_at:
        yield f"공개값이 나오는 때: {draw.public_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    yield f"신청 목록의 SHA-256: {draw.applications_hash}"
    yield "신청번호,묶음,추첨번호" if draw.fixed_at else "신청번호,묶음"


def _listed(applications: Sequence[Application]) -> list[str]:
    return [",".join(map(str, each)) for each in sorted(applications)]


def _row(draw: Draw, place: int, one: Application) -> str:
    number = lottery_number(one)
    return f"{place},{one[0]},{one[1]},{number},{ticket(key(draw), number)}"


def withdrawn(tx: Transaction, draw: Draw) -> list[int]:
    """Applications that were given up after the list was fixed and before the draw."""
    found = enrollments.of_course(tx, draw.course_id)
    drawn_at = draw.drawn_at
    return [each.id for each in found if not each.rank and drawn_at and each.ended_at and each.ended_at <= drawn_at]


def differences(tx: Transaction, draw: Draw, zone: ZoneInfo, published: str = "") -> list[str]:
    """What doesn't agree when all is run again, nor with a protocol that was published; nothing when all is well."""
    assert draw.applications is not None
    problems = list(_broken(draw))
    gone = withdrawn(tx, draw)
    known = written(draw, zone, gone).splitlines()
    problems += [f"공개한 기록과 다릅니다: {line}" for line in _lines(published) if line not in known]
    if draw.drawn_at:
        places = {each.id: each.rank for each in enrollments.of_course(tx, draw.course_id) if each.rank}
        expected = [number for number in order(key(draw), draw.applications) if number not in gone]
        problems += _misplaced(expected, places)
    return problems


def _lines(published: str) -> list[str]:
    return [line.strip() for line in published.removeprefix("\ufeff").splitlines() if line.strip()]


def _broken(draw: Draw) -> Iterator[str]:
    applications = draw.applications or ()
    if applications_hash(applications) != draw.applications_hash:
        yield "신청 목록이 공개한 값과 다릅니다."
    if len({lottery_number(each) for each in applications}) != len(applications):
        yield "추첨번호가 겹칩니다."
    if draw.public_name and draw.drawn_at and not draw.public_value:
        yield "공개값을 섞지 않았습니다."
    if draw.public_at and draw.fixed_at and not draw.fixed_at < draw.public_at <= (draw.drawn_at or draw.public_at):
        yield "목록을 확정한 때와 공개값이 나온 때, 추첨한 때의 순서가 맞지 않습니다."


def _misplaced(expected: Sequence[int], places: dict[int, int]) -> Iterator[str]:
    for place, number in enumerate(expected, 1):
        if places.get(number) != place:
            yield f"신청 {number}: 다시 추첨하면 {place}번인데 {places.get(number, '기록 없음')}번입니다."


def of_course(tx: Transaction, course_id: int, zone: ZoneInfo) -> str:
    """As it can be published now."""
    draw = draws.get(tx, course_id)
    return written(draw, zone, withdrawn(tx, draw))

"""Importing courses: all rows or none, and the same file twice changes nothing."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.seating import lottery
from handlers.staff.courses import venues
from handlers.staff.courses.sheets import comparing, differences, oddities, overview, refusing, template
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.courses.sheets.comparing import Compared
from handlers.staff.courses.sheets.reading import check
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import table
from handlers.staff.desk.imported import NOTHING_SAID, Imported, Importer, Meant, first_of
from handlers.staff.desk.lookup import same_code
from handlers.staff.desk.told import Listing
from handlers.staff.files.rows import COURSE, Row, is_blank
from storage.database import Transaction, hold
from storage.teaching import changes, courses, sessions

NEW = "new courses"  # held by whoever adds courses: of two with one number the second sees the first


def import_courses(
    tx: Transaction, desk: Desk, rows: Sequence[Row], only_check: bool = False, meant: Meant = NOTHING_SAID
) -> Imported:
    """Add and change courses by their code, with their sessions."""
    here = desk.organization
    checked = check(rows, here.timezone, here.closed_days)
    if not (checked.problems or only_check):
        hold(tx, NEW)
        comparing.lock_changing(tx, checked.planned, here)
    compared = comparing.compare(tx, checked.planned, here)
    refused = _refused(compared, desk, meant)
    if checked.problems or compared.problems or refused.is_refused:
        return replace(refused, problems=(*checked.problems, *compared.problems, *refused.problems))
    if not only_check:
        _write(tx, desk, compared)
    told = (before.told_of(one, desk.now) for before, one in compared.changed)
    done = _imported(compared, desk)
    beside = _in_one_place(tx, compared, desk)
    return replace(done, tables=(*done.tables, *beside), concerned=frozenset[int]().union(*told))


def _in_one_place(tx: Transaction, compared: Compared, desk: Desk) -> tuple[Listing, ...]:
    """Of what is new, or moved in place or time."""
    moved = [
        one
        for before, one in compared.changed
        if differences.is_rescheduled(before, one) or before.course.venue != one.course.venue
    ]
    found = venues.clashes(tx, [(one.course, one.plan.sessions) for one in (*compared.new, *moved)])
    return (Listing(tuple(venues.said(each, desk) for each in found), CLASHES),) if found else ()


CLASHES = "같은 때 같은 곳에서 하는 과정이 있습니다. 맞는지 확인해 주세요."
IMPORTER = Importer((COURSE,), import_courses, template.pages)


def _refused(compared: Compared, desk: Desk, meant: Meant) -> Imported:
    """What can't be done, and what is asked about; a row whose number may be another course's isn't looked at more."""
    found = refusing.reused(compared.changed, desk)
    reused = [(code, why) for code, why in found if not same_code(code, meant.same_courses)]
    others = {code for code, _ in reused}
    known = tuple(pair for pair in compared.changed if pair[0].course.code not in others)
    left = replace(compared, changed=known)
    return Imported(
        problems=tuple(refusing.refused(left, desk)),
        questions=() if meant.as_written else tuple(oddities.asked(left, desk)),
        reused=tuple(reused),
        steps=tuple(refusing.closing_steps(left, desk)),
    )


def _imported(compared: Compared, desk: Desk) -> Imported:
    wanted = [one.course for one in compared.wanted]
    closing = [one.course for one in compared.new]
    closing += [one.course for old, one in compared.changed if old.course.apply_end != one.course.apply_end]
    late = [each.title for each in closing if each.apply_end < desk.now]
    unused = [each.title for each in wanted if each.priority and each.selection == "first_come"]
    facts = (
        ("접수기간이 이미 지난 과정이 있습니다. 연도를 확인해 주세요", late),
        ("‘분류’가 비어 ‘기타’에 넣는 과정이 있습니다", _unsorted(compared)),
        ("‘선착순’이라 ‘우선대상’을 쓰지 않는 과정이 있습니다", unused),
    )
    new = Listing(tuple(overview.line(one, desk) for one in compared.new), "새로 등록하는 과정입니다.")
    moved = [one for before, one in compared.changed if differences.is_rescheduled(before, one)]
    skipped = Listing(tuple(overview.skipped([*compared.new, *moved])), "쉬는 날이라 수업을 넣지 않은 날입니다.")
    changed = table(differences.told(compared.changed, desk), "바뀌는 과정입니다.")
    return Imported(
        new=len(compared.new),
        changed=len(compared.changed),
        same=len(compared.same),
        facts=tuple(f"{what}: {first_of(titles)}" for what, titles in facts if titles),
        tables=(*(each for each in (new, skipped) if each.items), *changed),
    )


def _unsorted(compared: Compared) -> list[str]:
    """New courses beside which others say what they are: who writes it once for several leaves the rest empty."""
    sorts = [COLUMNS.written(one.row).get("category") for one in compared.new]
    if all(map(is_blank, sorts)):
        return []
    return [one.course.title for one, sort in zip(compared.new, sorts, strict=True) if is_blank(sort)]


def _write(tx: Transaction, desk: Desk, compared: Compared) -> None:
    planned = compared.wanted
    changes.note(tx, [(before.course, one.course) for before, one in compared.changed], desk.now)
    courses.save(tx, [one.course for one in planned])
    saved = courses.by_code(tx, [one.course.code for one in planned])
    sessions.replace(tx, {saved[one.course.code].id: one.plan.sessions for one in planned}, desk.now)
    lottery.promise_seeds(tx, desk.organization)

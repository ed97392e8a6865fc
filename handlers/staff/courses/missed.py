"""What residents looked for in vain, for officers: to be found from now on, kept for the next term, or dropped."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from handlers.language.days import dates
from handlers.language.letters.particles import with_particle
from handlers.language.names import mask_name, may_be_name
from handlers.residents.courses import catalogue
from handlers.staff.courses.scope import of_course
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Step, Table, Told
from storage.database import Transaction
from storage.dialogue import missed
from storage.dialogue.missed import Missed
from storage.states import MissedState
from storage.teaching import courses, wishes

SHOWN, ALL = 50, 1_000_000
COLUMNS = ("말", "횟수", "처음", "마지막", "알림을 바라는 분")
WANTED = "다음 학기에 바라는 강좌"  # the title of what is kept for it
LISTED = Step("찾지 못한 말을 보려면", "missed")


def show(tx: Transaction, desk: Desk, everything: bool = False) -> Told:
    """Those that still find nothing, and those kept for the next term; what finds a course by now is left out."""
    most = ALL if everything else SHOWN
    new, new_count = missed.listed(tx, "new", most)
    wanted, wanted_count = missed.listed(tx, "wanted", most)
    if not (new or wanted):
        return Told("찾지 못한 말이 없습니다.")
    alike = catalogue.of(tx, desk.today).alike
    left = [each for each in new if not alike(each.words)]
    tables = (
        _table(desk, left, "주민이 찾지 못한 말", new_count - len(new)),
        _table(desk, wanted, WANTED, wanted_count - len(wanted)),
    )
    notes = ("누가 적었는지는 남기지 않으며, 마지막으로 적은 날부터 90일 뒤에 지웁니다.",)
    unfound = new_count - len(new) + len(left)
    title = f"찾지 못한 말 {unfound}개, 다음 학기에 적어 둔 말 {wanted_count}개입니다."
    return Told(title, tables=tuple(each for each in tables if each.rows), notes=notes, steps=tuple(_steps(left)))


def _table(desk: Desk, found: Sequence[Missed], title: str, left_out: int) -> Table:
    return Table(tuple(_row(desk, each) for each in found), COLUMNS, title=title, left_out=left_out)


def _row(desk: Desk, one: Missed) -> tuple[str, ...]:
    days = (dates.day(day, "ko", today=desk.today) for day in (one.first_day, one.last_day))
    return _shown(one), f"{one.count}번", *days, f"{one.wishes}명"


def _shown(one: Missed) -> str:
    """What was said once may be somebody's name, typed into the wrong place."""
    return mask_name(one.words) if one.count == 1 and not one.wishes and may_be_name(one.words) else one.words


def _steps(left: Sequence[Missed]) -> Iterator[Step]:
    for first in (each.words for each in left if _shown(each) == each.words):
        yield Step("어느 과정을 찾는 말이면", "missed", {"synonym": first, "course": "과정번호"})
        yield Step("다음 학기에 열 강좌로 적어 두려면", "missed", {"wish": first})
        yield Step("목록에서 빼려면", "missed", {"drop": first})
        return


def add_synonym(tx: Transaction, desk: Desk, code: str, words: str) -> Told:
    """From now on a course is found by a phrase; who wished for it is told when it can be registered for."""
    said, course = _named(tx, words).words, lookup.locked(tx, code)
    if desk.today > course.end_date:
        raise Declined(f"{called(course)}: 이미 끝난 과정이라 찾을 수 없습니다.")
    if course.id in catalogue.of(tx, desk.today).alike(said):
        raise Declined(f"{called(course)}: 이미 {_by(said)} 찾습니다.")
    courses.save(tx, [replace(course, keywords=(*course.keywords, said))])
    title = f"{called(course)}: {desk.done('이제', '앞으로')} {_by(said)} 찾습니다."
    note = "과정 파일을 다시 등록하면 파일의 ‘검색어’대로 바뀌니 파일에도 적어 주세요."
    told = Told(title, notes=(note,))
    concerned = _to_tell(tx, desk, course.id)
    return with_reach(tx, desk, told, concerned) if concerned else told


def _by(words: str) -> str:
    return with_particle(f"‘{words}’", "으로/로") + "도"


def _to_tell(tx: Transaction, desk: Desk, course_id: int) -> set[int]:
    """Whoever wished for such a course and hasn't been told of it, where it can be registered for now."""
    if not wishes.openings(tx, [course_id], desk.now):
        return set()
    alike = catalogue.of(tx, desk.today).alike
    meant = [wished for wished in wishes.words(tx) if course_id in alike(wished)]
    return {each.resident_id for each in wishes.untold(tx, course_id, meant)}


def mark(tx: Transaction, _: Desk, words: str, state: MissedState) -> Told:
    """A phrase is kept for the next term, is not shown any more, or both no more."""
    found = _named(tx, words)
    missed.mark(tx, found.id, state)
    done = {
        "wanted": f"{with_particle(f'‘{found.words}’', '을/를')} 다음 학기에 바라는 강좌로 적어 두었습니다.",
        "dropped": f"{with_particle(f'‘{found.words}’', '을/를')} 목록에서 뺐습니다. 다시 적어도 보이지 않습니다.",
        "new": f"{with_particle(f'‘{found.words}’', '을/를')} 찾지 못한 말로 되돌렸습니다.",
    }
    back = Step("되돌리려면", "missed", {"back": found.words})
    return Told(done[state], steps=() if state == "new" else (back,))


def _named(tx: Transaction, words: str) -> Missed:
    found = missed.by_words(tx, " ".join(words.split()))
    if found is None:
        raise Declined(f"‘{words}’: 찾지 못한 말 가운데 이런 말이 없습니다.", LISTED)
    return found


SYNONYM = acts.add(Act("missed-synonym", "검색어 추가", add_synonym, of_course))
WISH = acts.add(Act("missed-wish", "다음 학기에 적어 두기", partial(mark, state="wanted"), repeats=True))
DROP = acts.add(Act("missed-drop", "찾지 못한 말 빼기", partial(mark, state="dropped"), repeats=True))
BACK = acts.add(Act("missed-back", "찾지 못한 말 되돌리기", partial(mark, state="new"), repeats=True))

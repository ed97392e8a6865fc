"""Typing one paper in by its number: each question by the signs that stand beside its choices."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from handlers.residents.surveys import paper
from handlers.residents.surveys.paper import Asked
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.entering import cells as answer_cells
from handlers.staff.entering import importing, papers
from handlers.staff.entering.sheets import PAPER, Filled
from handlers.staff.files import cells
from handlers.staff.files.cells import Wrong
from handlers.staff.surveys import lookup as survey_lookup
from storage.asking import answers, rounds, surveys
from storage.asking.rounds import Round
from storage.asking.survey import MULTI, NPS, NUMBER, SCALE, SINGLE, Item, Survey
from storage.database import Transaction
from storage.keys import sealing
from storage.teaching.course import Course

FEW = 9  # choices of which each has one digit
LONGEST_NUMBER = 20


@dataclass(frozen=True)
class Field:
    """A question to type; what is `longest` typed is complete, and 0 is for what ends where somebody says so."""

    asked: Asked
    section: str
    choices: tuple[tuple[str, str], ...]  # (sign, label)
    longest: int
    many: bool


@dataclass(frozen=True)
class Sheet:
    """An empty paper of a round, with the number that it has unless another is typed; `entered` came from papers."""

    survey: Survey
    course: Course | None
    number: str
    entered: int
    fields: tuple[Field, ...]
    notes: tuple[str, ...]


def sheet(tx: Transaction, desk: Desk, code: str, course_code: str | None = None) -> Sheet:
    asked, opened = importing.round_of(tx, desk, code, course_code, only_check=True)
    survey, course = surveys.find(tx, asked.survey_id), lookup.course(tx, course_code) if course_code else None
    entered = rounds.count(tx, asked.id, PAPER) if asked.id else 0
    return Sheet(survey, course, _next_number(tx, asked), entered, tuple(fields(survey)), opened)


def fields(survey: Survey) -> list[Field]:
    items = {item.name: item for item in survey.items}
    return [
        _field(items[asked.name], asked, section.title)
        for section in paper.sections(survey, "ko")
        for block in section.blocks
        for asked in block.questions
    ]


def _field(item: Item, asked: Asked, section: str) -> Field:
    """Points are typed as they are, other choices by their place."""
    places = enumerate(asked.choices, 1)
    listed = tuple((each.value if item.kind == SCALE else str(place), each.label) for place, each in places)
    many = item.kind == MULTI
    if item.kind == NPS:
        listed = ()
    return Field(asked, section, listed, _longest(item), many)


def _longest(item: Item) -> int:
    if item.kind in (SCALE, SINGLE):
        return len(str(len(item.options)))
    if item.kind in (NPS, NUMBER):
        return len(str(item.most))
    return item.most if item.kind == MULTI and len(item.options) <= FEW else 0


def _next_number(tx: Transaction, asked: Round) -> str:
    known = {digest[: papers.HALF] for digest in answers.entered(tx, asked.id)} if asked.id else set()
    return next(str(each) for each in count(1) if papers.of_number(sealing.of(tx), asked, str(each)) not in known)


# --- typing it in ---


def enter(
    tx: Transaction,
    desk: Desk,
    code: str,
    number: str,
    rows: Mapping[str, str],
    course_code: str | None = None,
    replaces: bool = False,
) -> Told:
    """`rows` is what was typed by the names of questions; a number that is known is refused unless it `replaces`."""
    number = _number(number)
    asked, opened = importing.round_of(tx, desk, code, course_code, only_check=False)
    asked = rounds.lock(tx, asked.id)
    survey = surveys.find(tx, asked.survey_id)
    filled = Filled(PAPER, _answers(survey, rows), number)
    found = papers.sort(tx, asked, [filled])
    if not (found.new or found.corrected or found.lost):
        raise Declined(f"{number}번 종이는 이미 똑같이 넣었습니다.")
    if found.corrected and not replaces:
        raise Declined(f"{number}번 종이는 이미 넣었습니다. 다시 넣는 것이면 ‘앞의 답 바꾸기’에 표시해 주세요.")
    importing.check_room(tx, desk, asked, found)
    importing.hand_in(tx, desk, asked, survey, found)
    done = desk.done("바꾸었습니다", "바꿉니다") if found.corrected else desk.done("넣었습니다", "넣습니다")
    return Told(f"{number}번 종이를 {done}. 종이로 받은 응답 {rounds.count(tx, asked.id, PAPER)}건.", opened)


def take_back(tx: Transaction, desk: Desk, code: str, number: str, course_code: str | None = None) -> Told:
    """As if the paper had never been typed; not when it is in the results already, which know no papers."""
    number = _number(number)
    asked = rounds.lock(tx, survey_lookup.opened(tx, desk, code, course_code).id)
    mark = papers.mark(sealing.of(tx), asked, Filled(PAPER, {}, number))
    kept = answers.marked(tx, [asked.id]).get(mark)
    if kept is None:
        raise Declined(f"{number}번 종이: 넣은 적이 없거나, 마감해 결과에 들어가 뺄 수 없습니다.")
    answers.remove(tx, asked.id, {mark: kept})
    known, this = answers.entered(tx, asked.id), papers.of_number(sealing.of(tx), asked, number)
    answers.forget_entered(tx, asked.id, [digest for digest in known if digest.startswith(this)])
    return Told(f"{number}번 종이를 {desk.done('뺐습니다', '뺍니다')}. 다시 넣을 수 있습니다.")


def _number(text: str) -> str:
    number = cells.compact(text)
    if not number or len(number) > LONGEST_NUMBER:
        raise Declined(f"종이 번호를 {LONGEST_NUMBER}자까지 적어 주세요. 예: 12")
    return number


def _answers(survey: Survey, typed: Mapping[str, str]) -> dict[str, Any]:
    """The answers to what is asked after its own answers; what is left empty is no answer."""
    given: dict[str, Any] = {}
    problems = []
    for item in survey.items:
        if not item.is_asked(given):
            continue
        try:
            given[item.name] = answer_cells.reader(item)(_meant(item, typed.get(item.name, "")))
        except Wrong as error:
            problems.append(f"{item.name}: {error}")
    if problems:
        raise Declined("고칠 곳이 있어 넣지 않았습니다.", items=tuple(problems))
    if not (complete := survey.complete(given)):
        raise Declined("답이 하나도 없는 종이입니다. 답을 적거나 다음 종이로 넘어가 주세요.")
    return complete


def _meant(item: Item, text: str) -> str:
    """Signs become the labels that they stand for, so that ‘2’ is the second choice and not ‘2번’."""
    if item.kind not in (SINGLE, MULTI):
        return text
    is_short = item.kind == MULTI and len(item.options) <= FEW
    signs = list(text.strip()) if is_short and text.strip().isdigit() else text.replace(",", " ").split()
    if not signs or not all(sign.isascii() and sign.isdigit() for sign in signs):
        return text
    return "\n".join(_label(item, int(sign)) for sign in dict.fromkeys(signs))


def _label(item: Item, place: int) -> str:
    if not 0 < place <= len(item.labels):
        raise Wrong(f"‘{place}’: 보기는 1부터 {len(item.labels)}까지입니다.")
    return item.labels[place - 1]


ENTER = acts.add(Act("enter-paper", "종이 응답 넣기", enter, repeats=True))
TAKE_BACK = acts.add(Act("take-back-paper", "종이 응답 빼기", take_back, repeats=True))

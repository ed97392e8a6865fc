"""Importing surveys: all of a file or nothing; what is answered already stays, and a change of it is a new version."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from handlers.clock.surveys import LONGEST
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import NOTHING_SAID, Imported, Importer, Meant
from handlers.staff.files import cells
from handlers.staff.files.columns import Columns, Problem
from handlers.staff.files.rows import QUESTION, SURVEY, Row
from handlers.staff.surveys.sheets import template, told
from handlers.staff.surveys.sheets.columns import QUESTIONS, SURVEYS, read_item, read_survey
from handlers.staff.surveys.sheets.scales import why_reversed
from storage.asking import rounds, surveys
from storage.asking.survey import Item, Survey
from storage.database import Transaction, hold

MOST_QUESTIONS = 60
TIMES = ("delay_minutes", "remind_hours", "open_days")
FAR = timedelta(days=366)

_Finder = Callable[[str], Survey | None]  # the newest version that is known under a number


@dataclass(frozen=True)
class _Written:
    """A survey as its row and the rows of its questions have it."""

    row: Row
    survey: Survey
    items: Sequence[tuple[Row, Item]] = ()


def import_surveys(
    tx: Transaction, desk: Desk, rows: Sequence[Row], only_check: bool = False, meant: Meant = NOTHING_SAID
) -> Imported:
    """Add surveys, and change those that nobody has answered."""
    if not only_check:
        hold(tx, "surveys")
    written, problems = _read(rows, desk.organization.timezone, partial(surveys.newest, tx))
    known = {each.survey.code: surveys.newest(tx, each.survey.code) for each in written}
    problems += [problem for each in written if (problem := _conflict(tx, each, known[each.survey.code]))]
    asked = () if meant.as_written else tuple(_odd(written, known, desk))
    if problems or asked:
        return Imported(problems=tuple(problems), questions=asked)
    wanted = [each.survey for each in written]
    new = [each for each in wanted if known[each.code] is None]
    changed = [each for each in wanted if each not in new and not _is_as(known[each.code], each)]
    if not only_check:
        for survey in (*new, *changed):
            _save(tx, survey, known[survey.code])
    same = len(wanted) - len(new) - len(changed)
    facts = tuple(fact for each in new if (fact := _soon_asked(tx, desk, each)))
    tables = tuple(told.tables([(each.row, each.survey) for each in written], known, desk))
    return Imported("설문", "개", len(new), len(changed), same, facts=facts, tables=tables)


def _soon_asked(tx: Transaction, desk: Desk, survey: Survey) -> str:
    """Of a new survey that follows courses: of which that are over people are asked by it as soon as it is there."""
    if not survey.follows_courses:
        return ""
    until = desk.now - timedelta(minutes=survey.delay_minutes)
    over = rounds.courses_just_over(tx, until - LONGEST, until)
    people = sum(rounds.count_attendees(tx, each) for each in over)
    of_whom = f"지난 {LONGEST.days}일 안에 끝난 과정 {len(over)}개에서 수업을 들은 {people}명"
    return f"‘{survey.title.ko}’: {of_whom}에게도 바로 묻습니다." if over else ""


IMPORTER = Importer((SURVEY, QUESTION), import_surveys, template.pages)


def _odd(written: Sequence[_Written], known: Mapping[str, Survey | None], desk: Desk) -> Iterator[Problem]:
    """What can be read but is hardly meant."""
    for each in written:
        survey, before = each.survey, known[each.survey.code]
        yield from _reversed(each, before)
        if before and (before.opens_at, before.closes_at) == (survey.opens_at, survey.closes_at):
            continue  # it was asked about then
        if survey.closes_at and survey.closes_at <= desk.now:
            yield SURVEYS.wrong(each.row, "closes_at", "이미 지난 때라 아무도 답할 수 없습니다. 연도를 확인해 주세요.")
        if survey.opens_at and survey.opens_at - desk.now > FAR:
            yield SURVEYS.wrong(each.row, "opens_at", "1년이 넘게 남았습니다. 연도가 맞는지 확인해 주세요.")


def _reversed(written: _Written, before: Survey | None) -> Iterator[Problem]:
    asked = before.items if before else ()
    for row, item in written.items:
        if item not in asked and (why := why_reversed(item)):
            yield QUESTIONS.wrong(row, "options", why)


def _is_as(known: Survey | None, wanted: Survey) -> bool:
    return known is not None and replace(known, id=0) == wanted


def _conflict(tx: Transaction, written: _Written, known: Survey | None) -> Problem | None:
    wanted = written.survey
    if known is None or _is_as(known, wanted) or wanted.version == known.version + 1:
        return None
    if wanted.version != known.version:
        return SURVEYS.wrong(
            written.row, "version", f"지금 {known.version}판입니다. {known.version + 1}판을 적어 주세요."
        )
    if surveys.is_answered(tx, known.id):
        why = f"이미 응답이 있어 고칠 수 없습니다. 새 판으로 등록하려면 {known.version + 1}을 적어 주세요."
        return SURVEYS.wrong(written.row, "version", why)
    return None


def _save(tx: Transaction, survey: Survey, known: Survey | None) -> None:
    if known and known.version == survey.version:
        surveys.change(tx, known.id, survey)
        survey_id = known.id
    else:
        survey_id = surveys.add(tx, survey)
        if known:
            rounds.ask_in_version(tx, known.id, survey_id)
    if survey.opens_at and survey.closes_at:
        rounds.open_round(tx, survey.code, survey_id, None, survey.opens_at, survey.closes_at)
        rounds.reschedule(tx, survey.code, survey.opens_at, survey.closes_at)


# --- by the file alone ---


def _read(rows: Sequence[Row], timezone: ZoneInfo, known: _Finder) -> tuple[list[_Written], list[Problem]]:
    of_surveys = [row for row in rows if row.kind == SURVEY]
    of_questions = [row for row in rows if row.kind == QUESTION]
    problems = [*SURVEYS.header_problems(of_surveys), *QUESTIONS.header_problems(of_questions)]
    items, wrong = _items(of_questions, known)
    said = [_said(QUESTIONS, row, "survey") for row in of_questions]
    problems += wrong
    written: list[_Written] = []
    for row in of_surveys:
        survey, wrong = read_survey(row, timezone, known)
        problems += wrong
        if survey:
            asked = items.pop(survey.code, [])
            before = None if of_questions else known(survey.code)
            mine = [item for _, item in asked] or list(before.items if before else ())  # without questions they stay
            count = len(mine) or said.count(survey.code)
            problems += list(_own_problems(row, survey, count, {each.survey.code for each in written}))
            written.append(_Written(row, replace(survey, items=tuple(mine)), asked))
    named = {_said(SURVEYS, row, "code") for row in of_surveys}
    problems += [_orphan(row) for code, left in items.items() if code not in named for row, _ in left]
    return written, problems


def _said(columns: Columns, row: Row, field: str) -> str:
    """What a row says, be the rest of it right or wrong: what is wrong there isn't told once more elsewhere."""
    return cells.line(value) if isinstance(value := columns.written(row).get(field), str | int | float) else ""


def _items(rows: Sequence[Row], known: _Finder) -> tuple[dict[str, list[tuple[Row, Item]]], list[Problem]]:
    found: dict[str, list[tuple[Row, Item]]] = {}
    problems: list[Problem] = []
    unread: set[str] = set()
    for row in rows:
        code, item, wrong = read_item(row, known)
        problems += wrong
        if item:
            problems += list(_beside(row, item, [each for _, each in found.get(code, [])], unread))
            found.setdefault(code, []).append((row, item))
        else:
            unread.add(_said(QUESTIONS, row, "name"))
    return found, problems


def _beside(row: Row, item: Item, earlier: Sequence[Item], unread: Collection[str]) -> Iterator[Problem]:
    """What doesn't go together with the questions before it, as far as they could be read."""
    known = {each.name: each for each in earlier}
    if item.name in known:
        yield QUESTIONS.wrong(row, "name", "이 설문에 같은 문항번호가 있습니다. 다른 번호를 적어 주세요.")
    for condition in item.conditions:
        asked = known.get(condition.question)
        if asked is None and condition.question in unread:
            continue
        if asked is None:
            yield QUESTIONS.wrong(row, "conditions", f"앞에 ‘{condition.question}’ 문항이 없습니다.")
            continue
        labels = asked.labels or [str(number) for number in range(asked.least, asked.most + 1)]
        for label in condition.labels:
            if label not in labels:
                yield QUESTIONS.wrong(row, "conditions", f"‘{condition.question}’에 ‘{label}’ 보기가 없습니다.")


def _own_problems(row: Row, survey: Survey, count: int, taken: set[str]) -> Iterator[Problem]:
    if survey.code in taken:
        yield SURVEYS.wrong(row, "code", "같은 번호의 설문이 있습니다. 설문마다 다른 번호를 적어 주세요.")
    if not count:
        yield SURVEYS.wrong(row, "code", "이 설문의 문항이 없습니다. ‘문항’ 시트에 같은 설문번호로 적어 주세요.")
    if count > MOST_QUESTIONS:
        yield SURVEYS.wrong(row, "code", f"문항이 {count}개입니다. {MOST_QUESTIONS}개까지 물을 수 있습니다.")


def _orphan(row: Row) -> Problem:
    return QUESTIONS.wrong(row, "survey", "이 번호의 설문이 없습니다. ‘설문’ 시트에 같은 번호로 적어 주세요.")

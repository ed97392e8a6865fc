"""Handing in answers that came on paper or through another form: all of the files or nothing, and each sheet once."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from secrets import SystemRandom

from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Imported, summary
from handlers.staff.desk.told import Listing, Told
from handlers.staff.entering import sheets as answer_sheets
from handlers.staff.entering.sheets import Filled, Reading
from handlers.staff.files.grids import Grid
from handlers.staff.surveys import lookup as survey_lookup
from storage import answers, courses, rounds, sealing, settling, surveys
from storage.answers import Sheet
from storage.database import Transaction
from storage.rounds import Round
from storage.survey import Survey

_shuffle = SystemRandom().shuffle


@dataclass(frozen=True)
class File:
    name: str
    grids: Mapping[str, Grid]


def import_answers(
    tx: Transaction, desk: Desk, code: str, course_code: str | None, files: Sequence[File], only_check: bool = False
) -> Imported:
    """Hand in what is new in the files; with `only_check` it only reads."""
    asked = survey_lookup.opened(tx, desk, code, course_code)
    if not only_check:
        asked = rounds.lock(tx, asked.id)
    survey = surveys.find(tx, asked.survey_id)
    read = [_read(file, survey, is_alone=len(files) == 1) for file in files]
    notes = tuple(note for reading in read for note in reading.notes)
    problems = tuple(problem for reading in read for problem in reading.problems)
    if problems:
        return Imported(problems=problems, tables=(Listing(notes, "참고"),) if notes else ())
    digests = {digest: filled for reading in read for digest, filled in _digests(tx, asked, reading.filled)}
    known = answers.entered(tx, asked.id)
    new = {digest: filled for digest, filled in digests.items() if digest not in known}
    _check_room(tx, desk, asked, len(new))
    added = len(new) if only_check else _hand_in(tx, desk, asked, survey, new)
    count = sum(len(reading.filled) for reading in read)
    tables = (Listing(notes),) if notes else ()
    return Imported(_about(tx, asked, survey), "건", added, None, count - added, tables=tables)


def _read(file: File, survey: Survey, is_alone: bool) -> Reading:
    """Sheets of several files are told apart by the names of the files."""
    named = {
        sheet if is_alone or sheet == file.name else f"{file.name} {sheet}": grid for sheet, grid in file.grids.items()
    }
    return answer_sheets.read(file.name, named, survey)


def _digests(tx: Transaction, asked: Round, filled: Sequence[Filled]) -> Iterator[tuple[str, Filled]]:
    """What a sheet is known by when it comes again: its answers, its mark, and which it is among equal ones."""
    seen: Counter[tuple[str, str]] = Counter()
    seal = sealing.of(tx)
    for each in filled:
        content = json.dumps(each.answers, ensure_ascii=False, sort_keys=True)
        seen[content, each.mark] += 1
        yield seal.digest("entry", str(asked.id), content, each.mark, str(seen[content, each.mark])), each


def _hand_in(tx: Transaction, desk: Desk, asked: Round, survey: Survey, new: Mapping[str, Filled]) -> int:
    """How many were new."""
    digests = list(new)
    _shuffle(digests)  # the order of the papers must not be that of the rows
    entered = [new[digest] for digest in answers.enter(tx, asked.id, digests)]
    sheets = [Sheet(survey.id, each.channel, each.answers) for each in entered]
    answers.hand_in_many(tx, asked, sheets, desk.today)
    if asked.settled_at and sheets:
        settling.settle(tx, asked.id, desk.now)
    return len(sheets)


def _check_room(tx: Transaction, desk: Desk, asked: Round, added: int) -> None:
    """No more sheets than people attended, and none for what is destroyed by now."""
    room = rounds.room(tx, asked)
    if room is not None and added > room:
        raise Declined(
            f"{_about(tx, asked, surveys.find(tx, asked.survey_id))}: 응답이 수강생보다 많아집니다. "
            f"새 응답은 {added}건인데 {max(room, 0)}건까지 등록할 수 있습니다. 아무것도 등록하지 않았습니다."
        )
    if asked.settled_at and asked.settled_at + settling.KEEP_SEALED <= desk.now and added:
        days = settling.KEEP_SEALED.days
        raise Declined(f"마감하고 {days}일이 지나 더 등록할 수 없습니다. 아무것도 등록하지 않았습니다.")


def _about(tx: Transaction, asked: Round, survey: Survey) -> str:
    course = courses.find(tx, asked.course_id) if asked.course_id else None
    return survey_lookup.called(survey) + (f" {lookup.called(course)}" if course else "")


def _enter(tx: Transaction, desk: Desk, code: str, course_code: str | None, files: Sequence[File], **_: object) -> Told:
    return summary([import_answers(tx, desk, code, course_code, files)])


def _check(tx: Transaction, desk: Desk, code: str, course_code: str | None, files: Sequence[File], **_: object) -> Told:
    return summary([import_answers(tx, desk, code, course_code, files, only_check=True)])


ENTER = acts.add(Act("import-answers", "응답 등록", _enter, repeats=True, check=_check))

"""Handing in answers that came on paper or through another form: all of the files or nothing, and each sheet once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from secrets import SystemRandom

from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Imported, first_of, summary
from handlers.staff.desk.told import Listing, Told
from handlers.staff.entering import papers
from handlers.staff.entering import sheets as answer_sheets
from handlers.staff.entering.papers import Sorted
from handlers.staff.entering.sheets import Reading
from handlers.staff.files.reading.grids import Grid
from handlers.staff.surveys import lookup as survey_lookup
from handlers.staff.surveys import opening
from handlers.staff.surveys.tally.words import until
from storage.asking import answers, rounds, settling, surveys
from storage.asking.answers import Sheet
from storage.asking.rounds import Round
from storage.asking.survey import Survey
from storage.database import Transaction
from storage.keys import sealing
from storage.teaching import courses

_shuffle = SystemRandom().shuffle


@dataclass(frozen=True)
class File:
    name: str
    grids: Mapping[str, Grid]


def import_answers(
    tx: Transaction, desk: Desk, code: str, course_code: str | None, files: Sequence[File], only_check: bool = False
) -> Imported:
    """Hand in what is new in the files; with `only_check` it only reads."""
    asked, opened = round_of(tx, desk, code, course_code, only_check)
    if not only_check:
        asked = rounds.lock(tx, asked.id)
    survey = surveys.find(tx, asked.survey_id)
    read = [_read(file, survey, desk, is_alone=len(files) == 1) for file in files]
    notes = tuple(note for reading in read for note in reading.notes)
    problems = tuple(problem for reading in read for problem in reading.problems)
    if problems:
        return Imported(problems=problems, tables=(Listing(notes, "참고"),) if notes else ())
    filled = [each for reading in read for each in reading.filled]
    found = papers.sort(tx, asked, filled)
    check_room(tx, desk, asked, found)
    if not only_check:
        hand_in(tx, desk, asked, survey, found)
    added, corrected = len(found.new), len(found.corrected)
    return Imported(
        about(tx, asked, survey),
        "건",
        added,
        corrected or None,
        len(filled) - added - corrected,
        facts=(*opened, *_corrected(desk, found, only_check)),
        tables=(Listing(notes),) if notes else (),
    )


def round_of(
    tx: Transaction, desk: Desk, code: str, course_code: str | None, only_check: bool
) -> tuple[Round, tuple[str, ...]]:
    """The round that the answers belong to; papers of a course open theirs, which is told."""
    survey, course = survey_lookup.named(tx, code, course_code)
    if course is None or rounds.of_code(tx, survey.code, course.id):
        return survey_lookup.opened(tx, desk, code, course_code), ()
    asked = opening.of_papers(tx, desk, survey, course, only_check)
    done = "엽니다" if only_check or desk.is_preview else "열었습니다"
    if not asked.is_open(desk.now):
        return asked, (f"아직 열지 않은 설문이라 함께 {done}. 받는 기간이 지나 알림은 보내지 않습니다.",)
    return asked, (
        f"아직 열지 않은 설문이라 함께 {done}. {until(desk, asked.closes_at)}까지 수강생도 답할 수 있습니다.",
    )


def _read(file: File, survey: Survey, desk: Desk, is_alone: bool) -> Reading:
    """Sheets of several files are told apart by the names of the files."""
    named = {
        sheet if is_alone or sheet == file.name else f"{file.name} {sheet}": grid for sheet, grid in file.grids.items()
    }
    return answer_sheets.read(file.name, named, survey, desk.organization.timezone)


def _corrected(desk: Desk, found: Sorted, only_check: bool) -> Iterator[str]:
    if numbers := sorted(each.number for each in found.corrected.values()):
        done = "바꿉니다" if only_check or desk.is_preview else "바꾸었습니다"
        yield f"전에 넣은 종이의 답을 새 답으로 {done}. 번호: {first_of(numbers)}"


def hand_in(tx: Transaction, desk: Desk, asked: Round, survey: Survey, found: Sorted) -> None:
    digests, seal = list(found.new), sealing.of(tx)
    _shuffle(digests)  # the order of the papers must not be that of the rows
    entered = [found.new[digest] for digest in answers.enter(tx, asked.id, digests)]
    sheets = [Sheet(survey.id, each.channel, each.answers) for each in entered]
    answers.hand_in_many(tx, asked, sheets, desk.today, [papers.mark(seal, asked, each) for each in entered])
    _correct(tx, asked, survey, found)
    if sheets and (asked.settled_at or asked.closes_at <= desk.now):
        settling.settle(tx, asked.id, desk.now)


def _correct(tx: Transaction, asked: Round, survey: Survey, found: Sorted) -> None:
    for each in found.corrected.values():
        sheet = Sheet(survey.id, each.channel, each.answers)
        answers.replace(tx, asked, papers.mark(sealing.of(tx), asked, each), sheet)
    if found.corrected:
        answers.forget_entered(tx, asked.id, papers.of_papers(answers.entered(tx, asked.id), found.corrected))
        answers.enter(tx, asked.id, list(found.corrected))


def check_room(tx: Transaction, desk: Desk, asked: Round, found: Sorted) -> None:
    """No more sheets than people attended, and none for what is destroyed by now."""
    room, added = rounds.room(tx, asked), len(found.new)
    if room is not None and added > room:
        raise Declined(
            f"{about(tx, asked, surveys.find(tx, asked.survey_id))}: 응답이 수강생보다 많아집니다. "
            f"새 응답은 {added}건인데 {max(room, 0)}건까지 등록할 수 있습니다. 아무것도 등록하지 않았습니다."
        )
    if found.lost:
        numbers = first_of(sorted(each.number for each in found.lost))
        raise Declined(
            f"마감해 결과에 넣은 종이는 고칠 수 없습니다. 아무것도 등록하지 않았습니다. 번호: {numbers}",
        )
    if asked.settled_at and asked.settled_at + settling.KEEP_SEALED <= desk.now and added:
        days = settling.KEEP_SEALED.days
        raise Declined(f"마감하고 {days}일이 지나 더 등록할 수 없습니다. 아무것도 등록하지 않았습니다.")


def about(tx: Transaction, asked: Round, survey: Survey) -> str:
    course = courses.find(tx, asked.course_id) if asked.course_id else None
    return survey_lookup.called(survey) + (f" {lookup.called(course)}" if course else "")


def _enter(tx: Transaction, desk: Desk, code: str, course_code: str | None, files: Sequence[File], **_: object) -> Told:
    return summary([import_answers(tx, desk, code, course_code, files)])


def _check(tx: Transaction, desk: Desk, code: str, course_code: str | None, files: Sequence[File], **_: object) -> Told:
    return summary([import_answers(tx, desk, code, course_code, files, only_check=True)])


ENTER = acts.add(Act("import-answers", "응답 등록", _enter, repeats=True, check=_check))

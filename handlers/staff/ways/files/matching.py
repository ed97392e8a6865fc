"""Which row of a file each line of results speaks of: by its number, and by the mobile where it has none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.language import phones
from handlers.language.answers import Unparsed
from handlers.staff.desk.desk import Desk
from handlers.staff.ways.files import showing
from handlers.staff.ways.files.reading import Line
from handlers.staff.ways.files.words import Became, Verdict
from storage.ways.files import Row

VERDICTS: Mapping[Became, str] = {"delivered": "성공", "failed": "실패", "pending": "보내는 중", "": "알 수 없음"}


@dataclass
class Matched:
    """`told` are lines that aren't taken, with the reason; with `problems` none is."""

    taken: list[tuple[Row, Verdict]] = field(default_factory=list)
    missing: list[Row] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def match(desk: Desk, rows: Sequence[Row], lines: Sequence[Line], others: Mapping[int, str]) -> Matched:
    """`others` are by the numbers of rows those of the files in which they left."""
    found, known = Matched(), {each.dispatch_id: each for each in rows}
    by_number = any(each.number in known or each.number in others for each in lines)
    if not by_number and any(each.number is not None for each in lines):
        found.notes.append("‘번호’ 열이 발송 파일의 번호가 아니어서 수신번호로 맞추었습니다.")
    said: dict[int, list[Line]] = {}
    for each in lines:
        if each.number is None or not by_number:
            mine = _with_mobile(rows, each, found)
        else:
            mine = _with_number(known.get(each.number), each, others, found)
        for row in mine:
            said.setdefault(row.dispatch_id, []).append(each)
    for row in rows:
        _take(desk, row, said.get(row.dispatch_id, []), found)
    return found


def _with_number(row: Row | None, line: Line, others: Mapping[int, str], found: Matched) -> Sequence[Row]:
    if row is None:
        other = others.get(line.number or 0)
        why = f"발송 파일 {other}번의 줄입니다" if other else "이 파일에 없는 번호입니다"
        found.told.append(f"{line.place} ‘{line.number}’: {why}.")
    elif line.mobile and row.said and not is_same(line.mobile, row.said.mobile):
        found.told.append(f"{line.place} ‘{line.number}’: 수신번호가 보낸 파일과 다릅니다.")
    else:
        return [row]
    return []


def _with_mobile(rows: Sequence[Row], line: Line, found: Matched) -> Sequence[Row]:
    """All that went to this number: where they aren't one, what is said of them has to be the same."""
    mine = [each for each in rows if each.said and line.mobile and is_same(line.mobile, each.said.mobile)]
    if len({each.said.mobile for each in mine if each.said}) == 1:
        return mine
    why = "이 가운데 누구인지 알 수 없는 수신번호입니다" if mine else "이 파일에 없는 수신번호입니다"
    found.told.append(f"{line.place}: {why}.")
    return []


def is_same(written: str, mobile: str) -> bool:
    """However it is written; stars in place of digits may be any."""
    if "*" in written:
        local = phones.print_mobile(mobile).replace("-", "")
        shown = [each for each in written if each.isdigit() or each == "*"]
        return len(shown) == len(local) and all(sign in ("*", digit) for sign, digit in zip(shown, local, strict=True))
    try:
        return phones.mobile(_with_zero(written)) == mobile
    except Unparsed:
        return False


def _with_zero(written: str) -> str:
    """Excel takes the zero away from what it takes for a number."""
    return f"0{written}" if written.isdigit() and written.startswith("1") else written


def _take(desk: Desk, row: Row, lines: Sequence[Line], found: Matched) -> None:
    final = [each for each in lines if each.verdict.became in ("delivered", "failed")]
    found.told += _unfinished(row, lines, final)
    if len({each.verdict.became for each in final}) > 1:
        places = ", ".join(f"{each.place}은 {VERDICTS[each.verdict.became]}" for each in final)
        name, _ = showing.who(desk, row)
        found.problems.append(f"{row.dispatch_id}번({name}): {places}. 맞는 줄 하나만 남겨 주세요.")
        return
    if len(final) > 1:
        found.notes.append(f"{row.dispatch_id}번은 {len(final)}번 있어 한 번만 셉니다.")
    if not final:
        found.missing += [row] if row.outcome is None else []
    elif row.outcome in (None, "unknown"):
        found.taken.append((row, final[0].verdict))
    else:
        found.told += _known_already(row, final[0])


def _unfinished(row: Row, lines: Sequence[Line], final: Sequence[Line]) -> Iterator[str]:
    if final:
        return
    for each in lines:
        unknown = f"‘{each.said}’의 뜻을 알 수 없습니다" if each.said else "결과가 비어 있습니다"
        why = "아직 보내는 중입니다" if each.verdict.became == "pending" else unknown
        yield f"{each.place} ‘{row.dispatch_id}’: {why}."


def _known_already(row: Row, line: Line) -> Iterator[str]:
    if row.outcome != line.verdict.became:
        before = VERDICTS["delivered" if row.outcome == "delivered" else "failed"]
        why = f"이미 반영한 결과({before})와 다릅니다. 고치려면 먼저 되돌려 주세요."
        yield f"{line.place} ‘{row.dispatch_id}’: {why}"

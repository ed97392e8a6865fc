"""Results of surveys as a picture: bars for each question, with the name of each figure."""

from collections.abc import Iterator, Sequence
from functools import partial

from handlers.staff.desk.desk import Desk
from handlers.staff.reports.canvas import INK, MARGIN, PALE, WIDE, Block, Pen, fitted, picture
from handlers.staff.surveys.tally import words
from handlers.staff.surveys.tally.figures import WITHHELD, Figures, Share, named, percent, rounded, scores
from handlers.staff.surveys.tally.results import Asked, Result
from handlers.staff.surveys.tally.years import Year
from storage.asking.survey import NUMBER, POINTS, SCALE, TEXT

COLORS = ("#1f6fb2", "#9cc6e6", "#dcdcdc", "#f2b79f", "#b8402e")  # from five points to one
LIGHT = ("#ffffff", INK, INK, INK, "#ffffff")  # of the letters on them
BAR, THICK = "#3f83c0", 0.2
LINE = 0.19  # inches from a line of text to the next
NARROWEST = 0.07  # the share from which on its figure fits on the bar
MEAN, GOOD = WIDE - MARGIN - 0.95, WIDE - MARGIN  # right edges of the figures behind the bars
STACK, STACK_END = 4.35, WIDE - MARGIN - 1.75
LABELS = 2.9  # left edge of the bars of options
LONGEST = WIDE - MARGIN - LABELS - 1.25


def chart(found: Result | Year, desk: Desk) -> bytes:
    blocks = _of_year(found) if isinstance(found, Year) else _of_survey(found, desk)
    return picture(list(blocks))


# --- a survey ---


def _of_survey(result: Result, desk: Desk) -> Iterator[Block]:
    yield from _title(words.title(result), _about(result))
    if not result.used:
        yield _paragraph("아직 보여 드릴 결과가 없습니다.")
        for note in words.notes(result, desk):
            yield _paragraph(note)
        return
    yield from _questions([asked for asked in result.questions if asked.item.kind != TEXT])
    yield _paragraph(
        "비율은 문항에 답한 사람 가운데입니다. 5명 미만이 답한 문항은 가렸고, 보기마다의 수는 그대로입니다."
    )


def _questions(shown: Sequence[Asked]) -> Iterator[Block]:
    """Five-point questions that follow each other share a head; all other bars are of one scale."""
    longest = max((share.share for asked in shown for share in _bars(asked)), default=1.0) or 1.0
    section = ""
    for asked, before in zip(shown, [None, *shown], strict=False):
        if asked.item.kind == SCALE and (before is None or before.item.kind != SCALE):
            yield Block(0.62, partial(_draw_head, asked))
        if asked.item.section.ko not in ("", section):
            section = asked.item.section.ko
            yield Block(0.34, partial(_draw_section, section))
        yield from _scale(asked) if asked.item.kind == SCALE else _options(asked, longest)


def _bars(asked: Asked) -> Sequence[Share]:
    return asked.figures.shares if asked.figures and asked.item.kind not in (SCALE, NUMBER) else ()


def _about(result: Result) -> list[str]:
    lines = [f"{words.when(result)}  ·  {words.totals(result.turnout.answers, result.used)}"]
    if result.turnout.attendees:
        lines.append(f"응답률 {words.response(result.turnout)}")
    if result.overall and result.overall.figures:
        lines.append(f"{result.overall.basis}: {', '.join(scores(result.overall.figures))}")
    return lines


def _title(title: str, about: Sequence[str]) -> Iterator[Block]:
    lines = fitted(title, WIDE - 2 * MARGIN, 18)
    yield Block(0.36 * len(lines), lambda pen, y: _lines(pen, MARGIN, y + 0.16, lines, 18, 0.36, bold=True))
    for each in about:
        yield _paragraph(each)
    yield Block(0.16, lambda *_: None)


def _paragraph(text: str) -> Block:
    lines = fitted(text, WIDE - 2 * MARGIN, 10)
    return Block(0.22 * len(lines), lambda pen, y: _lines(pen, MARGIN, y + 0.11, lines, 10, 0.22, ink=PALE))


def _lines(
    pen: Pen, x: float, y: float, lines: Sequence[str], size: float = 10, step: float = LINE, *,
    bold: bool = False, ink: str = INK, align: str = "left",
) -> None:  # fmt: skip
    for number, line in enumerate(lines):
        pen.text(x, y + number * step, line, size, bold=bold, ink=ink, align=align)


# --- five-point questions ---


def _scale(asked: Asked) -> Iterator[Block]:
    lines = fitted(words.numbered(asked), STACK - MARGIN - 0.75)
    yield Block(max(LINE * len(lines) + 0.14, 0.36), partial(_draw_scale, asked, lines))


def _draw_head(first: Asked, pen: Pen, y: float) -> None:
    """What the colours stand for, and what the figures behind the bars are."""
    x = MARGIN
    for place, option in enumerate(first.item.options):
        pen.bar(x, y + 0.14, 0.15, 0.15, COLORS[place])
        label = f"{option.ko}({POINTS - place}점)"
        pen.text(x + 0.21, y + 0.14, label, 9)
        x += 0.42 + 0.125 * len(label)
    for right, words_ in ((MEAN, ("평균", "(5점)")), (GOOD, ("긍정응답률", "(4·5점)"))):
        _lines(pen, right, y + 0.34, words_, 9, 0.17, bold=True, align="right")
    pen.text(STACK - 0.12, y + 0.51, "응답", 9, align="right", bold=True)


def _draw_section(name: str, pen: Pen, y: float) -> None:
    pen.line(y + 0.05)
    pen.text(MARGIN, y + 0.2, name, 11, bold=True, ink="#1f5f9a")


def _draw_scale(asked: Asked, lines: Sequence[str], pen: Pen, y: float) -> None:
    middle = y + max(LINE * len(lines) + 0.14, 0.36) / 2
    _lines(pen, MARGIN, middle - LINE * (len(lines) - 1) / 2, lines)
    if asked.figures is None:
        pen.text(STACK, middle, WITHHELD, 9, ink=PALE)
        return
    _stack(asked.figures.shares, pen, middle)
    pen.text(STACK - 0.12, middle, f"{asked.figures.n:,}", 9, align="right", ink=PALE)
    pen.text(MEAN, middle, rounded(asked.figures.mean), 11, align="right", bold=True)
    pen.text(GOOD, middle, percent(asked.figures.positive), 11, align="right", bold=True)


def _stack(shares: Sequence[Share], pen: Pen, middle: float) -> None:
    x = STACK
    for share, color, ink in zip(shares, COLORS, LIGHT, strict=True):
        width = (STACK_END - STACK) * share.share
        pen.bar(x, middle, width, 0.24, color)
        if share.share >= NARROWEST:
            pen.text(x + width / 2, middle, percent(share.share), 8.5, align="center", ink=ink)
        x += width


# --- other questions ---


def _options(asked: Asked, longest: float) -> Iterator[Block]:
    lines = fitted(words.numbered(asked), WIDE - 2 * MARGIN, 11)
    yield Block(0.1, lambda *_: None)
    yield Block(0.22 * len(lines) + 0.06, lambda pen, y: _lines(pen, MARGIN, y + 0.13, lines, 11, 0.22, bold=True))
    yield _paragraph(", ".join(named(asked.item, asked.figures)))
    for share in _bars(asked):
        labels = fitted(share.label, LABELS - MARGIN - 0.15)
        width = max(LONGEST * share.share / longest, 0.01)
        yield Block(max(LINE * len(labels) + 0.06, 0.27), partial(_draw_option, share, width, labels))
    yield Block(0.1, lambda *_: None)


def _draw_option(share: Share, width: float, labels: Sequence[str], pen: Pen, y: float) -> None:
    middle = y + max(LINE * len(labels) + 0.06, 0.27) / 2
    _lines(pen, LABELS - 0.1, middle - LINE * (len(labels) - 1) / 2, labels, align="right")
    pen.bar(LABELS, middle, width, THICK, BAR)
    pen.text(LABELS + width + 0.08, middle, f"{share.count:,} ({percent(share.share)})", 9.5)


# --- a year ---


def _of_year(year: Year) -> Iterator[Block]:
    about = [f"{words.ran(of)}  {words.span(of)}  응답 {of.answers:,}건" for of in year.kinds if of.rounds]
    yield from _title(words.year_title(year), about or ["이 해에 마감한 설문이 없습니다."])
    found = year.satisfaction
    if not found.basis:
        return
    yield Block(0.34, partial(_draw_section, "과정별 만족도, 100점 환산과 긍정응답률(4·5점)"))
    for basis in found.basis:
        yield _paragraph(f"기준: {basis}")
    yield from _scored("전체", found.figures)
    for each, figures in found.by_course:
        yield from _scored(words.called(each), figures, words.missing(each.round))


def _scored(name: str, found: Figures | None, missing: str = WITHHELD) -> Iterator[Block]:
    labels = fitted(name, LABELS - MARGIN - 0.15)
    yield Block(max(LINE * len(labels) + 0.1, 0.32), partial(_draw_score, found, missing, labels))


def _draw_score(found: Figures | None, missing: str, labels: Sequence[str], pen: Pen, y: float) -> None:
    middle = y + max(LINE * len(labels) + 0.1, 0.32) / 2
    _lines(pen, LABELS - 0.1, middle - LINE * (len(labels) - 1) / 2, labels, align="right")
    if found is None or found.score is None:
        pen.text(LABELS, middle, missing, 9, ink=PALE)
        return
    width = (LONGEST - 1) * found.score / 100
    pen.bar(LABELS, middle, width, THICK, BAR)
    pen.text(LABELS + width + 0.08, middle, f"{rounded(found.score)}점, 긍정 {percent(found.positive)}", 9.5)

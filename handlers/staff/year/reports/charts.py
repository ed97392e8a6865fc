"""Bars for pages: drawn as SVG that any width can show, with the words that stand for them."""

from collections.abc import Iterator, Sequence
from html import escape

from wcwidth import wrap

from handlers.staff.surveys.tally.figures import rounded
from handlers.staff.year.reports.report import Chart

WIDE = 340  # of the drawing, as wide as a small telephone
LONGEST, THICK, LINE, GAP = 240, 12, 17, 12
LETTERS = 48  # half-width ones that stand in a line
BAR = "#1f6fb2"


def bars(title: str, of: Sequence[tuple[str, float]], unit: str) -> Chart:
    return Chart(title, tuple(of), unit, f"{title}: {', '.join(f'{name} {value(each, unit)}' for name, each in of)}")


def value(number: float, unit: str) -> str:
    digits = 0 if number == int(number) or unit in ("%", "만원", "명", "건") else 1
    return f"{rounded(number, digits)}{unit}"


def svg(chart: Chart) -> str:
    """As HTML that may stand in a page as it is: what people wrote is escaped, and nothing in it needs a style."""
    drawn: list[str] = []
    y = 0.0
    longest = max((each for _, each in chart.bars), default=0)
    scale = 100.0 if chart.unit in ("%", "점") and longest <= 100 else longest
    for name, each in chart.bars:
        lines = wrap(name, LETTERS) or [""]
        drawn += _row(lines, each, y, LONGEST * max(each, 0) / scale if scale > 0 else 0, chart.unit)
        y += LINE * len(lines) + THICK + GAP
    words = f'role="img" aria-label="{escape(chart.words)}"'
    return f'<svg {words} viewBox="0 0 {WIDE} {y:.0f}" fill="currentColor" font-size="13">{"".join(drawn)}</svg>'


def _row(lines: Sequence[str], number: float, y: float, width: float, unit: str) -> Iterator[str]:
    for at, line in enumerate(lines):
        yield f'<text x="0" y="{y + LINE * at + 13:.0f}">{escape(line)}</text>'
    top = y + LINE * len(lines) + 2
    yield f'<rect x="0" y="{top:.0f}" width="{LONGEST}" height="{THICK}" fill-opacity="0.12"/>'
    yield f'<rect class="bar" x="0" y="{top:.0f}" width="{width:.1f}" height="{THICK}" fill="{BAR}"/>'
    yield f'<text x="{LONGEST + 6}" y="{top + 11:.0f}" font-weight="bold">{escape(value(number, unit))}</text>'

"""Results of surveys as one web page that stands alone and prints on A4."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handlers.staff.desk.desk import Desk
from handlers.staff.surveys.tally import words
from handlers.staff.surveys.tally.figures import WITHHELD, Figures, named, percent, rounded, scores
from handlers.staff.surveys.tally.results import Asked, Result
from handlers.staff.surveys.tally.turnout import CHANNELS, rate
from handlers.staff.surveys.tally.years import KINDS, Year
from storage.asking.survey import SCALE, TEXT

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_PAGES.globals.update(words=words, named=named, scores=scores, percent=percent, rounded=rounded, rate=rate)
_PAGES.globals.update(CHANNELS=CHANNELS, KINDS=KINDS, WITHHELD=WITHHELD, SCALE=SCALE, TEXT=TEXT)


def page(found: Result | Year, desk: Desk) -> bytes:
    made = words.made(desk)
    if isinstance(found, Year):
        return _PAGES.get_template("year.html").render(year=found, made=made).encode()
    template = _PAGES.get_template("result.html")
    shown = template.render(result=found, notes=words.notes(found, desk), made=made, scales=_scales(found), cell=cell)
    return shown.encode()


def _scales(result: Result) -> list[Asked]:
    return [asked for asked in result.questions if asked.item.kind == SCALE]


def cell(found: Figures | None) -> str:
    """A mean and a positive share in a narrow cell."""
    return f"{rounded(found.mean)} · {percent(found.positive)}" if found else ""

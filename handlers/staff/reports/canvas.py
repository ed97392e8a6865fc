"""A tall picture, drawn from the top down in inches, with Korean letters; matplotlib is loaded when it is used."""

import importlib.util
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wcwidth import wrap

from handlers.staff.desk.declined import Declined

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, MARGIN = 9.6, 0.45  # inches
PIXELS, TALLEST = 150, 400  # an inch; the picture's height in inches from which on it has fewer
COLUMN = 0.0068  # inches that half a Hangul syllable takes, for each point of its size
INK, PALE = "#1b2733", "#5b6b7a"
FONTS = {False: "NanumGothic.ttf", True: "NanumGothicBold.ttf"}
HOW_TO_GET_FONTS = (
    "그림에 쓸 한글 글꼴이 없습니다. pip install 'koreanize-matplotlib>=0.1.1,<0.2' 로 설치하거나, "
    "그림 대신 .html이나 .xlsx 파일로 만들어 주세요."
)


class Pen:
    """Draws on a sheet whose places are inches from its upper left corner."""

    def __init__(self, axes: "Axes") -> None:
        self._axes = axes

    def text(
        self,
        x: float,
        y: float,
        said: str,
        size: float = 10,
        *,
        align: str = "left",
        bold: bool = False,
        ink: str = INK,
    ) -> None:
        # A sign of dollars begins a formula in matplotlib, which fails on what people write.
        plain = said.replace("$", "\\$")
        font = _font(bold, size)
        self._axes.text(x, y, plain, fontproperties=font, ha=align, va="center", color=ink, clip_on=False)

    def bar(self, x: float, y: float, width: float, height: float, color: str) -> None:
        from matplotlib.patches import Rectangle

        self._axes.add_patch(Rectangle((x, y - height / 2), width, height, facecolor=color, linewidth=0))

    def line(self, y: float, color: str = "#c3ced9", x: float = MARGIN, until: float = WIDE - MARGIN) -> None:
        self._axes.plot([x, until], [y, y], color=color, linewidth=0.9, solid_capstyle="butt")


@dataclass(frozen=True)
class Block:
    """A part of the picture; `draw` is given the place of its upper edge."""

    height: float
    draw: Callable[[Pen, float], None]


def picture(blocks: Sequence[Block]) -> bytes:
    """A PNG."""
    _font(False, 10)
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    tall = sum(block.height for block in blocks) + 2 * MARGIN
    figure = Figure(figsize=(WIDE, tall), facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDE), ylim=(tall, 0))
    axes.set_axis_off()
    pen, y = Pen(axes), MARGIN
    for block in blocks:
        block.draw(pen, y)
        y += block.height
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=PIXELS * min(1, TALLEST / tall))
    return drawn.getvalue()


def fitted(text: str, inches: float, size: float = 10) -> list[str]:
    """The lines that a text takes in this width."""
    return wrap(text, max(int(inches / (COLUMN * size)), 2), break_on_hyphens=False) or [""]


@cache
def _font(bold: bool, size: float) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_fonts() / FONTS[bold], size=size)


@cache
def _fonts() -> Path:
    """Where the letters are; the package that brings them is not imported, as it needs what Python 3.12 has not."""
    found = importlib.util.find_spec("koreanize_matplotlib")
    folder = Path(found.origin).parent / "fonts" if found and found.origin else None
    if folder is None or not all((folder / name).is_file() for name in FONTS.values()):
        raise Declined(HOW_TO_GET_FONTS)
    return folder

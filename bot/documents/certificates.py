"""Certificates as PDF, one a page, printed from sheets of data in a thread of their own."""

import asyncio
import io
import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import segno

from bot.documents import seals
from handlers.dialogue.reply import File

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("certificate.typ")
STANDARD: Literal["ua-1"] = "ua-1"
TITLE = "수료증"
NO_SEAL, SEAL_ALT = "(직인 생략)", "직인"
FONTS = {"koreanize_matplotlib": "fonts", "matplotlib": "mpl-data/fonts/ttf"}  # NanumGothic, and DejaVu for the rest

_one_at_a_time = threading.Lock()


async def printed(sheets: Sequence[dict[str, Any]]) -> bytes:
    """The loop goes on meanwhile."""
    return await asyncio.to_thread(set_pages, sheets)


async def made(file: File) -> File:
    """With its content, if that is still to be printed."""
    if not file.sheets:
        return file
    return replace(file, content=await printed([json.loads(each) for each in file.sheets]), sheets=())


def set_pages(sheets: Sequence[dict[str, Any]]) -> bytes:
    first = sheets[0]
    title = " ".join((TITLE, first["number_line"])) if len(sheets) == 1 else f"{TITLE} {len(sheets)}장"
    seal = seals.drawing(first["seal"])
    given = {
        "title": title,
        "author": first["issuer"],
        "seal": seal,
        "seal_alt": SEAL_ALT,
        "no_seal": NO_SEAL,
        "pages": [{**each, "qr": _qr(each["address"])} for each in sheets],
    }
    with _one_at_a_time:
        content = _compiler().compile(
            input=TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
            pdf_standards=[STANDARD],
        )
    assert isinstance(content, bytes)
    return content


def try_seal(path: Path) -> None:
    """Raises SealError where no certificate can be printed with it."""
    import typst

    seals.read(path)
    content = path.read_bytes()
    kind = "png" if seals.is_png(content) else "svg"  # by itself, as one that is broken within SVG is left out
    shown = "#image(bytes(json(bytes(sys.inputs.seal))), format: sys.inputs.kind, width: 26mm)"
    given = {"seal": json.dumps(list(content)), "kind": kind}
    try:
        with _one_at_a_time:
            _compiler().compile(input=shown.encode(), format="pdf", sys_inputs=given)
    except typst.TypstError as error:
        raise seals.SealError(f"{path}: 직인 그림이 손상되어 찍을 수 없습니다") from error


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=0)
    return drawn.getvalue().decode()


@cache
def _compiler() -> "typst.Compiler":
    """It finds no fonts but ours, so that a page looks the same on every machine."""
    import typst

    return typst.Compiler(font_paths=[str(folder) for folder in _font_folders()], ignore_system_fonts=True)


def _font_folders() -> list[Path]:
    """Of packages that needn't be imported for it."""
    found = []
    for package, folder in FONTS.items():
        spec = find_spec(package)
        assert spec
        assert spec.origin
        found.append(Path(spec.origin).parent / folder)
    return found

"""Certificates as PDF, one a page, printed from sheets of data in a thread of their own."""

import asyncio
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import segno

from bot.documents import seals, typesetting
from handlers.dialogue.reply import File

TEMPLATE = Path(__file__).with_name("certificate.typ")
TITLE = "수료증"
NO_SEAL, SEAL_ALT = "(직인 생략)", "직인"


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
    return typesetting.set_in(TEMPLATE, given)


def try_seal(path: Path) -> None:
    """Raises SealError where no certificate can be printed with it."""
    import typst

    seals.read(path)
    content = path.read_bytes()
    kind = "png" if seals.is_png(content) else "svg"  # by itself, as one that is broken within SVG is left out
    shown = "#image(bytes(json(bytes(sys.inputs.seal))), format: sys.inputs.kind, width: 26mm)"
    given = {"seal": json.dumps(list(content)), "kind": kind}
    try:
        typesetting.compiled(shown.encode(), given, is_tagged=False)
    except typst.TypstError as error:
        raise seals.SealError(f"{path}: 직인 그림이 손상되어 찍을 수 없습니다") from error


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=0)
    return drawn.getvalue().decode()

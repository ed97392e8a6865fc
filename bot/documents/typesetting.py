"""Setting data in a template as a tagged PDF, in fonts that are the same on every machine."""

import json
import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import typst

STANDARD: Literal["ua-1"] = "ua-1"
FONTS = {"koreanize_matplotlib": "fonts", "matplotlib": "mpl-data/fonts/ttf"}  # NanumGothic, and DejaVu for the rest

_one_at_a_time = threading.Lock()


def set_in(template: Path, given: dict[str, Any]) -> bytes:
    """All that is given comes in as data, and is never read as markup."""
    return compiled(template.read_bytes(), {"given": json.dumps(given, ensure_ascii=False)}, is_tagged=True)


def compiled(source: bytes, inputs: dict[str, str], is_tagged: bool) -> bytes:
    """Raises typst.TypstError where it can't be set."""
    standard = STANDARD if is_tagged else None
    with _one_at_a_time:
        content = _compiler().compile(input=source, format="pdf", sys_inputs=inputs, pdf_standards=standard)
    assert isinstance(content, bytes)
    return content


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

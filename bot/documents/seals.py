"""The seal of who issues certificates: a PNG or SVG beside the settings."""

import base64
import logging
from pathlib import Path

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

log = logging.getLogger(__name__)

LARGEST = 1_000_000  # bytes
_PNG = b"\x89PNG\r\n\x1a\n"
_SIZE = slice(16, 24)  # of a PNG: width and height


class SealError(Exception):
    """The file can't be printed as a seal; the message says what to do."""


def drawing(path: str) -> str:
    """As SVG; "" where there is none, or none that can be read any more: its place is left blank."""
    if not path:
        return ""
    try:
        return read(Path(path))
    except SealError:
        log.error("the seal can't be read")
        return ""


def read(path: Path) -> str:
    """As SVG. Raises SealError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SealError(f"{path}: 직인 파일을 읽을 수 없습니다. 있는지, 읽기 권한이 있는지 확인해 주세요") from error
    if len(content) > LARGEST:
        raise SealError(f"{path}: 직인 파일이 너무 큽니다(1MB 초과). 그림을 줄여 주세요")
    if is_png(content):
        return _framed(content)
    if _is_svg(content):
        return content.decode()
    raise SealError(f"{path}: 직인은 PNG나 SVG 그림이어야 합니다")


def is_png(content: bytes) -> bool:
    return content.startswith(_PNG) and len(content) > _SIZE.stop


def _framed(png: bytes) -> str:
    """In SVG, so that either kind is drawn alike."""
    width, height = (int.from_bytes(png[_SIZE][at : at + 4], "big") for at in (0, 4))
    content = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{content}"/></svg>'
    )


def _is_svg(content: bytes) -> bool:
    try:
        return bool(ElementTree.fromstring(content).tag == "{http://www.w3.org/2000/svg}svg")
    except (ElementTree.ParseError, DefusedXmlException, ValueError):
        return False

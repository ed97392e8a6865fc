"""The documents as their tests read them: tables, what stands in code, links and headings."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_CODE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_TARGET = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")


def texts() -> Mapping[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]}


def without_blocks(text: str) -> str:
    return _CODE.sub("", text)


def blocks(text: str, language: str) -> Iterator[str]:
    return (content for kind, content in _CODE.findall(text) if kind == language)


def spans(text: str) -> list[str]:
    return _SPAN.findall(without_blocks(text))


def in_code(text: str) -> Iterator[str]:
    """What stands in code: each span, and each line of a block without its comment."""
    yield from spans(text)
    for _, content in _CODE.findall(text):
        yield from (line.partition(" #")[0] for line in content.splitlines())


def rows(text: str) -> Iterator[tuple[str, str]]:
    """Of all tables whose rows begin with code: that, and the rest of the row."""
    for line in without_blocks(text).splitlines():
        if found := re.match(r"\| `([^`]+)` \|(.*)", line):
            yield found[1], found[2]


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next of the same kind."""
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def targets(text: str) -> set[str]:
    return {link or picture for link, picture in _TARGET.findall(without_blocks(text))}


def anchors(text: str) -> set[str]:
    """As a page of a repository makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}

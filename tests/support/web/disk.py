"""Registration numbers as people type them, and whether what was typed stands on the disk."""

from pathlib import Path

NUMBERS = [
    *("900101-1234567", "9001011234567", "９００１０１－１２３４５６７", "900101 1234567", "900101 : 1234567"),
    *("19900101-1234567", "900101 뒷자리 1234567", "[900101](1234567)"),
]


def in_files(folder: Path, *texts: str) -> bool:
    written = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    assert written
    return any(form in written for text in texts for form in (text.encode(), ascii(text).strip("'").encode()))

"""`python deploy/licences.py` writes docs/licences.md: what runs in the service, and under which licence each part is.

It reads the metadata of what is installed, for every package of deploy/requirements.txt that a server gets.
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).parent.parent
LIST = ROOT / "docs" / "licences.md"
SERVER = {
    "sys_platform": "linux",
    "platform_machine": "x86_64",
    "platform_system": "Linux",
    "os_name": "posix",
    "python_version": "3.11",
    "python_full_version": "3.11.0",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "extra": "",
}
_LOCKED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$", re.MULTILINE)
_CLASSIFIER = "License :: OSI Approved :: "


def locked() -> dict[str, str]:
    """Names and versions of all that a server installs."""
    text = (ROOT / "deploy" / "requirements.txt").read_text(encoding="utf-8")
    found = _LOCKED.finditer(text)
    return {each["name"]: each["version"] for each in found if not each["marker"] or _holds(each["marker"])}


def _holds(marker: str) -> bool:
    return Marker(marker).evaluate(SERVER)


def licence(name: str) -> str | None:
    """As the package says itself; None where it isn't installed."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    if expression := told.get("License-Expression"):
        return expression
    classified = [each.removeprefix(_CLASSIFIER) for each in told.get_all("Classifier", []) if _CLASSIFIER in each]
    written = (told.get("License") or "").strip().partition("\n")[0]
    return " / ".join(classified) or written or "not told"


def main() -> int:
    head, _, _ = LIST.read_text(encoding="utf-8").partition("| package |")
    lines = [f"| {name} | {version} | {licence(name)} |" for name, version in sorted(locked().items())]
    LIST.write_text(
        "\n".join([f"{head}| package | version | licence |", "|---|---|---|", *lines, ""]), encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

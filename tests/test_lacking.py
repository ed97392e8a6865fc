"""Whoever has no browser on their machine is told what wasn't tested, and how they get one."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
WITHOUT = """
import pytest
from tests.support.web.browsers import IN_BROWSER

pytestmark = IN_BROWSER

@pytest.mark.parametrize("number", range(3))
def test_a_page(number):
    raise AssertionError
"""


def test_what_was_skipped_is_told_at_the_end_with_its_reason_and_how_to_have_it(tmp_path):
    (tmp_path / "test_pages.py").write_text(WITHOUT)
    command = (sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "-p", "tests.support.lacking", tmp_path)
    alone = {"PATH": "", "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, env=alone, cwd=tmp_path, capture_output=True, text=True).stdout
    assert (
        "3 tests skipped, as no Chromium is on the PATH: apt-get install chromium-headless-shell fonts-noto-cjk" in said
    )
    assert "3 skipped in" in said

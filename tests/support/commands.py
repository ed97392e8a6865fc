"""A command of an officer as a process of its own, with the settings of a district."""

import subprocess
import sys
from pathlib import Path


def bot(config: Path, *words: str) -> tuple[int, str]:
    """How `python -m bot …` ended, and all that it said."""
    command = [sys.executable, "-m", "bot", *words, "--config", str(config)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr

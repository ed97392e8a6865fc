"""The settings of a district, whose commands run beside its database."""

from pathlib import Path

import pytest

from tests.support.domain import write_key


@pytest.fixture
def config(tmp_path: Path, sqlite_url: str) -> Path:
    write_key(tmp_path)
    path = tmp_path / "config.toml"
    path.write_text(f'[database]\nurl = "{sqlite_url}"\n')
    return path

"""Whoever installs the service as the operators' guide says gets all the files that it reads."""

import tomllib

from tests.docs.documents import ROOT

NOT_DATA = {".py", ".pyc"}


def test_every_kind_of_file_in_the_packages_is_installed_with_them():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    kinds = {path.suffix for room in ("bot", "handlers", "storage") for path in (ROOT / room).rglob("*.*")}
    assert {f"*{kind}" for kind in kinds - NOT_DATA} - {*told["*"]} == set()

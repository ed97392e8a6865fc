"""What servers install is what is tested: the locked requirements, the image, and the list of licences."""

import re
import runpy
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = ("postgres", "passkeys", "assistants")  # and words, where it brings a wheel
LICENCES = runpy.run_path(str(DEPLOY / "licences.py"))
_ENTRY = re.compile(
    r"^(?P<name>\S+)==(?P<version>\S+)(?: ; (?P<marker>.*?))? \\\n(?P<hashes>(?: {4}--hash=.*\n)+)", re.M
)


def entries(file: str) -> Iterator[re.Match[str]]:
    return _ENTRY.finditer((DEPLOY / file).read_text(encoding="utf-8"))


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}


LOCKED = {each["name"]: each["version"] for each in entries("requirements.txt")}
EVERYWHERE = {each["name"] for each in entries("requirements.txt") if not each["marker"]}


@pytest.mark.parametrize("file", ["requirements.txt", "build.txt"])
def test_every_line_is_a_package_of_one_version_with_its_hashes(file):
    text = (DEPLOY / file).read_text(encoding="utf-8")
    left = _ENTRY.sub("", text)
    assert [line for line in left.splitlines() if line and not line.startswith("#")] == []
    hashes = [line.strip(" \\") for each in entries(file) for line in each["hashes"].splitlines()]
    assert [one for one in hashes if not re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one)] == []
    assert "://" not in text


def test_servers_get_the_versions_that_are_tested():
    tested = pinned()
    assert {name: version for name, version in LOCKED.items() if tested.get(name, version) != version} == {}
    assert sorted(EVERYWHERE - set(tested)) == []


def test_all_that_the_project_asks_for_is_locked_within_its_ranges():
    extras = PROJECT["optional-dependencies"]
    asked = [*PROJECT["dependencies"], *(one for extra in (*EXTRAS, "words") for one in extras[extra])]
    for requirement in map(Requirement, asked):
        assert LOCKED[canonicalize_name(requirement.name)] in requirement.specifier, requirement
    (built,) = (each["version"] for each in entries("build.txt"))
    assert built in Requirement("setuptools>=77").specifier


def test_the_list_of_licences_tells_of_each_package_what_it_says_itself():
    told = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| ([a-z0-9-]+) \| (\d\S*) \| .+ \|$", told, re.M))
    assert listed == LICENCES["locked"]()
    found = {name: LICENCES["licence"](name) for name in listed}
    lines = [f"| {name} | {listed[name]} | {licence} |" for name, licence in found.items() if licence]
    assert [line for line in lines if line not in told] == []
    assert len(lines) >= len(listed) - 1  # what understands by meaning isn't for every machine


def test_nothing_is_installed_that_obliges_us_to_more_than_is_told():
    told = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").partition("| package |")
    strict = re.findall(r"^\| (\S+) \| \S+ \| [^|]*(?:GPL|MPL|Mozilla|EUPL|not told)[^|]*\|$", told[2], re.M)
    assert [name for name in strict if f"`{name}`" not in told[0]] == []


def test_pictures_and_fonts_of_others_are_told():
    told = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    fonts = [path for floor in ("bot", "handlers", "storage") for path in (ROOT / floor).rglob("*.*tf*")]
    assert [f"{path}" for path in fonts if path.name not in told] == []
    assert "koreanize-matplotlib" in told


def test_the_image_gets_the_program_and_no_settings_or_keys():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    assert ignored[1] == "*"
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.M)
    assert {f"!{name}" for names in copied for name in names.split()} == {each for each in ignored if each[:1] == "!"}
    assert {"**/*.key", "**/*.db*"} <= {*ignored}


def test_the_image_runs_as_nobody_in_particular_and_is_well_when_the_service_says_so():
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    users = [line.removeprefix("USER ") for line in text.splitlines() if line.startswith("USER ")]
    assert users[-1] == "10001:10001"
    assert "--require-hashes" in text
    assert "/healthz" in text

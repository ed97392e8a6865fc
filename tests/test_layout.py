"""Tests stand where what they promise stands, and share only what is made to be shared."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
APART = {
    "support",
    "doubles",
    "journeys",
    "service",
    "soak",
    "bench",
    "walks",
    "understanding",
    "docs",
}  # mirror no package


@cache
def files() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(TESTS.rglob("*.py"))}


BROWSER = "browser"  # beside the tests of a room: what only a real browser shows


def is_of_tests(name: str) -> bool:
    return name == "conftest" or name.startswith("test_")


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{each.name}" for each in node.names)


def fixtures(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            made_by = [ast.unparse(each).partition("(")[0] for each in node.decorator_list]
            if {"pytest.fixture", "pytest_asyncio.fixture"} & {*made_by}:
                yield node.name


def test_every_folder_of_tests_is_a_room_of_the_product_or_one_of_those_apart():
    folders = {path.parent.relative_to(TESTS) for path in files() if is_of_tests(path.stem)} - {Path()}
    mirroring = [folder for folder in sorted(folders) if folder.parts[0] not in APART]
    rooms = [folder.parent if folder.name == BROWSER else folder for folder in mirroring]
    assert [f"{room}" for room in rooms if not (TESTS.parent / room / "__init__.py").is_file()] == []


def test_what_is_shared_holds_no_tests():
    shared = [path for path in files() if path.is_relative_to(TESTS / "support")]
    assert [f"{path}" for path in shared if is_of_tests(path.stem)] == []


def test_nothing_is_imported_from_a_test_or_a_conftest():
    found = [
        (f"{path.relative_to(TESTS)}", name)
        for path, tree in files().items()
        for name in imported(tree)
        if name.partition(".")[0] in ("tests", "") and any(map(is_of_tests, name.split(".")))
    ]
    assert found == []


def test_the_name_of_a_fixture_is_given_in_one_folder_only():
    folders = defaultdict(set)
    for path, tree in files().items():
        for name in fixtures(tree):
            folders[name].add(f"{path.parent.relative_to(TESTS)}")
    assert {name: sorted(where) for name, where in folders.items() if len(where) > 1} == {}

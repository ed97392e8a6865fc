"""`python -m tests.bench`: one table of all that has a goal; with names only these; `--all` also what has none."""

import argparse
import asyncio
import importlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import figures
from tests.bench.figures import Figure, Size
from tests.support.service.process import ROOT

SIZES: dict[Size, str] = {
    "quick": "few rounds, for a look in between",
    "usual": "five to twelve minutes",
    "long": "at full size, which takes half an hour",
}
PARTS = ("messages", "starting", "lasting", "skill", "chatting", "planning", "digests", "growing", "layers")
MORE = ("postings", "surveying", "rehearsing", "forgetting", "consoling", "scanning", "yearly")


def main() -> int:
    given = _given()
    if given.compare:
        figures.compare(*given.compare)
        return 0
    if len(given.names) == 1:
        return asyncio.run(_one(given.names[0], given.size, given.json))
    began, machine = time.perf_counter(), figures.machine()
    print(machine)
    found: dict[str, Sequence[Figure]] = {}
    names = given.names or PARTS
    for part, of_part in _each(names, given.size):
        found[part] = of_part
        if given.json:
            figures.write(given.json, machine, found)
    failed = len(names) - len(found)
    for name in MORE if given.all else ():
        failed += subprocess.run([sys.executable, "-m", "tests.bench", name], cwd=ROOT).returncode != 0
    print(f"\n{time.perf_counter() - began:.0f} s in all{f', {failed} parts FAILED' if failed else ''}")
    return 1 if failed else 0


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=(*PARTS, *MORE, []), metavar="NAME", help=", ".join(PARTS + MORE))
    sizes = parser.add_mutually_exclusive_group()
    for size, about in SIZES.items():
        sizes.add_argument(f"--{size}", dest="size", action="store_const", const=size, help=about)
    parser.add_argument("--all", action="store_true", help="also what has no goal")
    parser.add_argument("--json", type=Path, help="keep the figures in this file")
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("BEFORE", "AFTER"), help="two files side by side")
    parser.set_defaults(size="usual")
    return parser.parse_args()


def _each(names: Sequence[str], size: Size) -> Iterator[tuple[str, Sequence[Figure]]]:
    """Each in a process of its own, so that none finds what another left in memory; those that don't fail."""
    with tempfile.TemporaryDirectory(prefix="baeumtok-bench-") as folder:
        for name in names:
            kept = Path(folder) / f"{name}.json"
            subprocess.run([sys.executable, "-m", "tests.bench", name, f"--{size}", "--json", str(kept)], cwd=ROOT)
            if kept.exists():
                yield from figures.read(kept)[1].items()


async def _one(name: str, size: Size, kept: Path | None) -> int:
    """Shown and kept at once."""
    began, machine = time.perf_counter(), figures.machine()
    with tempfile.TemporaryDirectory(prefix="baeumtok-bench-") as folder:
        if name in MORE:
            await importlib.import_module(f"tests.bench.more.{name}").run(Path(folder))
            return 0
        part = importlib.import_module(f"tests.bench.{name}")
        found = [each async for each in part.measure(Path(folder), size)]
    print()
    figures.show(f"{name} ({time.perf_counter() - began:.0f} s)", found)
    if kept:
        figures.write(kept, machine, {name: found})
    return 0


sys.exit(main())

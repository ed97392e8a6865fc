"""An officer's first half-year in the console, from an empty database and in a real Chromium."""

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic
from traceback import format_exc

from tests.support.web.browsers import DESK, chromium
from tests.walks import courses, deciding, people, term, work
from tests.walks.officers import Walker
from tests.walks.residents import Writer
from tests.walks.town import Town

DECLINED = "status of 422"  # a page that says what is to be put right: the browser notes it as an error
Stage = Callable[[Walker], Awaitable[object]]


async def walk(pictures: Path, sheet: Path | None, begins: str) -> int:
    """Its exit code: 1 once a stage came out otherwise than it should, or a page had a fault."""
    pictures.mkdir(parents=True, exist_ok=True)
    for old in pictures.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="baeumtok-walk-") as folder:
        town = Town(Path(folder), courses.moment(begins) if begins else courses.BEGINS)
        try:
            await town.starts()
            return await _walk(town, pictures, sheet)
        finally:
            await town.stops()
            (pictures / "service.log").write_text((Path(folder) / "service.log").read_text())


async def _walk(town: Town, pictures: Path, sheet: Path | None) -> int:
    async with chromium() as browser:
        context = await browser.new_context(viewport=DESK, locale="ko-KR")  # type: ignore[arg-type]
        lead = Walker(await context.new_page(), town, pictures)
        writers: dict[int, Writer] = {}
        failed: list[str] = []
        for stage in _of_a_team(sheet) if sheet else _half_year(writers):
            began = monotonic()
            try:
                await stage(lead)
            except Exception:
                failed.append(f"{stage.__name__}:\n{format_exc()}")
                await lead.page.screenshot(path=str(pictures / f"failed-{stage.__name__}.png"), full_page=True)
                print(f"  FAILED {failed[-1]}", flush=True)
            print(f"  {stage.__name__:<20} {town.now:%Y-%m-%d %H:%M}  {monotonic() - began:5.1f} s", flush=True)
        await context.close()
    return _reported(lead, failed)


def _half_year(writers: dict[int, Writer]) -> list[Stage]:
    async def write(lead: Walker) -> None:
        writers.update(await people.write(lead))

    async def chat(lead: Walker) -> None:
        await work.is_asked_for(lead, writers)

    async def is_answered(lead: Walker) -> None:
        await term.is_answered(lead, writers)

    return [
        *(courses.begins, courses.imports, courses.changes, term.makes_survey, work.opens_hours, people.holds, write),
        *(people.at_desk, people.is_known, people.by_keys, people.filled, courses.closes),
        *(deciding.chooses, deciding.chooses_by_keys, deciding.draws),
        *(deciding.writes, deciding.writes_by_keys, chat, work.calls, work.adds_posting, work.learns_word),
        *(term.reminds, work.notes_talk, term.completes, is_answered, term.types_papers, term.looks_at_results),
        work.looks_back,
    ]


def _of_a_team(sheet: Path) -> list[Stage]:
    async def upload(lead: Walker) -> None:
        await courses.of_a_team(lead, sheet)

    return [courses.begins, upload]


def _reported(lead: Walker, failed: list[str]) -> int:
    print(f"\n{'':<36}{'clicks':>8}{'keys':>8}{'signs':>8}")
    for each in lead.efforts:
        print(f"{each.job:<36}{each.clicks:>8}{each.keys:>8}{each.signs:>8}")
    print(f"\n{len(lead.looked)} pages looked at, each on a desk and on a phone: {', '.join(lead.looked)}")
    faults = [*lead.faults, *(each for each in lead.complaints if DECLINED not in each)]
    print("\n".join([f"{len(faults)} faults", *faults]))
    print("\n".join(f"FAILED at {each}" for each in failed))
    return int(bool(failed or faults))

"""What people say is understood as far as it is promised, and nothing is done that was only spoken of."""

import tomllib
from collections.abc import Callable
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from bot.settings import Settings
from handlers.language import embedding
from storage.tables import consents, drafts, enrollments, residents
from tests.support.domain import School, Visitor
from tests.support.sentences import world
from tests.support.sentences.phrases import Phrase, Verdict, judge, load
from tests.support.sentences.world import World

pytestmark = pytest.mark.on_sqlite
FOLDER = Path(__file__).parent
PLAIN, BY_MEANING = Settings(), Settings.model_construct(**{**dict(Settings()), "by_meaning": True})
SEEN, A_PART = "phrases.toml", 4  # they are what is learnt from: every fourth is enough to notice
HAS_EXTRA = find_spec(embedding.LIBRARY) is not None
# How many first answers are right, or lead to it by one of three choices, and how many may be wrong for sure.
PROMISED = [
    (SEEN, PLAIN, (0.94, 0.96, 0.01)),
    ("unseen.toml", PLAIN, (0.86, 0.92, 0.02)),
    ("unseen_english.toml", PLAIN, (0.65, 0.81, 0.05)),
    ("unseen.toml", BY_MEANING, (0.86, 0.91, 0.03)),
    ("unseen_english.toml", BY_MEANING, (0.73, 0.84, 0.04)),
]

Speaker = Callable[[str], "Visitor"]


@pytest_asyncio.fixture
async def district(school: School) -> World:
    school.now = world.NOW
    return await school.database.write(world.build)


@pytest.fixture
def speaker(school: School, district: World, visitor: Callable[..., Visitor]):
    """A chat of somebody in which nothing was said yet."""
    numbers = count(1)

    async def speak(who: str) -> Visitor:
        address = f"{who}-{next(numbers)}"
        if who != "new":
            await school.database.write(lambda tx: world.open_chat(tx, district.people[who], address))
        return visitor(address)

    return speak


async def verdict(phrase: Phrase, speaker, district: World) -> Verdict:
    someone = await speaker(phrase.who)
    if phrase.after:
        await someone.goes_to(f"courses/{district.ids[phrase.after]}")
    await someone.says(phrase.said)
    return judge(phrase, someone.screen, district, f"{world.NOW:%Y-%m-%d}")


@pytest.mark.parametrize(("name", "settings", "promised"), [each for each in PROMISED if HAS_EXTRA or each[1] is PLAIN])
async def test_sentences_are_understood_as_promised(district, speaker, name, settings, promised):
    phrases = load(FOLDER / name)[:: A_PART if name == SEEN else 1]
    verdicts = [await verdict(phrase, speaker, district) for phrase in phrases]
    first, among, wrong = (
        sum(each) / len(phrases)
        for each in (
            [given.first for given in verdicts],
            [given.among for given in verdicts],
            [not given.first and given.sure for given in verdicts],
        )
    )
    print(f"{name}: {len(phrases)} sentences, {first:.1%} right, {among:.1%} among three, {wrong:.1%} wrong for sure")
    right_first, right_among, most_wrong = promised
    assert (first >= right_first, among >= right_among, wrong <= most_wrong) == (True, True, True)


async def test_nothing_is_done_that_is_only_spoken_of(school, district, speaker):
    phrases = tomllib.loads((FOLDER / "must_not.toml").read_text(encoding="utf-8"))["phrase"]
    before = await everything(school)
    for phrase in phrases:
        someone = await speaker(phrase["who"])
        await someone.says(phrase["said"])
        assert "정말 취소할까요" not in someone.screen.text, phrase["said"]
    assert len(phrases) >= 50
    assert await everything(school) == before


async def everything(school: School):
    """What acts would change."""
    tables = (enrollments, consents, drafts)
    counts = [(await school.rows(select(func.count()).select_from(table)))[0][0] for table in tables]
    ended = (await school.rows(select(func.count()).where(enrollments.c.ended_at.is_not(None))))[0][0]
    known = await school.rows(select(residents.c.mobile, residents.c.name).where(residents.c.mobile.is_not(None)))
    return counts, ended, sorted(map(tuple, known))

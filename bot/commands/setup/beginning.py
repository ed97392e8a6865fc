"""What is made once all is answered: the key, the database with the first account, and the settings last."""

import asyncio
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.checks import checking
from bot.commands.setup.draft import Draft
from bot.keeping import keys
from bot.sections import OrganizationSection
from bot.settings import Settings
from bot.terminal.command import gate, opened
from bot.terminal.writing import write_file
from handlers.staff.desk import acts
from handlers.staff.desk.told import Listing, Step, Told
from handlers.staff.officers import accounts
from handlers.staff.officers.roles import ROLES
from storage.engine import schema
from storage.engine.opening import file_of

AGAIN = "돌고 있는 서비스는 다시 시작해야 새 설정을 씁니다."
AT_BOOT = "컴퓨터가 켜질 때 저절로 시작하게 하려면 deploy/baeumtok.service의 첫머리를 보세요."
DONGS = "사는 동의 목록은 서울 중구의 것입니다. 설정의 organization.dongs에 우리 동을 적어 주세요."
KAKAO = (
    "카카오톡은 챗봇 관리자센터에서 이어서 설정합니다(docs/kakao.md). 스킬의 헤더 값은 설정의 kakao.skill_secret입니다."
)


def begin(draft: Draft) -> Told:
    """Raises what stands in the way, and leaves nothing of a database that is new then."""
    loaded = draft.settings()
    with _uninterrupted(), _undone_if_it_fails(loaded):
        account = asyncio.run(_filled(loaded, draft))
        aside = _written(draft, loaded)
    facts = (f"설정: {draft.path}", *aside, f"열쇠: {keys.to_keep(loaded)}.", *_of(account))
    open_ends = [f"{each.name}: {each.finding}" for each in asyncio.run(checking.check(loaded)) if not each.is_good]
    left = (Listing(tuple(open_ends), "살펴보실 것"),) if open_ends else ()
    steps = (Step("모두 맞는지 보려면", "check"), Step("시작하려면", "run"))
    return Told("배움톡을 쓸 준비가 되었습니다.", facts, left, _notes(draft, loaded), steps=steps)


async def _filled(loaded: Settings, draft: Draft) -> Told | None:
    """The database is brought to its tables where it is empty; the account is made where there is none."""
    async with opened(loaded, lambda _: None) as database:
        if await database.read(schema.is_empty):
            await database.write(schema.begin)
        await database.read(schema.check)
        if not draft.login:
            return None
        words = {"login": draft.login, "name": draft.name, "role": ROLES["lead"]}
        work = partial(acts.perform, act=accounts.ADD, args=words, again=False)
        return await gate(loaded, database).act(work, accounts.ADD.name, words)


def _written(draft: Draft, loaded: Settings) -> Sequence[str]:
    """Where the file is that was there before."""
    told: list[str] = []
    text = draft.text()
    if draft.before == text:
        return told
    if draft.before:
        now = datetime.now(ZoneInfo(loaded.timezone))
        aside = draft.path.with_name(f"{draft.path.stem}-before-{now:%Y%m%d-%H%M%S}{draft.path.suffix}")
        write_file(aside, draft.path.read_bytes(), force=True)
        told.append(f"전의 설정: {aside}")
    write_file(draft.path, text.encode(), force=bool(draft.before))
    return told


def _of(account: Told | None) -> Sequence[str]:
    if not account:
        return ("담당자 계정이 이미 있어 새로 만들지 않았습니다. baeumtok officers로 볼 수 있습니다.",)
    return (account.title, *account.facts, *account.notes)


def _notes(draft: Draft, loaded: Settings) -> tuple[str, ...]:
    is_elsewhere = loaded.organization.name != OrganizationSection().name and not draft.found("organization", "dongs")
    return (*[DONGS] * is_elsewhere, *[KAKAO] * bool(loaded.kakao), AGAIN if draft.before else AT_BOOT)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C comes too late for what takes a second, and is forgotten."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if signal.SIGINT in signal.sigpending():
            signal.sigwait({signal.SIGINT})
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _undone_if_it_fails(loaded: Settings) -> Iterator[None]:
    """A database that is a file and wasn't there goes again, with a key that was made for it."""
    file, key = file_of(loaded.database.url), loaded.key_file
    is_new = file is not None and not file.exists()
    had_key, folders = key.exists(), _missing_folders(file) if file else []
    try:
        yield
    except BaseException:
        if file and is_new:
            made = [*file.parent.glob(f"{file.name}*"), *([] if had_key else [key])]
            for each in made:
                each.unlink(missing_ok=True)
            with suppress(OSError):  # somebody else has put something there meanwhile
                for folder in folders:
                    folder.rmdir()
        raise


def _missing_folders(file: Path) -> list[Path]:
    """Of its folders those that aren't there, from the innermost."""
    return [folder for folder in file.absolute().parents if not folder.exists()]

"""Running the service, and what an operator does around it: run, demo, migrate, check."""

import argparse
import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot import app, logs, settings
from bot.keeping import backups, keys
from bot.sections import Backup, DatabaseSection, Jobs
from bot.settings import Settings
from bot.terminal.command import REFUSED, Commands, add, opened
from storage.database import Transaction
from storage.engine import pulse, schema

DEMO_DATABASE = "sqlite+aiosqlite:///var/demo.db"
DEMO_KEY = Path("var/demo.key")


def add_to(commands: Commands) -> None:
    add(commands, "run", run)
    add(commands, "demo", run_demo)
    each = add(commands, "migrate", migrate)
    each.add_argument("--without-backup", action="store_true", help="백업하지 않고 바꿉니다")
    add(commands, "check", check)


def run(args: argparse.Namespace) -> None:
    _serve(settings.load(args.config))


def run_demo(args: argparse.Namespace) -> None:
    """The web chat with courses of its own: no credentials, and nothing of the real database."""
    from bot import demo  # here, as no other command has to load its examples

    loaded = settings.load(args.config, required=False)
    database = DatabaseSection(url=DEMO_DATABASE)
    off = {"telegram": None, "jobs": Jobs(), "backup": Backup()}
    own = {"database": database, "key_file": DEMO_KEY, "kakao": demo.kakao(), **off}
    shown = loaded.model_copy(update=own)
    print("\n".join(asyncio.run(_begin_demo(shown))), flush=True)
    _serve(shown, is_demo=True)


async def _begin_demo(shown: Settings) -> list[str]:
    """Its database is its own, and brought up to date; after however long, the clock of who shows it will do."""
    keys.seal(shown.key_file)  # of examples, which nobody has to keep
    async with opened(shown) as database:
        await database.write(schema.upgrade)
        await database.write(partial(pulse.vouch, now=datetime.now(UTC)))
        return await database.write(partial(_prepare, shown=shown))


def _prepare(tx: Transaction, shown: Settings) -> list[str]:
    """Fill the demo's database, and tell what there is to see."""
    from bot import demo

    now = datetime.now(UTC)
    demo.fill(tx, now, shown.to_organization())
    code = demo.polls.allow_tablet(tx, now)
    here, (needs, satisfaction) = shown.web.public_url, demo.polls.codes(tx)
    return [
        f"배움톡 데모: {here} 을 브라우저에서 여세요. 끝내려면 Ctrl+C를 누르세요.",
        f"담당자 화면: {here}/desk/demo (지어낸 담당자로 바로 들어갑니다)",
        f"카카오톡에서 보이는 모습: {here}/kakao/preview",
        f"태블릿 설문: {here}/kiosk/{needs} (수요조사), {here}/kiosk/{satisfaction} (만족도)",
        f"태블릿에 처음 한 번 적을 번호: {code[:4]}-{code[4:]} (한 시간 동안)",
        f"종이 설문: {here}/paper/{needs}, {here}/paper/{satisfaction}",
    ]


def migrate(args: argparse.Namespace) -> None:
    loaded = settings.load(args.config)

    async def upgrade() -> bool:
        async with opened(loaded) as database:
            made = None if args.without_backup else await backups.before_migration(loaded, database)
            if made:
                print(f"바꾸기 전에 백업했습니다: {made}")
            return await database.write(schema.upgrade)

    print("데이터베이스를 새 버전으로 바꾸었습니다." if asyncio.run(upgrade()) else "데이터베이스가 이미 최신입니다.")


def check(args: argparse.Namespace) -> int:
    from bot.checks import checking  # here, as it asks with all that channels have

    results = asyncio.run(checking.check(settings.load(args.config)))
    for result in results:
        print(f"{'정상' if result.is_good else '문제'}  {result.name}: {result.finding}")
    return 0 if all(result.is_good for result in results) else REFUSED


def _serve(loaded: Settings, is_demo: bool = False) -> None:
    logs.configure(*loaded.secrets)
    with app.listen(loaded) as listening:
        asyncio.run(app.serve(loaded, listening, is_demo))

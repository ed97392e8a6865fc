"""The commands: python -m bot run, demo, import, migrate, check."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

from bot import app, checks, demo, logs, settings
from bot.settings import Settings, SettingsError
from handlers.staff import imports, sheets, template
from handlers.staff.sheets import Unreadable
from storage import schema
from storage.database import DatabaseError, Transaction, open_database

T = TypeVar("T")

REFUSED, WRONG_USE = 1, 2
DEMO_DATABASE = "sqlite+aiosqlite:///var/demo.db"


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"명령을 잘못 쓰셨습니다: {message}\n사용법은 python -m bot --help로 볼 수 있습니다.\n")


def main() -> int:
    given = _parser().parse_args()
    try:
        return int(given.command(given) or 0)
    except (SettingsError, DatabaseError, Unreadable) as error:
        print(error, file=sys.stderr)
        return REFUSED


def run(given: argparse.Namespace) -> None:
    _serve(settings.load(given.config))


def run_demo(given: argparse.Namespace) -> None:
    """The web chat with courses of its own: no credentials, and nothing of the real database."""
    loaded = settings.load(given.config, required=False)
    shown = loaded.model_copy(update={"database": settings.DatabaseSection(url=DEMO_DATABASE), "telegram": None})
    asyncio.run(_write(shown, lambda tx: demo.fill(tx, datetime.now(UTC), shown.house.timezone)))
    print(f"배움톡 데모: {shown.web.public_url} 을 브라우저에서 여세요. 끝내려면 Ctrl+C를 누르세요.", flush=True)
    _serve(shown)


def import_files(given: argparse.Namespace) -> int:
    if given.template:
        template.write(given.template, datetime.now(UTC).date())
        print(f"{given.template} 양식을 만들었습니다. 채운 뒤 python -m bot import {given.template} 로 등록하세요.")
        return 0
    if not given.files:
        print("등록할 파일을 적어 주세요. 예: python -m bot import courses.xlsx", file=sys.stderr)
        return WRONG_USE
    rows = [row for file in given.files for row in sheets.read(file)]
    loaded = settings.load(given.config)
    work = imports.preview if given.check else imports.import_courses
    house, closed_days = loaded.house, loaded.organization.closed_days
    report = asyncio.run(_write(loaded, lambda tx: work(tx, rows, house.timezone, closed_days, datetime.now(UTC))))
    print(
        "\n".join([*(["확인만 했습니다. 등록하려면 --check 없이 실행하세요."] if given.check else []), *report.lines()])
    )
    return REFUSED if report.problems else 0


def migrate(given: argparse.Namespace) -> None:
    async def upgrade() -> bool:
        database = await open_database(settings.load(given.config).database.url)
        try:
            return await database.write(schema.upgrade)
        finally:
            await database.close()

    print("데이터베이스를 새 버전으로 바꾸었습니다." if asyncio.run(upgrade()) else "데이터베이스가 이미 최신입니다.")


def check(given: argparse.Namespace) -> int:
    results = asyncio.run(checks.check(settings.load(given.config)))
    for result in results:
        print(f"{'정상' if result.is_good else '문제'}  {result.name}: {result.told}")
    return 0 if all(result.is_good for result in results) else REFUSED


def _serve(loaded: Settings) -> None:
    telegram = loaded.telegram
    secrets = [
        secret.get_secret_value() for secret in (telegram and (telegram.token, telegram.webhook_secret)) or () if secret
    ]
    logs.configure(*secrets)
    with app.listen(loaded) as listening:
        asyncio.run(app.serve(loaded, listening))


async def _write(loaded: Settings, work: Callable[[Transaction], T]) -> T:
    database = await open_database(loaded.database.url)
    try:
        await database.write(schema.upgrade)
        return await database.write(work)
    finally:
        await database.close()


def _parser() -> Parser:
    parser = Parser(prog="python -m bot", description="배움톡: 강좌를 알리고 신청을 받는 챗봇")
    commands = parser.add_subparsers(required=True, metavar="명령")
    for name, command, about in (
        ("run", run, "서비스를 시작합니다"),
        ("demo", run_demo, "예시 강좌로 웹 채팅을 시작합니다"),
        ("import", import_files, "강좌를 엑셀, CSV, JSON 파일에서 등록합니다"),
        ("migrate", migrate, "데이터베이스를 새 버전으로 바꿉니다"),
        ("check", check, "설정과 연결을 확인합니다"),
    ):
        each = commands.add_parser(name, help=about, description=about)
        each.add_argument("--config", type=Path, default=Path("config.toml"), help="설정 파일 (기본: config.toml)")
        each.set_defaults(command=command)
        if name == "import":
            each.add_argument("files", type=Path, nargs="*", metavar="파일", help="등록할 파일")
            each.add_argument("--check", action="store_true", help="등록하지 않고 확인만 합니다")
            each.add_argument("--template", type=Path, metavar="파일", help="빈 양식(.xlsx)을 만듭니다")
    return parser


if __name__ == "__main__":
    sys.exit(main())

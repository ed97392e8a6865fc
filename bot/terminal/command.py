"""What all commands are made of: how they are declared, and how they reach the database."""

import argparse
import asyncio
import getpass
import os
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bot import settings
from bot.desk import Gate, Work
from bot.keeping import keys
from bot.settings import Settings
from bot.terminal.asking import answer, can_ask, say
from bot.terminal.downloads import Download
from bot.terminal.typed import typed
from bot.terminal.writing import add_force
from handlers.calendar.months import Month, read_month
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act, DoneAlready
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.purposes import read_purpose
from handlers.staff.desk.told import Told
from handlers.staff.files import moments
from handlers.staff.reports import lines, lists
from storage.audit.journal import Officer
from storage.database import Database
from storage.engine import schema

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = object

T = TypeVar("T")
Command = Callable[[argparse.Namespace], int | None]

REFUSED, WRONG_USE, STOPPED = 1, 2, 130


def add(commands: Commands, name: str, command: Command) -> argparse.ArgumentParser:
    """Say what a command takes that stands in the table of contents."""
    each = commands.choices[name]
    each.add_argument(
        "--config", type=Path, default=Path("config.toml"), metavar="파일", help="설정 파일 (기본: config.toml)"
    )
    each.set_defaults(command=command, name=name)
    return each


def add_act(commands: Commands, name: str, command: Command) -> argparse.ArgumentParser:
    """A command that changes something."""
    each = add(commands, name, command)
    each.add_argument("--yes", action="store_true", help="묻지 않고 바로 합니다")
    each.add_argument("--again", action="store_true", help="조금 전에 한 일을 한 번 더 합니다")
    return each


def month(text: str) -> Month:
    try:
        return read_month(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"‘{text}’: 달을 적어 주세요. 예: 2026-11") from error


def whole(text: str) -> int:
    """A number of something, no larger than any database counts to."""
    if not is_whole(text):
        raise argparse.ArgumentTypeError(f"‘{text}’: 번호를 숫자로 적어 주세요. 예: 12")
    return int(text)


def numbers(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(map(is_whole, parts)):
        raise argparse.ArgumentTypeError(f"‘{text}’: 번호를 쉼표로 이어 적어 주세요. 예: 12,15,18")
    return [int(part) for part in parts]


def year(text: str) -> int:
    if not (is_whole(text) and 2000 <= int(text) < 2100):
        raise argparse.ArgumentTypeError(f"‘{text}’: 연도를 네 자리로 적어 주세요. 예: 2026")
    return int(text)


def day(text: str) -> date:
    try:
        return moments.day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"‘{text}’: 날짜를 적어 주세요. 예: 2026-12-01") from error


def is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


@asynccontextmanager
async def opened(loaded: Settings, tell_of_key: Callable[[str], None] = keys.warn) -> AsyncIterator[Database]:
    database = await keys.open_sealed(loaded, tell_of_key)
    try:
        yield database
    finally:
        await database.close()


def look(
    args: argparse.Namespace,
    work: Work[T],
    begins: bool = False,
    purpose: Callable[[], str] | None = None,
    **words: Any,
) -> T:
    """What an officer looks at; `words` are what was asked for, as the journal keeps it.

    `purpose` is asked what for where it tells of people.
    """
    return _at_gate(args, lambda gate: gate.look(args.name, words, work, purpose), begins)


def add_output(each: argparse.ArgumentParser) -> None:
    """What it lists can go to a file: what tells of people, for a purpose."""
    kinds = "·".join(lists.MAKERS)
    each.add_argument("-o", "--output", type=Path, dest="output", metavar="파일", help=f"목록을 적을 파일: {kinds}")
    each.add_argument("--purpose", default="", metavar="목적", help='사람의 정보를 무엇에 쓰는지. 예: "수료증 발송"')
    add_force(each)


def show(args: argparse.Namespace, work: Work[Told], **words: Any) -> int:
    """Look, and print what there is, or write it into the file that was asked for."""
    if args.output is None:
        return tell(look(args, work, purpose=partial(read_purpose, args.purpose), **words))
    download = Download(args, settings.load(args.config))
    told = look(args, work, purpose=download.purpose, **words, output=download.kind)
    if not lists.count(told):
        return tell(replace(told, notes=(*told.notes, "적을 것이 없어 파일은 만들지 않았습니다.")))
    return tell(download.write(told))


def do(args: argparse.Namespace, act: Act, begins: bool = False, **words: Any) -> int:
    """Do an officer's act; one that tells people is shown first and done once it is confirmed."""
    work = partial(acts.perform, act=act, args=words, again=args.again)
    if act.check is None:
        return confirm(args, work, begins, action=act.name, words=words)
    check = partial(act.check, **words)
    return confirm(args, work, begins, lambda gate: gate.look(act.name, words, check), action=act.name, words=words)


def confirm(
    args: argparse.Namespace,
    work: Work[Told],
    begins: bool = False,
    check: Callable[[Gate], Awaitable[Told]] | None = None,
    *,
    action: str,
    words: Mapping[str, Any],
) -> int:
    """`check` finds what work would tell without doing it; `words` are what `action` was asked for with."""
    if getattr(args, "output", None):
        print("-o는 목록을 볼 때만 적을 수 있습니다. 빼고 다시 해 주세요.", file=sys.stderr)
        return WRONG_USE
    try:
        if not args.yes:
            shown = _at_gate(args, check or (lambda gate: gate.preview(work, action, words)), begins)
            if not shown.is_good:
                return tell(shown)
            if shown.reach is not None and not _is_confirmed(shown):
                return REFUSED
        return tell(_at_gate(args, lambda gate: gate.act(work, action, words), begins))
    except DoneAlready as done:
        tell(done.told)
        say("한 번 더 하려면 같은 명령에 --again을 붙여 주세요.")
        return 0


def _is_confirmed(shown: Told) -> bool:
    say("아직 하지 않았습니다. 이렇게 됩니다.\n")
    tell(shown)
    if not can_ask():
        say("\n그대로 하려면 같은 명령에 --yes를 붙여 주세요.")
        return False
    if answer("\n그대로 할까요? (예/아니요) ").strip().casefold() in ("예", "네", "y", "yes"):
        return True
    say("그만두었습니다. 아무것도 바꾸지 않았습니다.")
    return False


def _at_gate(args: argparse.Namespace, work: Callable[[Gate], Awaitable[T]], begins: bool = False) -> T:
    """Beside the running service, whose database must be up to date.

    `begins` sets up a database that is empty still; one that is older is refused, as a service may be running on it.
    """
    loaded = settings.load(args.config)

    async def at_once() -> T:
        async with opened(loaded) as database:
            if begins and await database.read(schema.is_empty):
                await database.write(schema.begin)
            await database.read(schema.check)
            return await work(gate(loaded, database))

    return asyncio.run(at_once())


def gate(loaded: Settings, database: Database) -> Gate:
    return Gate(database, loaded.to_organization(), officer())


def officer() -> Officer:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container may be given a user that the machine doesn't know
        name = f"사용자 {os.getuid()}"
    return Officer(name, _where())


def _where() -> str:
    """The address from which somebody came to this machine, or else its name."""
    address = os.environ.get("SSH_CONNECTION", "").split(" ")[0]
    try:
        return str(ip_address(address))
    except ValueError:
        return socket.gethostname()


def tell(told: Told | Sequence[str]) -> int:
    """Print what an officer is told, or the lines of a report; how the command ends."""
    if not isinstance(told, Told):
        say("\n".join(told))
        return 0
    say("\n".join(lines.of_told(told, typed)))
    return 0 if told.is_good else REFUSED


def tell_declined(declined: Declined) -> int:
    print("\n".join(lines.of_declined(declined, typed)), file=sys.stderr)
    return REFUSED

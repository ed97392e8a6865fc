"""The command baeumtok: reads what was typed and hands it to its command."""

import argparse
import os
import sqlite3
import sys
from functools import partial
from importlib import metadata
from typing import NoReturn

from sqlalchemy.exc import DBAPIError

from bot import commands
from bot.settings import SettingsError
from bot.terminal import failing
from bot.terminal.command import REFUSED, STOPPED, tell_declined
from bot.terminal.parser import Parser, speak_korean
from bot.terminal.typed import program
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Step
from handlers.staff.files.rows import UnreadableFile
from storage.database import DatabaseError, OutdatedError
from storage.engine import schema


def main() -> int:
    os.umask(0o077)  # whatever is written may hold names: it is for who writes it alone
    failing.open_closed()
    failing.bear_any_sign()
    try:
        try:
            return _main()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        failing.hush()
        return REFUSED


def _main() -> int:
    args = _parser().parse_args()
    try:
        return int(args.command(args) or 0)
    except Declined as declined:
        return tell_declined(declined)
    except OutdatedError as error:
        return tell_declined(Declined(str(error), Step("먼저 새 버전으로 바꾸려면", "migrate")))
    except (SettingsError, DatabaseError, UnreadableFile) as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        _refuse("\n멈추었습니다.")
        return STOPPED
    except BrokenPipeError:
        raise
    except (OSError, sqlite3.Error, DBAPIError, UnicodeEncodeError) as error:
        if said := failing.words(error):
            return _refuse(said)
        raise


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return REFUSED


def _parser() -> Parser:
    speak_korean()
    parser = Parser(prog=program(), description="배움톡: 강좌를 알리고 신청을 받는 챗봇")
    parser.add_argument("--version", action=Version, nargs=0, help="프로그램과 데이터베이스의 버전을 보여 줍니다")
    added = parser.add_subparsers(required=True, metavar="명령")
    for group, abouts in commands.GROUPS.items():
        for name, about in abouts.items():
            added.add_parser(name, help=about, description=about).declare = partial(_declare, added, group)
    return parser


class Version(argparse.Action):
    """Nothing is looked up before somebody asks."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        print(f"baeumtok {metadata.version('baeumtok')} (데이터베이스 {schema.newest()})")
        parser.exit()


def _declare(added: "argparse._SubParsersAction[Parser]", group: str) -> None:
    commands.load(group).add_to(added)


if __name__ == "__main__":
    sys.exit(main())

"""The command baeumtok: reads what was typed and hands it to its command."""

import argparse
import errno
import os
import sqlite3
import sys
from typing import NoReturn

from sqlalchemy.exc import DBAPIError

from bot.checks import ailing
from bot.commands import GROUPS
from bot.commands.command import REFUSED, WRONG_USE, tell_declined
from bot.commands.typed import program
from bot.settings import SettingsError
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Step
from handlers.staff.files.rows import UnreadableFile
from storage.database import DatabaseError, OutdatedError

_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"명령을 잘못 쓰셨습니다: {message}\n사용법은 {self.prog} --help로 볼 수 있습니다.\n")


def main() -> int:
    os.umask(0o077)  # whatever is written may hold names: it is for who writes it alone
    args = _parser().parse_args()
    try:
        return int(args.command(args) or 0)
    except Declined as declined:
        return tell_declined(declined)
    except OutdatedError as error:
        return tell_declined(Declined(str(error), Step("먼저 새 버전으로 바꾸려면", "migrate")))
    except (SettingsError, DatabaseError, UnreadableFile) as error:
        print(error, file=sys.stderr)
        return REFUSED
    except (DBAPIError, sqlite3.Error, OSError) as error:
        if not (sentence := _sentence(error)):
            raise
        print(f"{sentence}.", file=sys.stderr)
        return REFUSED


def _sentence(error: Exception) -> str:
    """What an operator can mend; "" of what is a bug of ours."""
    if isinstance(error, OSError):
        return "디스크가 가득 차서 쓰지 못했습니다. 자리를 비우고 다시 해 주세요" if error.errno in _FULL else ""
    return ailing.sentence(error)


def _parser() -> Parser:
    parser = Parser(prog=program(), description="배움톡: 강좌를 알리고 신청을 받는 챗봇")
    commands = parser.add_subparsers(required=True, metavar="명령")
    for group in GROUPS:
        group.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())

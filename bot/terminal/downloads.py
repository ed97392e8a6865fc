"""Lists that leave as files: of people only for a purpose, and with `downloads.protect` behind a password.

The purpose stands in the journal before there is a file; the password stands nowhere but on the terminal, once.
"""

import argparse
from pathlib import Path

from bot.settings import Settings
from bot.terminal.asking import answer, can_ask
from bot.terminal.writing import refuse_taken, write_file
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.purposes import read_purpose
from handlers.staff.desk.told import Told
from handlers.staff.reports import lists, locked

EXAMPLE = '--purpose "수료증 발송"'
QUESTION = (
    "사람의 정보가 든 파일입니다. 무엇에 쓰시나요? 본인이 볼 수 있으니 이름은 빼고 적어 주세요. (예: 수료증 발송) "
)


class Download:
    """A list on its way into a file; refused at once where the file can't be made."""

    def __init__(self, args: argparse.Namespace, settings: Settings) -> None:
        self._path: Path = args.output
        self._make = lists.maker(self._path)
        self._force: bool = args.force
        self._given: str = args.purpose
        self._protect = settings.downloads.protect
        self._tells_of_people = False
        refuse_taken(self._path, self._force)

    @property
    def kind(self) -> str:
        return self._path.suffix.lower()

    def purpose(self) -> str:
        """Asked for because the list tells of people."""
        self._tells_of_people = True
        if self._protect and self.kind not in locked.KINDS:
            kinds = "·".join(locked.KINDS)
            raise Declined(
                f"{self._path}: downloads.protect를 켜 두어 사람의 정보는 비밀번호로 잠근 {kinds} 파일로만 적습니다. "
                f"{self.kind} 파일은 잠글 수 없습니다. 파일 이름을 고쳐 주세요."
            )
        written = self._given or (answer(QUESTION) if can_ask() else "")
        if purpose := read_purpose(written):
            return purpose
        raise Declined(
            f"{self._path}: 사람의 정보가 든 파일이라 만들지 않았습니다. 목적을 함께 적어 주세요. 예: {EXAMPLE}"
        )

    def write(self, told: Told) -> Told:
        """The file, and what to tell of it."""
        content = self._make(told)
        title = f"{self._path} 에 {lists.count(told)}줄을 적었습니다."
        if not self._tells_of_people:
            write_file(self._path, content, self._force)
            return Told(title)
        private = "개인정보가 들어 있습니다. 다 쓰면 지워 주세요."
        if not self._protect:
            write_file(self._path, content, self._force)
            return Told(title, notes=(private,))
        password = locked.new_password()
        write_file(self._path, locked.lock(content, password), self._force)
        told_once = f"비밀번호: {password}  (지금 한 번만 보여 드립니다. 파일과 다른 길로 전해 주세요.)"
        return Told(title, facts=(told_once,), notes=(private,))

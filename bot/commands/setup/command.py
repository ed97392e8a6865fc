"""Setting the service up on a bare machine: setup asks, tries each answer, and makes nothing before all is answered."""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from bot import settings
from bot.commands.setup.answers import YES, Back, foreseen, is_yes
from bot.commands.setup.draft import Draft
from bot.commands.setup.questions import QUESTIONS, Question
from bot.settings import SettingsError
from bot.terminal.asking import ask, can_ask, say
from bot.terminal.command import REFUSED, WRONG_USE, Commands, add, tell
from bot.terminal.writing import refuse_taken, why
from handlers.staff.desk.declined import Declined

TOKEN = "telegram-token-file"  # noqa: S105
FROM_STDIN = "-"


def add_to(commands: Commands) -> None:
    each = add(commands, "setup", set_up)
    for question in QUESTIONS:
        about = question.help or question.asks
        if question.is_yes_or_no:
            each.add_argument(f"--{question.flag}", action="store_true", help=about)
        else:
            each.add_argument(f"--{question.flag}", default="", metavar=question.called, help=about)
    each.add_argument("--yes", action="store_true", help="묻지 않고 바로 합니다. 적지 않은 것은 기본값을 씁니다")
    each.add_argument("--force", action="store_true", help="이미 있는 설정을 고칩니다. 지금 파일은 옆에 남습니다")


def set_up(args: argparse.Namespace) -> int:
    draft, given = _begun(args.config, args.force), _given(args)
    is_asking = can_ask() and not args.yes
    missing = [] if is_asking else _missing(draft, given) + ["--yes"] * (not args.yes)
    if missing:
        print(f"빠진 것이 있습니다. 함께 적어 주세요: {', '.join(missing)}", file=sys.stderr)
        return WRONG_USE
    if is_asking:
        say(
            "몇 가지를 여쭙겠습니다. Enter를 누르면 [ ] 안의 것으로 합니다. Ctrl-C로 그만두면 아무것도 남지 않습니다.\n"
        )
    draft = _answered(draft, given, is_asking)
    if is_asking and not _is_confirmed(draft):
        say("그만두었습니다. 아무것도 바꾸지 않았습니다.")
        return REFUSED
    from bot.commands.setup import beginning  # here, as it takes long to load

    return tell(beginning.begin(draft))


def _begun(path: Path, force: bool) -> Draft:
    """What is asked about: a new file, or one that is there and can be read. Raises Declined and SettingsError."""
    if path.is_file() and not force:
        raise Declined(
            f"{path}: 이미 있는 설정이라 그대로 두었습니다. 고치려면 --force를 붙여 주세요. "
            "지금 값이 기본이 되고, 지금 파일은 옆에 남습니다."
        )
    refuse_taken(path, force)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        missing = PermissionError() if path.parent.exists() else FileNotFoundError()
        raise Declined(f"{path}: 설정을 쓸 수 없습니다. {why(path, missing)}")
    if not path.exists():
        return _with_key_file(Draft(path))
    settings.load(path)
    return _with_key_file(Draft(path, path.read_text(encoding="utf-8-sig")))


def _with_key_file(draft: Draft) -> Draft:
    """Where the environment says where the key is, the file says so too."""
    file = draft.found("key_file")
    return draft.answered("key_file", value=file) if file else draft


def _given(args: argparse.Namespace) -> dict[str, str]:
    """The answers that were typed with the command. Raises Declined."""
    typed = {question.flag: getattr(args, question.flag.replace("-", "_")) for question in QUESTIONS}
    given = {flag: YES if value is True else str(value) for flag, value in typed.items() if value}
    if TOKEN in given:
        given[TOKEN] = _read(given[TOKEN])
    return given


def _read(file: str) -> str:
    try:
        return (sys.stdin.read() if file == FROM_STDIN else Path(file).read_text(encoding="utf-8")).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Declined(f"{file}: 토큰을 읽을 수 없습니다. 토큰만 적은 파일의 이름을 적어 주세요.") from error


def _missing(draft: Draft, given: Mapping[str, str]) -> list[str]:
    draft = foreseen(draft, given)
    left = [question for question in QUESTIONS if question.flag not in given and question.stands(draft) is None]
    return [f"--{question.flag}" for question in left if question.applies(draft)]


def _answered(draft: Draft, given: Mapping[str, str], is_asking: bool) -> Draft:
    """All answers, each of them tried; who can't be asked is refused the first that won't do."""
    flags, left, at = [question.flag for question in QUESTIONS], dict(given), 0
    while at < len(QUESTIONS):
        question = QUESTIONS[at]
        try:
            draft, told = _taken(question, draft, left.pop(question.flag, None), is_asking)
        except (Declined, SettingsError) as wrong:
            if not is_asking:
                raise Declined(f"--{question.flag}: {wrong}") from wrong
            say(f"  {wrong}")
            at = flags.index(wrong.flag if isinstance(wrong, Back) else question.flag)
            continue
        if told:
            say(f"  {told}")
        at += 1
    return draft


def _taken(question: Question, draft: Draft, given: str | None, is_asking: bool) -> tuple[Draft, str]:
    if not question.applies(draft):
        if given and question.needs:
            raise Declined(question.needs)
        return draft, ""
    stands = question.stands(draft)
    if given is None and is_asking:
        hint = f" [{question.shown(stands)}]" if stands else ""
        given = ask(f"{question.asks}{hint}: ", question.is_secret)
    if not given and stands is None:
        raise Declined("비워 둘 수 없습니다. 적어 주세요.")
    return question.take(draft, given or stands or "")


def _is_confirmed(draft: Draft) -> bool:
    account = f", 담당자 계정({draft.login})" if draft.login else ""
    say(f"\n{draft.path}에 설정을 적고, 없는 것을 만듭니다: 열쇠, 데이터베이스{account}")
    while True:
        try:
            return is_yes(ask(f"그대로 할까요? (예/아니요) [{YES}]: ") or YES)
        except Declined as wrong:
            say(f"  {wrong}")

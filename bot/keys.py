"""The key that seals what nobody may read in the database: a file beside the settings, never in the database."""

import os
import secrets
from pathlib import Path

from bot.settings import SettingsError
from storage.sealing import KEY_BYTES, Seal


def seal(path: Path) -> Seal:
    """The seal of a key file, which is made where there is none. Raises SettingsError."""
    try:
        if not path.exists():
            _make(path)
        return Seal(bytes.fromhex(path.read_text(encoding="ascii")))
    except (ValueError, UnicodeDecodeError) as error:
        raise SettingsError(f"key_file: 열쇠 파일이 아닙니다: {path}. 처음의 파일을 되돌려 놓아 주세요.") from error
    except OSError as error:
        raise SettingsError(f"key_file: 열쇠 파일을 쓰거나 읽을 수 없습니다: {path} ({error.strerror})") from error


def _make(path: Path) -> None:
    """Whole or not at all, and only the first of several processes that start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(KEY_BYTES)}\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()

"""What officers do to sign in: the link, the password, and the code of the phone or a key."""

import base64
import json
import re
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from handlers.staff.desk import acts
from handlers.staff.desk.desk import Desk
from handlers.staff.officers import accounts as making
from tests.support.console.counter import AtDesk
from tests.support.domain import SETTINGS, School

PASSWORD = "가을 하늘 은 높고 파랗다"


async def link_of(school: School, login: str = "kim", role: str = "officer") -> str:
    """The path of the one-time link of a new account."""
    desk = Desk(SETTINGS.to_organization(), school.now)
    words = {"login": login, "name": f"{login[0]}담당" if login != "kim" else "김담당", "role": role}
    told = await school.database.write(lambda tx: acts.perform(tx, desk, making.ADD, words))
    found = re.search(r"/desk/begin/\S+", told.facts[0])
    assert found
    return found[0]


def code_of(secret: str, at: datetime) -> str:
    key = base64.b32decode(secret.replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8))
    return TOTP(key, 6, SHA1(), 30, enforce_key_length=False).generate(int(at.timestamp())).decode()


async def begins(visitor: AtDesk, link: str, school: School, password: str = PASSWORD) -> str:
    """The secret of the codes, as the page shows it to who can't take its picture."""
    await visitor.opens(link)
    secret = next(iter(visitor.page.all("code"))).label
    code = code_of(secret, school.now)
    await visitor.presses("시작하기", password=password, repeated=password, code=code)
    return secret


async def signs_in(visitor: AtDesk, password: str, code: str, login: str = "kim") -> str:
    await visitor.opens("/desk/sign-in")
    return await visitor.presses("로그인", login=login, password=password, code=code)


def options(visitor: AtDesk) -> dict[str, Any]:
    """What the page that was opened asks a key for."""
    asking = next(each for each in visitor.page.all("form") if "data-options" in each.attributes)
    found: dict[str, Any] = json.loads(asking.attributes["data-options"])
    return found

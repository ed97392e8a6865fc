"""An officer with a password, a phone that shows codes, and a device that holds a key."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.support.console.authenticator import Authenticator
from tests.support.console.counter import AtDesk, Counter
from tests.support.console.signing import PASSWORD, begins, code_of, link_of, options, signs_in
from tests.support.domain import School

ME = "/desk/me"


@dataclass
class Owner:
    school: School
    counter: Counter
    browser: AtDesk
    login: str
    secret: str
    key: Authenticator

    def code(self) -> str:
        """Each is good once."""
        self.school.now += timedelta(minutes=1)
        return code_of(self.secret, self.school.now)

    async def signs_in(self, browser: AtDesk | None = None) -> str:
        return await signs_in(browser or self.browser, PASSWORD, self.code(), self.login)

    async def asks(self, browser: AtDesk, password: str = PASSWORD) -> dict[str, Any]:
        """What a key is to sign after the password, in this browser."""
        await browser.sends("/desk/sign-in", {"login": self.login, "password": password, "by": "key"})
        return options(browser)

    async def answers(self, browser: AtDesk, answer: str) -> bool:
        """Whether that signs somebody in."""
        await browser.sends("/desk/sign-in/key", {"answer": answer})
        return "모두 로그아웃" in browser.text

    async def uses_key(self, browser: AtDesk) -> bool:
        return await self.answers(browser, self.key.signs(await self.asks(browser)))

    async def asks_to_add(self, name: str = "사무실", browser: AtDesk | None = None) -> dict[str, Any]:
        browser = browser or self.browser
        proof = {"password": PASSWORD, "code": self.code()}
        await browser.sends(ME, {"do": "key", "name": name, **proof})
        return options(browser)

    async def adds(self, answer: str, name: str = "사무실", browser: AtDesk | None = None) -> str:
        return await (browser or self.browser).sends(ME, {"do": "add-key", "name": name, "answer": answer})


async def begun(counter: Counter, school: School, login: str = "kim", role: str = "officer") -> Owner:
    """Somebody who has just opened their link."""
    browser = counter.visitor()
    secret = await begins(browser, await link_of(school, login, role), school)
    return Owner(school, counter, browser, login, secret, Authenticator())


async def keyed(counter: Counter, school: School, login: str = "kim", role: str = "officer") -> Owner:
    """The same, with a key."""
    owner = await begun(counter, school, login, role)
    await owner.adds(owner.key.makes(await owner.asks_to_add()))
    return owner

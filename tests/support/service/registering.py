"""A resident who registers step by step and insists on the screen that each step must bring."""

import asyncio
import contextlib
from collections.abc import Sequence

from tests.support.botapi import Message, Person
from tests.support.waiting import PATIENCE

Step = tuple[str, str]  # what is typed, or a [label] that is pressed; and words of the screen that must follow

CONFIRMED, WAITING, FULL = "신청이 접수되었습니다", "번으로 접수되었습니다", "모두 찼어요"
SUMMARY = "적어 주신 내용이에요"
ENROLL = "[신청하기|대기 신청하기]"
OUTCOMES = (CONFIRMED, WAITING, FULL)


def steps_to_the_summary(course_id: int, name: str, mobile: str) -> Sequence[Step]:
    """One step back, and a dong that might be a name too: an effect too many leads astray."""
    return (
        (f"/start c{course_id}-from-flyer", "신청할 수 있어요|대기 신청을 할 수 있어요"),
        (ENROLL, "외국에 있는 텔레그램 서버"),
        ("[텔레그램으로 계속]", "개인정보를 모읍니다"),
        ("[동의하고 계속]", "어느 동에"),
        ("[청구동]", "이름을 적어"),
        ("[뒤로]", "어느 동에"),
        ("명동", "이름을 적어"),
        (name, "태어난 해를 적어"),
        ("1983", "휴대전화 번호를 적어"),
        (mobile, SUMMARY),
    )


class Registering:
    """`outcome` is one of OUTCOMES at the end; `submitted` the update by which the seat was asked for."""

    def __init__(self, person: Person, course_id: int, name: str, mobile: str, patience: float = PATIENCE) -> None:
        self.person = person
        self.outcome = ""
        self.submitted = 0
        self._steps = steps_to_the_summary(course_id, name, mobile)
        self._patience = patience

    async def registers(self) -> str:
        await self.fills_in()
        return self.outcome or await self.submits()

    async def fills_in(self, is_known: bool = False) -> None:
        """Up to the summary, or until the course is told to be full; who is known isn't asked."""
        for words, follows in (self._steps[0], (ENROLL, SUMMARY)) if is_known else self._steps:
            shown = await self.takes(words, f"{follows}|{FULL}")
            if FULL in shown:
                self.outcome = FULL
                return

    async def submits(self) -> str:
        shown = await self.takes("[이대로 신청하기]", "|".join(OUTCOMES))
        self.submitted = self.last_update
        self.outcome = next(outcome for outcome in OUTCOMES if outcome in shown)
        return self.outcome

    async def takes(self, words: str, follows: str) -> str:
        """Say or press it, and wait for a screen that holds one of the words, whatever else comes before.

        Who is told that a press was too soon presses again.
        """
        seen, toasts = len(self.person.chat.shown), len(self.person.chat.toasts)
        self.last_update = await self._does(words)
        fragments = follows.split("|")
        try:
            async with asyncio.timeout(self._patience):
                while not (found := _holding(self._shown_since(seen), fragments)):
                    await self._stirs()
                    if len(self.person.chat.toasts) > toasts:
                        toasts, self.last_update = toasts + 1, await self._does(words)
        except TimeoutError:
            newest = [message.text[:60] for message in self._shown_since(seen)]
            raise AssertionError(f"{self.person.name}: after «{words}» no «{follows}» but {newest}") from None
        return found

    def _shown_since(self, seen: int) -> list[Message]:
        """A reply that was sent twice may have put there already what a tap leads to: then nothing changes."""
        chat, tap = self.person.chat, self.person.api.ledger.entries[self.last_update]
        unchanged = [chat.messages[tap.message_id]] if tap.callback_id and tap.replies else []
        return chat.shown[seen:] + unchanged

    async def _stirs(self) -> None:
        self.person.chat.stirred.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.person.chat.stirred.wait(), 0.5)

    async def _does(self, words: str) -> int:
        if not words.startswith("["):
            return await self.person.says(words)
        labels = words[1:-1].split("|")
        shown = {label for message in self.person.messages for label in message.labels}
        return await self.person.presses(next((label for label in labels if label in shown), labels[0]))


def _holding(messages: Sequence[Message], fragments: Sequence[str]) -> str:
    texts = (message.text for message in messages)
    return next((text for text in texts if any(fragment in text for fragment in fragments)), "")

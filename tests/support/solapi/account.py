"""An account at the dealer: its money, its templates, what was sent with it, and what became of that."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

ALIMTALK_PRICE, TEXT_PRICE = 13, 18
VARIABLE = re.compile(r"#\{[^{}]+\}")


@dataclass
class Template:
    id: str
    name: str
    content: str
    status: str = "APPROVED"
    channel: str = ""
    created: str = "2026-11-01T00:00:00.000Z"

    def told(self) -> dict[str, Any]:
        return {
            "templateId": self.id,
            "name": self.name,
            "content": self.content,
            "status": self.status,
            "channelId": self.channel,
            "messageType": "BA",
            "emphasizeType": "NONE",
            "buttons": [],
            "dateCreated": self.created,
            "dateUpdated": self.created,
        }


@dataclass
class Message:
    id: str
    group: str
    to: str
    template: str
    text: str
    custom: dict[str, str]
    created: datetime
    text_follows: bool  # where it can't come in KakaoTalk
    code: str = "2000"
    type: str = "ATA"

    def told(self) -> dict[str, Any]:
        return {
            "messageId": self.id,
            "groupId": self.group,
            "type": self.type,
            "to": self.to,
            "statusCode": self.code,
            "customFields": self.custom,
            "replacement": self.type != "ATA",
            "kakaoOptions": {"templateId": self.template},
            "dateCreated": self.created.isoformat(),
            "networkCode": None,
            "reason": None,
        }


@dataclass
class Account:
    """`not_on_kakao` and `failing` are of numbers: what becomes of messages to them."""

    channel: str
    now: Callable[[], datetime]
    balance: float = 100_000.0
    point: float = 0.0
    senders: set[str] = field(default_factory=set)  # registered numbers
    templates: dict[str, Template] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    not_on_kakao: set[str] = field(default_factory=set)
    failing: dict[str, str] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    charged: dict[str, int] = field(default_factory=dict)  # by message
    _numbers: Any = field(default_factory=lambda: count(1))

    @property
    def arrived(self) -> list[Message]:
        return [each for each in self.messages.values() if each.code == "4000"]

    @property
    def spent(self) -> int:
        return sum(self.charged.values())

    def offers(self, name: str, content: str, status: str = "APPROVED", **how: Any) -> Template:
        template = Template(f"KA01TP{next(self._numbers):026}", name, content, status, self.channel, **how)
        self.templates[template.id] = template
        return template

    def group(self) -> str:
        return f"G4V{self.now():%Y%m%d%H%M%S}{next(self._numbers):012}"

    def register(self, said: dict[str, Any], group: str, seen: set[str], duplicates: bool) -> Message | str:
        """The message, or the code with which it is refused."""
        kakao = said["kakaoOptions"]
        template = self.templates.get(kakao["templateId"])
        wants_text = not kakao.get("disableSms", False)
        if code := self._refusal(said, template, wants_text):
            return code
        if said["to"] in seen and not duplicates:
            return "1026"
        if self.balance + self.point < ALIMTALK_PRICE:
            return "1030"
        assert template
        text = VARIABLE.sub(lambda found: kakao.get("variables", {})[found[0]], template.content)
        if len(text) > 1000:
            return "1031"
        seen.add(said["to"])
        message_id, custom = f"M4V{self.now():%Y%m%d%H%M%S}{next(self._numbers):012}", said.get("customFields", {})
        made = Message(message_id, group, said["to"], template.id, text, custom, self.now(), wants_text)
        self.messages[message_id] = made
        self._charge(made, ALIMTALK_PRICE)
        return made

    def advance(self) -> list[Message]:
        """Everything on its way goes one step: what failed in KakaoTalk leaves as a text only at the next one."""
        moved = []
        for each in self.messages.values():
            if each.code in ("2000", "3000"):
                each.code = self._outcome(each)
                if each.code != "4000":
                    self._charge(each, 0)
                moved.append(each)
            elif each.code == "3104" and each.text_follows and each.type == "ATA":
                each.type, each.code = "LMS", "4000"
                self._charge(each, TEXT_PRICE)
                moved.append(each)
        return moved

    def _outcome(self, message: Message) -> str:
        if self.templates[message.template].status != "APPROVED":
            return "3105"
        return self.failing.get(message.to, "3104" if message.to in self.not_on_kakao else "4000")

    def _refusal(self, said: dict[str, Any], template: Template | None, wants_text: bool) -> str:
        kakao = said["kakaoOptions"]
        if kakao["pfId"] != self.channel:
            return "1041"
        if template is None or template.status != "APPROVED" or template.channel != self.channel:
            return "1042"
        given = kakao.get("variables", {})
        if any(not given.get(each) for each in VARIABLE.findall(template.content)):
            return "1043"
        if said["to"] in self.blocked:
            return "1060"
        if (wants_text or "from" in said) and said.get("from") not in self.senders:
            return "1062"
        return ""

    def _charge(self, message: Message, price: int) -> None:
        self.balance += self.charged.get(message.id, 0) - price
        self.charged[message.id] = price

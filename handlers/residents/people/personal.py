"""Questions that several forms share: consents, each apart, and what we need to know of a person."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from handlers.dialogue.chat import Chat, Refused, Step
from handlers.dialogue.forms.form import Answers, Choice, Question
from handlers.dialogue.reply import Button
from handlers.language import answers, names, phones
from handlers.language.days import years
from handlers.language.letters.spelling import compact
from handlers.residents.people import consents, living

SAME = "same"
OF_ANOTHER = ("dong", "name", "birth_year", "mobile")
ELSEWHERE = "elsewhere"
TIES = ("works", "studies", "none")
TARGETS = ("returning", "none")

_NO_GROUP = ("없", "해당없", "해당안")
_YEAR = r"(?:만\s*)?'?\d{2,4}(?:년|[-./])?(?:\s*\d{1,2}(?:월|[-./])?(?:\s*\d{1,2}일?)?)?\s*(?:년?생|세|살)?"
_MOBILE = r"(?:\+82|0)1[\d\s.-]{8,13}"
_WITH_MORE = re.compile(
    rf"(?P<name>\D*?[^\W\d_][^\d']*?)[\s,/·]+(?P<year>{_YEAR})?[\s,/·]*(?P<mobile>{_MOBILE})?"
    "(?:입니다|이에요|예요|이요|요|[.])?"
)


def purposes(chat: Chat, purpose: str) -> list[str]:
    """What has to be agreed to before personal data are asked for here."""
    return ["abroad", purpose] if chat.traits.stores_abroad else [purpose]


def given(chat: Chat, asked: Sequence[str]) -> Answers:
    """Consents that needn't be asked for again; of somebody who has no name yet it may have been another's."""
    if chat.speaker and chat.resident.name is None:
        return {}
    return {purpose: "yes" for purpose in asked if consents.holds(chat, purpose)}


def consent_question(chat: Chat, purpose: str, start: str, *steps: Step) -> Question:
    """`start` is the start parameter that leads to the same form in the web chat, `steps` what else can be done.

    Both answers are as easy to give, and stand apart; who hits the wrong one is a press away from the question.
    """
    of = "of_another" if chat.speaker else purpose
    agree, decline = chat.text(f"consent.{of}.agree"), chat.text(f"consent.{of}.decline")
    choices = (Choice("yes", agree), Choice("no", decline, stands_apart=True))
    links = (Button(chat.text("labels.web_chat"), url=f"{chat.organization.public_url}/?start={start}"),)
    parse = partial(_decide, chat, purpose, choices, steps)
    text = consents.wording(chat, purpose)
    return Question(purpose, text, parse, choices, links=links if purpose == "abroad" else (), is_binding=True)


def _decide(chat: Chat, purpose: str, choices: tuple[Choice, ...], steps: Sequence[Step], text: str) -> str:
    try:
        is_given = answers.one_of([(choice.value, choice.label) for choice in choices])(text) == "yes"
    except answers.Unparsed:
        is_given = answers.agreement(text)
    consents.record(chat, purpose, is_given)
    if not is_given:
        raise Refused(f"consent.{purpose}.declined", *steps)
    return "yes"


def question(
    chat: Chat, name: str, parse: Callable[[str], Any], choices: list[tuple[str, str]] | None = None, **more: Any
) -> Question:
    chosen = tuple(Choice(value, label) for value, label in choices or ())
    labels = {choice.value: choice.label for choice in chosen}
    show = more.pop("show", lambda value: labels.get(value, str(value)))
    return Question(name, asked(chat, name), parse, chosen, chat.text(f"ask.{name}_label"), show, **more)


def asked(chat: Chat, name: str) -> str:
    """How it is asked, of whoever speaks or of somebody else."""
    return chat.text(f"ask.{name}_of_another" if chat.speaker and name in OF_ANOTHER else f"ask.{name}")


def choice_question(chat: Chat, name: str, choices: list[tuple[str, str]]) -> Question:
    return question(chat, name, answers.one_of(choices), choices)


def name_question(chat: Chat, *ways: Button, with_more: bool = False) -> Question:
    """Whoever writes the year of birth and the number beside the name isn't asked for them again."""
    asked = question(chat, "name", names.person_name, links=ways, is_loose=True)
    if not with_more:
        return asked
    text = asked.text if chat.speaker else chat.text("ask.name_and_year")
    return replace(asked, text=text, parts=partial(_parts, chat.today))


def _parts(today: date, text: str) -> list[tuple[str, str]]:
    """홍길동 1983 010-0000-0000: the name, and what follows it as far as it can be read."""
    found = _WITH_MORE.fullmatch(text.strip())
    rest = found and {"birth_year": found["year"], "mobile": found["mobile"]}
    readers: dict[str, Callable[[str], Any]] = {"birth_year": years.birth_year(today, 0), "mobile": phones.mobile}
    more = [(name, said) for name, said in (rest or {}).items() if said]
    try:
        for name, said in more:
            readers[name](said)
    except answers.Unparsed:
        return [("name", text)]
    return [("name", found["name"] if found and more else text), *more]


def mobile_question(chat: Chat) -> Question:
    """For somebody else it may be the number of whoever speaks; their own contact would prove that it is."""
    ask = partial(question, chat, "mobile", show=phones.print_mobile)
    if chat.speaker is None:
        return ask(phones.mobile, own_number=chat.text("labels.own_number"))
    same = [(SAME, chat.text("labels.same_number"))] if chat.speaker.mobile else []
    return ask(partial(_number, chat.speaker.mobile, same), same)


def _number(speakers: str | None, same: list[tuple[str, str]], text: str) -> str:
    with suppress(answers.Unparsed):
        if speakers and answers.one_of(same)(text) == SAME:
            return speakers
    return phones.mobile(text)


def birth_year_question(chat: Chat, parse: Callable[[str], int]) -> Question:
    return question(chat, "birth_year", parse, show=lambda year: chat.text("ask.year", year=year))


def dong_question(chat: Chat) -> Question:
    here = chat.organization
    dongs = [(name, here.called(name, chat.language)) for name in here.dongs]
    choices = [*dongs, (ELSEWHERE, chat.text("dong.elsewhere"))]
    return question(chat, "dong", partial(living.dong, here, ELSEWHERE, choices), choices)


def tie_question(chat: Chat) -> Question:
    """Of those who live elsewhere."""
    ties = [(value, chat.text(f"tie.{value}")) for value in TIES]
    show = {value: chat.text(f"tie_told.{value}") for value in TIES}.__getitem__
    lives_elsewhere = {"asked": lambda answers: answers.get("dong") == ELSEWHERE}
    return question(chat, "tie", answers.one_of(ties), ties, show=show, **lives_elsewhere)


def target_question(chat: Chat) -> Question:
    choices = [(value, chat.text(f"target.{value}")) for value in TARGETS]
    shown = {"returning": chat.text("target.is_returning"), "none": chat.text("target.is_none")}
    return question(chat, "target", partial(_target, choices), choices, show=shown.__getitem__)


def _target(choices: list[tuple[str, str]], text: str) -> str:
    if compact(text).startswith(_NO_GROUP):
        return "none"
    try:
        return str(answers.one_of(choices)(text))
    except answers.Unparsed:
        return "returning" if answers.agreement(text) else "none"

"""Texts to begin with: some that come with the program, and those that officers keep."""

from collections.abc import Sequence
from typing import Any

from handlers.language import phones
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.files.cells import Wrong, line, passage
from storage.audit import scopes
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.notices import templates
from storage.notices.templates import Template

STANDARD = (
    Template(
        "준비물 안내",
        "첫 수업에 ○○○을 가져와 주세요.\n재료비 ○○○원은 첫 수업 날 강의실에서 내시면 돼요.",
        "Please bring ○○○ to the first class.\nThe material fee of ○○○ won is paid in class on the first day.",
    ),
    Template(
        "장소 안내",
        "○월 ○일 수업은 ○○○에서 해요.\n오시는 길: ○○○\n늦지 않게 와 주세요.",
        "The class on ○ is held at ○○○.\nHow to get there: ○○○",
    ),
    Template(
        "휴강 안내",
        "○월 ○일 수업은 ○○○ 때문에 쉬어요. 보강은 ○월 ○일 ○시예요.\n불편을 드려 죄송합니다.",
        "There is no class on ○ because of ○○○. It is made up for on ○ at ○.\nWe are sorry for the trouble.",
    ),
    Template(
        "수료증 안내",
        "수료증이 나왔어요. ○월 ○일부터 ○○○에서 받으실 수 있어요. 신분증을 가져와 주세요.",
        "Your certificate is ready. Please collect it at ○○○ from ○ on, and bring your ID.",
    ),
    Template(
        "새 과정 안내",
        "○월 ○일부터 ‘○○○’ 과정 신청을 받아요. 배우신 것을 이어서 배울 수 있어요.",
        "From ○ on you can register for “○○○”, with which you can go on from what you learnt.",
    ),
)


def all_of_them(tx: Transaction) -> list[Template]:
    return [*STANDARD, *templates.all_of_them(tx)]


def find(tx: Transaction, name: str) -> Template:
    found = next((each for each in all_of_them(tx) if each.name == name.strip()), None)
    if found is None:
        raise Declined(f"‘{name}’: 이런 서식이 없습니다.", Step("서식을 보려면", "message-templates"))
    return found


def show(tx: Transaction, _: Desk) -> Told:
    own = {each.name for each in templates.all_of_them(tx)}
    rows = tuple((each.name, "우리 것" if each.name in own else "기본") for each in all_of_them(tx))
    details = tuple(tuple((text,) for text in each.text.split("\n")) for each in all_of_them(tx))
    step = Step("새로 적어 두려면", "message-templates", {"save": "이름", "text": "글"})
    return Told("메시지 서식입니다.", tables=(Table(rows, details=details),), steps=(step,))


def save(tx: Transaction, desk: Desk, name: str, text: str, text_en: str = "") -> Told:
    """Add one, or change the one of this name; what comes with the program stays as it is."""
    template = Template(_read(name, "이름"), _read(text, "글"), _read(text_en, "영어 글"))
    if not template.name or not template.text:
        raise Declined("서식의 이름과 글을 적어 주세요.")
    if template.name in (each.name for each in STANDARD):
        raise Declined(f"‘{template.name}’: 기본 서식의 이름입니다. 다른 이름을 적어 주세요.")
    templates.save(tx, template, desk.now)
    return Told(f"‘{template.name}’: 서식을 {desk.done('적어 두었습니다', '적어 둡니다')}.")


def drop(tx: Transaction, desk: Desk, name: str) -> Told:
    if not templates.drop(tx, find(tx, name).name):
        raise Declined(f"‘{name}’: 기본 서식은 지울 수 없습니다.")
    return Told(f"‘{name.strip()}’: 서식을 {desk.done('지웠습니다', '지웁니다')}.")


def _read(text: str, of: str) -> str:
    try:
        written = line(text, 40) if of == "이름" else passage(text)
    except Wrong as error:
        raise Declined(f"{of}: {error}") from error
    if phones.contains_mobile(written):
        raise Declined(f"{of}: 휴대전화 번호는 적어 둘 수 없습니다. 대표번호를 적어 주세요.")
    return written


def _of(_: Transaction, __: Desk, name: str, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return scopes.of_templates([name.strip()]), []


SAVE = acts.add(Act("message-template", "메시지 서식 적기", save, _of, repeats=True))
DROP = acts.add(Act("drop-message-template", "메시지 서식 지우기", drop, _of, repeats=True))

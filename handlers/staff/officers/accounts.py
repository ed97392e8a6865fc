"""Accounts of officers: made, given courses, reset and ended by the lead."""

import re
from collections.abc import Sequence
from datetime import timedelta

from handlers.language.letters.particles import with_particle
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.officers import deputies
from handlers.staff.officers.named import LISTED, locked
from handlers.staff.officers.roles import OF_OWN_COURSES, ROLES
from storage.database import Transaction
from storage.officers import accounts, challenges, devices, passkeys, sessions
from storage.officers.accounts import Account
from storage.states import Role
from storage.teaching import courses

LINK_LASTS = timedelta(hours=24)
LONGEST_NAME = 40
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,31}")


def show(tx: Transaction, desk: Desk) -> Told:
    everybody = accounts.everybody(tx)
    if not everybody:
        how = Step("첫 계정을 만들려면", "officers", {"add": "kim", "name": "이름", "role": "팀장"})
        return Told("아직 계정이 없습니다.", steps=(how,))
    rows = tuple(_row(tx, desk, each) for each in everybody)
    table = Table(rows, ("아이디", "이름", "역할", "강좌", "지금"))
    return Told("담당자 계정", tables=(table, *deputies.table(tx, desk)))


def _row(tx: Transaction, desk: Desk, one: Account) -> tuple[str, ...]:
    own = courses.with_ids(tx, sorted(accounts.courses_of(tx, one.id))) if one.role in OF_OWN_COURSES else []
    scope = ", ".join(course.code for course in own) if one.role in OF_OWN_COURSES else "모두"
    return one.login, one.name, ROLES[one.role], scope or "없음", state(desk, one)


def state(desk: Desk, one: Account) -> str:
    if one.ended_at:
        return f"{desk.moment(one.ended_at)}에 끝냄"
    if not one.is_ready:
        waits = one.link_until is not None and one.link_until > desk.now
        return "링크를 아직 열지 않음" if waits else "링크의 시간이 지남"
    return (
        f"{desk.moment(one.locked_until)}까지 새 브라우저에서 잠김"
        if one.locked_until and one.is_locked(desk.now)
        else "쓰는 중"
    )


def add(tx: Transaction, desk: Desk, login: str, name: str, role: str) -> Told:
    """A new account, and the link by which its owner begins to use it."""
    chosen = read_login(login)
    officer_id = accounts.add(tx, chosen, read_name(name), _role(role), desk.now)
    if officer_id is None:
        raise Declined(f"아이디 ‘{chosen}’: 이미 있는 아이디입니다. 다른 것을 적어 주세요.", LISTED)
    title = f"{read_name(name)} 님의 계정({chosen}, {ROLES[_role(role)]})을 {desk.done('만들었습니다', '만듭니다')}."
    return _with_link(tx, desk, title, officer_id)


def change(tx: Transaction, desk: Desk, login: str, name: str, role: str) -> Told:
    """Their name and role; they are signed out, as what they may has changed."""
    one = locked(tx, login)
    if one.role == "lead" and role != "lead":
        _check_another_lead(tx, one)
    accounts.change(tx, one.id, read_name(name), _role(role))
    sessions.end_all(tx, one.id)
    now = with_particle(f"{read_name(name)}, {ROLES[_role(role)]}", "으로/로")
    return Told(f"{one.login}: {now} {desk.done('고쳤습니다', '고칩니다')}.")


def reset(tx: Transaction, desk: Desk, login: str) -> Told:
    """For who lost the password or the phone: nothing of before is good any more, and a new link is."""
    one = locked(tx, login)
    accounts.forget_secrets(tx, one.id)
    _shut_out(tx, one)
    title = f"{one.name} 님({one.login})의 비밀번호, 인증 앱, 패스키를 {desk.done('지웠습니다', '지웁니다')}."
    return _with_link(tx, desk, title, one.id)


def end(tx: Transaction, desk: Desk, login: str) -> Told:
    """They are signed out at once; what they did stays in the journal under their name."""
    one = locked(tx, login)
    if one.role == "lead":
        _check_another_lead(tx, one)
    accounts.end(tx, one.id, desk.now)
    _shut_out(tx, one)
    return Told(f"{one.name} 님({one.login})의 계정을 {desk.done('끝냈습니다', '끝냅니다')}.")


def _shut_out(tx: Transaction, one: Account) -> None:
    """Wherever they are signed in or about to be, and whatever keys they hold."""
    sessions.end_all(tx, one.id)
    challenges.end_all(tx, one.id)
    passkeys.remove_all(tx, one.id)
    devices.forget_all(tx, one.id)


def give_courses(tx: Transaction, desk: Desk, login: str, codes: Sequence[str]) -> Told:
    """The courses that a provider or an instructor sees: these, and no others."""
    one = locked(tx, login)
    if one.role not in OF_OWN_COURSES:
        raise Declined(
            f"{one.name} 님({one.login}): {ROLES[one.role]}은 모든 강좌를 봅니다. 따로 정하지 않아도 됩니다."
        )
    found = [lookup.course(tx, code) for code in dict.fromkeys(codes)]
    accounts.give_courses(tx, one.id, [course.id for course in found])
    named = ", ".join(lookup.called(course) for course in found) or "없음"
    return Told(f"{one.name} 님({one.login})이 보는 강좌를 {desk.done('정했습니다', '정합니다')}: {named}")


def _with_link(tx: Transaction, desk: Desk, title: str, officer_id: int) -> Told:
    """Shown once: only its digest is kept."""
    if desk.is_preview:
        return Told(title)
    token = accounts.make_link(tx, officer_id, desk.now, LINK_LASTS)
    until = desk.moment(desk.now + LINK_LASTS)
    link = f"{desk.organization.public_url}/desk/begin/{token}"
    notes = (f"{until}까지 한 번 열 수 있습니다. 본인에게만 전해 주세요. 다시 볼 수 없습니다.",)
    return Told(title, facts=(f"시작하는 링크: {link}",), notes=notes)


def _check_another_lead(tx: Transaction, one: Account) -> None:
    """Somebody has to be able to make accounts."""
    others = [each for each in accounts.everybody(tx) if each.role == "lead" and not each.ended_at]
    if [each.id for each in others] == [one.id]:
        raise Declined(f"{one.name} 님({one.login}): 하나뿐인 팀장 계정입니다. 먼저 다른 팀장 계정을 만들어 주세요.")


def read_login(text: str) -> str:
    login = text.strip().casefold()
    if not _LOGIN.fullmatch(login):
        raise Declined(f"아이디 ‘{text}’: 영어 작은 글자로 시작해 글자와 숫자로 3~32자를 적어 주세요. 예: kim.jg")
    return login


def read_name(text: str) -> str:
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Declined(f"이름: {LONGEST_NAME}자까지 적어 주세요.")
    return name


def _role(text: str) -> Role:
    """By its word, as officers say it, or by its name."""
    for role, word in ROLES.items():
        if text.strip() in (role, word):
            return role
    raise Declined(f"역할 ‘{text}’: 이 가운데 하나를 적어 주세요: {', '.join(ROLES.values())}.")


ADD = acts.add(Act("add-officer", "계정 만들기", add))
CHANGE = acts.add(Act("change-officer", "계정 고치기", change, repeats=True))
RESET = acts.add(Act("reset-officer", "비밀번호, 인증 앱, 패스키 지우기", reset, repeats=True))
END = acts.add(Act("end-officer", "계정 끝내기", end))
GIVE_COURSES = acts.add(Act("give-courses", "보는 강좌 정하기", give_courses, repeats=True))

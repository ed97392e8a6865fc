"""Accounts of officers: made, given courses and deputies, reset and ended by the lead."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from handlers.language import dates
from handlers.language.letters.particles import with_particle
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.officers.roles import OF_OWN_COURSES, ROLES
from storage import courses
from storage.database import Transaction
from storage.officers import accounts, sessions
from storage.officers.accounts import Account
from storage.states import Role

LINK_LASTS = timedelta(hours=24)
LONGEST_NAME = 40
LONGEST_DEPUTY = timedelta(days=92)
LISTED = Step("계정을 모두 보려면", "officers")
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,31}")


def show(tx: Transaction, desk: Desk) -> Told:
    everybody = accounts.everybody(tx)
    if not everybody:
        how = Step("첫 계정을 만들려면", "officers", {"add": "kim", "name": "이름", "role": "팀장"})
        return Told("아직 계정이 없습니다.", steps=(how,))
    rows = tuple(_row(tx, desk, each) for each in everybody)
    table = Table(rows, ("아이디", "이름", "역할", "강좌", "지금"))
    return Told("담당자 계정", tables=(table, *_deputies(tx, desk, everybody)))


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
    return f"{desk.moment(one.locked_until)}까지 잠김" if one.locked_until and one.is_locked(desk.now) else "쓰는 중"


def _deputies(tx: Transaction, desk: Desk, everybody: Sequence[Account]) -> tuple[Table, ...]:
    names = {each.id: each.name for each in everybody}
    rows = tuple(
        (names[each.officer_id], names[each.deputy_id], _period(each.from_day, each.until_day))
        for each in accounts.deputies(tx, desk.today)
    )
    return (Table(rows, ("맡긴 분", "대신하는 분", "기간"), title="대신하는 분"),) if rows else ()


def add(tx: Transaction, desk: Desk, login: str, name: str, role: str) -> Told:
    """A new account, and the link by which its owner begins to use it."""
    chosen = login.strip().casefold()
    if not _LOGIN.fullmatch(chosen):
        raise Declined(f"아이디 ‘{login}’: 영어 작은 글자로 시작해 글자와 숫자로 3~32자를 적어 주세요. 예: kim.jg")
    officer_id = accounts.add(tx, chosen, _name(name), _role(role), desk.now)
    if officer_id is None:
        raise Declined(f"아이디 ‘{chosen}’: 이미 있는 아이디입니다. 다른 것을 적어 주세요.", LISTED)
    title = f"{_name(name)} 님의 계정({chosen}, {ROLES[_role(role)]})을 {desk.done('만들었습니다', '만듭니다')}."
    return _with_link(tx, desk, title, officer_id)


def change(tx: Transaction, desk: Desk, login: str, name: str, role: str) -> Told:
    """Their name and role; they are signed out, as what they may has changed."""
    one = _locked(tx, login)
    if one.role == "lead" and role != "lead":
        _check_another_lead(tx, one)
    accounts.change(tx, one.id, _name(name), _role(role))
    sessions.end_all(tx, one.id)
    now = with_particle(f"{_name(name)}, {ROLES[_role(role)]}", "으로/로")
    return Told(f"{one.login}: {now} {desk.done('고쳤습니다', '고칩니다')}.")


def reset(tx: Transaction, desk: Desk, login: str) -> Told:
    """For who lost the password or the phone: nothing of before is good any more, and a new link is."""
    one = _locked(tx, login)
    accounts.forget_secrets(tx, one.id)
    sessions.end_all(tx, one.id)
    title = f"{one.name} 님({one.login})의 비밀번호와 인증 앱을 {desk.done('지웠습니다', '지웁니다')}."
    return _with_link(tx, desk, title, one.id)


def end(tx: Transaction, desk: Desk, login: str) -> Told:
    """They are signed out at once; what they did stays in the journal under their name."""
    one = _locked(tx, login)
    if one.role == "lead":
        _check_another_lead(tx, one)
    accounts.end(tx, one.id, desk.now)
    sessions.end_all(tx, one.id)
    return Told(f"{one.name} 님({one.login})의 계정을 {desk.done('끝냈습니다', '끝냅니다')}.")


def give_courses(tx: Transaction, desk: Desk, login: str, codes: Sequence[str]) -> Told:
    """The courses that a provider or an instructor sees: these, and no others."""
    one = _locked(tx, login)
    if one.role not in OF_OWN_COURSES:
        raise Declined(
            f"{one.name} 님({one.login}): {ROLES[one.role]}은 모든 강좌를 봅니다. 따로 정하지 않아도 됩니다."
        )
    found = [lookup.course(tx, code) for code in dict.fromkeys(codes)]
    accounts.give_courses(tx, one.id, [course.id for course in found])
    named = ", ".join(lookup.called(course) for course in found) or "없음"
    return Told(f"{one.name} 님({one.login})이 보는 강좌를 {desk.done('정했습니다', '정합니다')}: {named}")


def deputize(tx: Transaction, desk: Desk, login: str, deputy: str, from_day: str, until_day: str) -> Told:
    """From one day to another somebody may do what the other may; both names stand in the journal."""
    absent, stands_in = _locked(tx, login), _locked(tx, deputy)
    first, last = _day(from_day), _day(until_day)
    if absent.id == stands_in.id:
        raise Declined("맡긴 분과 대신하는 분이 같습니다.")
    if last < first or last < desk.today:
        raise Declined("기간: 끝나는 날이 시작하는 날이나 오늘보다 앞섭니다.")
    if last - first > LONGEST_DEPUTY:
        raise Declined("기간: 석 달까지만 맡길 수 있습니다. 더 길면 역할을 바꿔 주세요.")
    accounts.deputize(tx, absent.id, stands_in.id, first, last)
    done = desk.done("정했습니다", "정합니다")
    return Told(f"{stands_in.name} 님이 {absent.name} 님을 {_period(first, last)} 대신하도록 {done}.")


def _with_link(tx: Transaction, desk: Desk, title: str, officer_id: int) -> Told:
    """Shown once: only its digest is kept."""
    if desk.is_preview:
        return Told(title)
    token = accounts.make_link(tx, officer_id, desk.now, LINK_LASTS)
    until = desk.moment(desk.now + LINK_LASTS)
    link = f"{desk.organization.public_url}/desk/begin/{token}"
    notes = (f"{until}까지 한 번 열 수 있습니다. 본인에게만 전해 주세요. 다시 볼 수 없습니다.",)
    return Told(title, facts=(f"시작하는 링크: {link}",), notes=notes)


def _locked(tx: Transaction, login: str) -> Account:
    found = accounts.by_login(tx, login.strip().casefold())
    if found is None:
        raise Declined(f"‘{login}’: 이런 아이디가 없습니다.", LISTED)
    if found.ended_at:
        raise Declined(f"{found.name} 님({found.login}): 이미 끝낸 계정입니다. 새 아이디로 만들어 주세요.")
    return accounts.lock(tx, found.id) or found


def _check_another_lead(tx: Transaction, one: Account) -> None:
    """Somebody has to be able to make accounts."""
    others = [each for each in accounts.everybody(tx) if each.role == "lead" and not each.ended_at]
    if [each.id for each in others] == [one.id]:
        raise Declined(f"{one.name} 님({one.login}): 하나뿐인 팀장 계정입니다. 먼저 다른 팀장 계정을 만들어 주세요.")


def _name(text: str) -> str:
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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Declined(f"날짜 ‘{text}’: 2026-12-01처럼 적어 주세요.") from None


def _period(from_day: date, until_day: date) -> str:
    return f"{dates.day(from_day, 'ko')}부터 {dates.day(until_day, 'ko')}까지"


ADD = acts.add(Act("add-officer", "계정 만들기", add))
CHANGE = acts.add(Act("change-officer", "계정 고치기", change, repeats=True))
RESET = acts.add(Act("reset-officer", "비밀번호와 인증 앱 지우기", reset, repeats=True))
END = acts.add(Act("end-officer", "계정 끝내기", end))
GIVE_COURSES = acts.add(Act("give-courses", "보는 강좌 정하기", give_courses, repeats=True))
DEPUTIZE = acts.add(Act("deputize", "대신하는 분 정하기", deputize, repeats=True))

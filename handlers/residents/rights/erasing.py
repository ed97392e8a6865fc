"""Having everything erased: told what goes, what stays and what stands in the way, and asked twice."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import router
from handlers.dialogue.screen import shown_last
from handlers.residents.rights import overview
from handlers.residents.seats import giving_back
from storage.audit import journal
from storage.counseling import appointments
from storage.counseling.appointments import Appointment
from storage.people import residents
from storage.people.forgetting import erasing
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.tables.rules import Kept
from storage.teaching import courses

BACK = ("me_keep", "me")


@dataclass(frozen=True)
class Standing:
    """What of somebody still lives, and ends with them."""

    person: int
    seats: list[Enrollment]
    talks: list[Appointment]

    @property
    def token(self) -> str:
        """Names it in the paths of buttons, so that nothing ends which wasn't told."""
        ids = [self.person, *(each.id for each in self.seats), 0, *(each.id for each in self.talks)]
        return hashlib.blake2s(",".join(map(str, ids)).encode(), digest_size=6).hexdigest()


@router.view(
    "me/erase", "내 정보 지우기", "내 정보 지워", "내 정보 삭제", "내 정보 모두 지우기", "내 기록 지우기",
    "개인정보 지우기", "개인정보 지워", "개인정보 삭제", "개인정보 파기", "탈퇴", "회원 탈퇴", "탈퇴하기",
    "delete my data", "erase my data", "delete my account", "forget me", "delete me",
)  # fmt: skip
def ask(chat: Chat) -> Reply:
    """The first of two questions."""
    if not chat.resident.id:
        return overview.nothing(chat)
    standing = standing_of(chat)
    parts = [chat.text("me.erase.what"), *_in_the_way(chat, standing), *_stays(chat), *_elsewhere(chat)]
    key = "me_erase_and_cancel" if standing.seats or standing.talks else "me_erase_go_on"
    go_on = chat.button(key, f"me/erase/{standing.token}").apart()
    return replace(chat.page("me.erase.what", chat.button(*BACK), go_on), text="\n\n".join(parts))


@router.view("me/erase/{token}")
def ask_again(chat: Chat, token: str) -> Reply:
    """The second one; the first once more, where what stands in the way isn't what it told."""
    if not chat.resident.id or token != standing_of(chat).token:
        return ask(chat)
    yes = chat.button("me_erase_yes", f"me/erase/{token}/yes").apart()
    return chat.reply("me.erase.sure", chat.button("me_erase_no", "me"), yes)


@router.act("me/erase/{token}/yes")
def erase(chat: Chat, token: str) -> Reply:
    """Only from the question itself: an old button, or one that somebody else made up, asks anew."""
    if not any(button.path.endswith(f"me/erase/{token}/yes") for button in shown_last(chat).all_buttons):
        return ask(chat)
    residents.lock(chat.tx, chat.resident.id)
    standing = standing_of(chat)
    if standing.token != token:
        return ask(chat)
    kept = kept_until(chat)
    journal.add_own(chat.tx, chat.resident.id, chat.channel, "own/erase", {}, chat.now)
    erase_all(chat, standing)
    key = "done_but_completions" if kept else "done"
    return replace(chat.page(f"me.erase.{key}", until=_last(kept)), erases=True, ends_session=chat.speaker is None)


def erase_all(chat: Chat, standing: Standing) -> None:
    """What lives is given back first. The person must be locked, and `standing` be theirs as it is since then."""
    _cancel(chat, standing)
    erasing.erase(chat.tx, chat.resident.id, chat.now, kept_until(chat))


def _cancel(chat: Chat, standing: Standing) -> None:
    """As they would have done it one by one; courses are locked in one order, whoever else does so."""
    for seat in sorted(standing.seats, key=lambda seat: seat.course_id):
        giving_back.end(chat, seat.course_id, seat.id, "declined" if seat.state == "offered" else "cancelled")
    for talk in standing.talks:
        appointments.cancel(chat.tx, talk.id, chat.now)
    appointments.release_past(chat.tx, [chat.resident.id], chat.now)


def standing_of(chat: Chat) -> Standing:
    seats, talks = erasing.standing(chat.tx, chat.resident.id)
    found = [appointments.find(chat.tx, each) for each in talks]
    coming = [talk for talk in found if talk and talk.is_coming(chat.now)]
    return Standing(chat.resident.id, [enrollments.get(chat.tx, each) for each in seats], coming)


def _in_the_way(chat: Chat, standing: Standing) -> Iterator[str]:
    lines = [*(_seat(chat, seat) for seat in standing.seats), *(_talk(chat, talk) for talk in standing.talks)]
    if lines:
        yield chat.text("me.erase.in_the_way", lines="\n".join(lines))


def _seat(chat: Chat, seat: Enrollment) -> str:
    title = courses.get(chat.tx, seat.course_id, chat.language).title
    return chat.text(f"me.erase.seat.{seat.state}", title=title)


def _talk(chat: Chat, talk: Appointment) -> str:
    return chat.text("me.erase.talk", when=chat.moment(talk.starts_at))


def _stays(chat: Chat) -> Iterator[str]:
    lasting = {"consents": overview.lasts(chat, Kept.CONSENTS), "log": overview.lasts(chat, Kept.ACCESS_LOG)}
    yield chat.text("me.erase.stays", **lasting)
    if kept := kept_until(chat):
        yield chat.text("me.erase.completions", until=_last(kept))


def _elsewhere(chat: Chat) -> Iterator[str]:
    if residents.count_at(chat.tx, chat.channel, chat.address) > 1:
        yield chat.text("me.erase.shared")
    if chat.traits.has_accounts:
        yield chat.text("me.erase.in_the_app")


def kept_until(chat: Chat) -> list[tuple[int, date]]:
    """By enrollment until when it is kept apart that they completed its course; what is older isn't kept."""
    kept = chat.organization.periods.attended
    done = ((each, kept.after(last)) for each, last in erasing.completions(chat.tx, chat.resident.id))
    return [(each, until) for each, until in done if until > chat.today]


def _last(kept: list[tuple[int, date]]) -> int:
    return max((until.year for _, until in kept), default=0)

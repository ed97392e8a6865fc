"""Classes that somebody won't come to: asked about first, told ahead, and taken back until a class begins."""

from collections.abc import Sequence
from datetime import date

from handlers.attendance.entering import Said, enter
from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Card, Reply
from handlers.dialogue.router import router
from handlers.language.days.away import Away
from handlers.residents.attending import mine as attended
from handlers.residents.attending.mine import Attended
from handlers.residents.people import rules
from handlers.residents.seats.mine import Mine
from storage.attendance import entries
from storage.states import Mark
from storage.teaching.sessions import Session

AHEAD = 6  # classes to choose from
Found = tuple[Chat, Attended, list[Session]]  # whose it is, and the classes that are meant


@router.view(
    "absence", "결석 알리기", "못 가는 날 알리기", "못 가는 날", "수업 못 가요", "결석 신고", "i will be absent",
)  # fmt: skip
def show_all(chat: Chat) -> Reply:
    """Of the one course that somebody attends, or of each, to choose from."""
    return choose(chat) or chat.page(
        "absence.no_class", chat.button("courses", "courses"), links=[chat.button("mine", "mine")]
    )


def choose(chat: Chat) -> Reply | None:
    """Which class is meant, where nobody said; None for whom has no class before them."""
    held = to_come(chat)
    if len(held) == 1:
        theirs, found, _ = held[0]
        return on_behalf.run(chat, theirs.resident.id, lambda them: ask_which(them, found.mine.enrollment.id))
    cards = [_course(theirs, found.mine, "absence") for theirs, found, _ in held]
    return chat.page("absence.which_course", cards=cards, links=[chat.button("mine", "mine")]) if held else None


def of_days(chat: Chat, away: Away) -> Reply | None:
    """Asks whether the classes on these days are meant; None for whom has no class before them."""
    held = to_come(chat)
    meant = [(*each[:2], on) for each in held if (on := [one for one in each[2] if day_of(chat, one) in away])]
    if len(meant) == 1:
        theirs, found, on = meant[0]
        return on_behalf.run(chat, theirs.resident.id, lambda them: _ask(them, found, on))
    if meant:
        cards = [_course(theirs, found.mine, _range(on)) for theirs, found, on in meant]
        return chat.page("absence.which_course", cards=cards, links=[chat.button("mine", "mine")])
    if not held:
        return None
    following = min((one for _, _, on in held for one in on), key=lambda one: one.starts_at)
    next_one = chat.near_moment(following.starts_at)
    return chat.page(
        "absence.none_then", chat.button("absence", "absence"), links=[chat.button("mine", "mine")], next=next_one
    )


def only_this_or_the_seat(chat: Chat, course_id: int = 0) -> Reply | None:
    """Who can't come may mean one class or all of them; None where there is nothing to choose between."""
    held = [each for each in to_come(chat) if course_id in (0, each[1].mine.course.id)]
    if len(held) != 1:
        return None
    theirs, found, _ = held[0]
    this, title = f"mine/{found.mine.enrollment.id}", found.mine.course.title
    return on_behalf.run(
        chat,
        theirs.resident.id,
        lambda them: them.page(
            "mine.cancel.or_absent",
            them.button("only_this", f"{this}/absence"),
            them.button("give_back", f"{this}/cancel").apart(),
            links=[them.button("my_enrollment", this)],
            title=title,
        ),
    )


@router.view("mine/{enrollment_id}/absence")
def ask_which(chat: Chat, enrollment_id: int) -> Reply:
    """Each class leads to the question whether it is meant; those that were told can be taken back."""
    found, coming = _coming(chat, enrollment_id)
    this = f"mine/{enrollment_id}"
    told = [each for each in coming if found.is_missed(each.id)]
    others = [each for each in coming if each not in told][:AHEAD]
    back = [come_after_all(chat, found, told)] if told else []
    return chat.page(
        f"absence.which{'_else' if told and others else '_none' if told else ''}",
        *(_choice(chat, each, f"{this}/absent/{each.id}/{each.id}") for each in others), *back,
        links=[chat.button("my_enrollment", this)], title=found.mine.course.title, days=_days(chat, told),
    )  # fmt: skip


@router.view("mine/{enrollment_id}/absence/{first}")
def ask_until(chat: Chat, enrollment_id: int, first: int) -> Reply:
    """Who is away for several classes says until which."""
    found, coming = _between(chat, enrollment_id, first, 0)
    path = f"mine/{enrollment_id}/absent/{first}"
    later = (_choice(chat, each, f"{path}/{each.id}") for each in coming[1 : AHEAD + 1])
    links = [chat.button("my_enrollment", f"mine/{enrollment_id}")]
    return chat.page("absence.until", *later, links=links, title=found.mine.course.title)


@router.view("mine/{enrollment_id}/absent/{first}/{last}")
def ask(chat: Chat, enrollment_id: int, first: int, last: int) -> Reply:
    """Whether these classes are meant, and what missing them comes to."""
    return _ask(chat, *_between(chat, enrollment_id, first, last))


@router.act("mine/{enrollment_id}/absent/{first}/{last}/{count}/yes")
def tell(chat: Chat, enrollment_id: int, first: int, last: int, count: int) -> Reply:
    """What was asked about; where the classes have changed since, it is asked again."""
    found, meant = _between(chat, enrollment_id, first, last)
    if len(meant) != count:
        return _ask(chat, found, meant)
    say(chat, found, meant, "absent")
    this = f"mine/{enrollment_id}"
    links = [chat.button("my_enrollment", this)]
    buttons = (come_after_all(chat, found, meant), chat.button("attendance", f"{this}/attendance"))
    shown = [listed(chat, found, meant)]
    return chat.page("absence.told", *buttons, cards=shown, links=links, title=found.mine.course.title).as_receipt()


def say(chat: Chat, found: Attended, meant: Sequence[Session], mark: Mark) -> None:
    """An officer sees it and decides; what was said already is not said twice."""
    enrollment_id = found.mine.enrollment.id
    entries.lock(chat.tx, enrollment_id)
    known = attended.of(chat, found.mine)
    for each in meant:
        if known.ahead(each.id) != mark:
            enter(chat.tx, Said(each.id, enrollment_id, mark, "ahead", chat.now, is_doubtful=True), chat.now)


def come_after_all(chat: Chat, found: Attended, told: Sequence[Session]) -> Button:
    """To the one class that was told, or to all of them."""
    which = f"/{told[0].id}" if len(told) == 1 else ""
    return chat.button("come_after_all", f"mine/{found.mine.enrollment.id}/coming{which}")


def coming_to(chat: Chat, enrollment_id: int, session_id: int) -> tuple[Attended, Session]:
    """A class that hasn't begun."""
    found, (one,) = _between(chat, enrollment_id, session_id, session_id)
    return found, one


def held(chat: Chat, enrollment_id: int) -> Attended:
    """Refused where there is no class any more to which somebody would come."""
    found = attended.attended(chat, enrollment_id)
    if found.mine.enrollment.state != "confirmed" or not found.mine.course.takes_place:
        raise Refused("absence.over", ("my_enrollment", f"mine/{enrollment_id}"), title=found.mine.course.title)
    return found


def _ask(chat: Chat, found: Attended, meant: Sequence[Session]) -> Reply:
    this, path = f"mine/{found.mine.enrollment.id}", f"mine/{found.mine.enrollment.id}/{_range(meant)}"
    if all(found.is_missed(each.id) for each in meant):
        return chat.page(
            "absence.told_already", come_after_all(chat, found, meant), cards=[listed(chat, found, meant)],
            links=[chat.button("my_enrollment", this)], title=found.mine.course.title,
        )  # fmt: skip
    yes = chat.button("absent_yes", f"{path}/{len(meant)}/yes").apart()
    later = any(each.starts_at > meant[-1].starts_at for each in found.meetings)
    more = [chat.button("absent_more", f"{this}/absence/{meant[0].id}")] if len(meant) == 1 and later else []
    no = chat.button("absent_no", this)
    give_back = chat.button("give_back", f"{this}/cancel")
    return chat.page(
        "absence.ask", no, yes, *more, cards=[listed(chat, found, meant)], links=[give_back],
        title=found.mine.course.title, comes_to=_comes_to(chat, found, meant), count=len(meant),
    )  # fmt: skip


def _comes_to(chat: Chat, found: Attended, meant: Sequence[Session]) -> str:
    """How many may be missed after all that was said and these."""
    may_miss = found.tally.may_miss - found.planned({each.id for each in meant})
    key = "too_many" if may_miss < 0 else "last" if may_miss == 0 else "left"
    return chat.text(f"absence.comes_to.{key}", count=may_miss)


def to_come(chat: Chat) -> list[Found]:
    """Of everybody of the chat, the seats with classes that haven't begun."""
    found = []
    for theirs in on_behalf.everybody(chat):
        for mine in attended.attending(theirs):
            known = attended.of(theirs, mine)
            coming = [each for each in known.meetings if each.starts_at > chat.now]
            found += [(theirs, known, coming)] if coming else []
    return found


def _coming(chat: Chat, enrollment_id: int) -> tuple[Attended, list[Session]]:
    found = held(chat, enrollment_id)
    coming = [each for each in found.meetings if each.starts_at > chat.now]
    if not coming:
        raise Refused("absence.over", ("my_enrollment", f"mine/{enrollment_id}"), title=found.mine.course.title)
    return found, coming


def _between(chat: Chat, enrollment_id: int, first: int, last: int) -> tuple[Attended, list[Session]]:
    """The classes from one to another that haven't begun; to the end of the course without a last one."""
    found = held(chat, enrollment_id)
    this = ("my_enrollment", f"mine/{enrollment_id}")
    known = {each.id: each for each in found.meetings}
    if first not in known or (last and last not in known):
        raise Refused("absence.gone", this, title=found.mine.course.title)
    since, until = known[first].starts_at, known[last].starts_at if last else None
    meant = [each for each in found.meetings if since <= each.starts_at and (not until or each.starts_at <= until)]
    still = [each for each in meant if each.starts_at > chat.now]
    if not still:
        when = chat.near_moment(known[first].starts_at)
        raise Refused("absence.begun", rules.ASK, this, title=found.mine.course.title, when=when)
    return found, still


def _range(meant: Sequence[Session]) -> str:
    return f"absent/{meant[0].id}/{meant[-1].id}"


def _choice(chat: Chat, meeting: Session, path: str) -> Button:
    return Button(chat.day(day_of(chat, meeting)), path)


def listed(chat: Chat, found: Attended, meant: Sequence[Session]) -> Card:
    lines = tuple(chat.text("mine.meeting", number=each.number, when=chat.moment(each.starts_at)) for each in meant)
    return Card(found.mine.course.title, lines)


def _days(chat: Chat, told: Sequence[Session]) -> str:
    return ", ".join(chat.day(day_of(chat, each)) for each in told)


def _course(chat: Chat, mine: Mine, step: str) -> Card:
    shown = Card(mine.course.title, button=Button(mine.course.title, f"mine/{mine.enrollment.id}/{step}"))
    return on_behalf.named_card(chat, shown)


def day_of(chat: Chat, meeting: Session) -> date:
    return meeting.starts_at.astimezone(chat.organization.timezone).date()

"""That somebody comes to a class, as they say beforehand: to the question of the evening before, or after all."""

from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.residents.attending import absences
from handlers.residents.attending.absences import AHEAD, coming_to, day_of, held, say


def buttons(chat: Chat, enrollment_id: int, session_id: int) -> tuple[Button, Button]:
    """What the evening before asks."""
    this = f"mine/{enrollment_id}"
    cannot = chat.button("cannot_come", f"{this}/absent/{session_id}/{session_id}")
    return chat.button("come", f"{this}/coming/{session_id}"), cannot


@router.act("mine/{enrollment_id}/coming/{session_id}")
def tell_one(chat: Chat, enrollment_id: int, session_id: int) -> Reply:
    found, meeting = coming_to(chat, enrollment_id, session_id)
    key = "absence.taken_back" if found.is_missed(meeting.id) else "absence.coming"
    say(chat, found, [meeting], "present")
    when = chat.near_moment(meeting.starts_at)
    links = [chat.button("my_enrollment", f"mine/{enrollment_id}")]
    return chat.page(key, links=links, title=found.mine.course.title, when=when).as_receipt()


@router.act("mine/{enrollment_id}/coming")
def tell_all(chat: Chat, enrollment_id: int) -> Reply:
    """Takes back every absence that was told of a class to come."""
    found = held(chat, enrollment_id)
    told = [each for each in found.meetings if each.starts_at > chat.now and found.is_missed(each.id)]
    if not told:
        raise Refused(
            "absence.nothing_told", ("absence", f"mine/{enrollment_id}/absence"), title=found.mine.course.title
        )
    say(chat, found, told, "present")
    shown = [absences.listed(chat, found, told)]
    links = [chat.button("my_enrollment", f"mine/{enrollment_id}")]
    return chat.page("absence.taken_all_back", cards=shown, links=links, title=found.mine.course.title).as_receipt()


@router.view(
    "coming", "갈 수 있게 됐어요", "갈 수 있어요", "다시 갈 수 있어요", "나갈 수 있게 됐어요", "i can come after all"
)
def ask_which(chat: Chat) -> Reply:
    """Where it is said in words: the classes of which was told that one won't come."""
    told = [
        on_behalf.labelled(theirs, chat.day(day_of(chat, each)), f"mine/{found.mine.enrollment.id}/coming/{each.id}")
        for theirs, found, coming in absences.to_come(chat)
        for each in coming
        if found.is_missed(each.id)
    ]
    if not told:
        return absences.show_all(chat)
    return chat.page("absence.come_which", *told[:AHEAD], links=[chat.button("mine", "mine")])

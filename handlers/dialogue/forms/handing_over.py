"""Personal questions that aren't asked in a chat: a link leads from it to a page of ours, good once and for minutes."""

from datetime import timedelta

from handlers.dialogue import once
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Reply
from storage.people import residents

PURPOSE = "form"
LASTS = timedelta(minutes=10)


@once.opens(PURPOSE, LASTS)
def open_form(_: Chat, subject: str) -> Reply:
    """The form itself is shown by `own_page`, to whoever has opened the link."""
    return Reply("", form=subject.split()[0])


def to_page(chat: Chat, form: str, title: str, told: str = "", typed: str = "") -> Reply:
    """In place of a form's question. `told` answers what was asked meanwhile; else what was `typed` isn't for here."""
    name = form.split("/")[0]
    chat_id = residents.address_id(chat.tx, chat.resident.id, chat.channel, chat.address)
    there = Button(chat.text("labels.to_page"), url=once.link(chat, PURPOSE, f"{form} {chat_id}"))
    text = chat.text(f"forms.{name}.on_page", title=title, minutes=LASTS.seconds // 60)
    above = told or (chat.text("own_page.not_kept") if typed else "")
    leave = Button(chat.text(f"forms.{name}.leave"), f"forms/{form}/leave")
    links = (chat.button("new_link", f"forms/{form}"), leave)
    return Reply("\n\n".join(filter(None, [above, text])), (), (there,), links, form=form)

"""Forms by their names: how each is made for whoever fills it in, which keep a draft, and which are personal."""

from collections.abc import Callable

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms.form import Form

FormMaker = Callable[[Chat, int], Form]

_makers: dict[str, FormMaker] = {}
_kept: set[str] = set()
_personal: set[str] = set()


def form(name: str, keeps_draft: bool = False, is_personal: bool = False) -> Callable[[FormMaker], FormMaker]:
    """Register a form; its maker raises Refused when there is no such subject. Some keep their draft when left.

    A personal one is asked on a page of ours where a channel says so; its text `forms.{name}.on_page` leads there.
    """

    def register(maker: FormMaker) -> FormMaker:
        if _makers.setdefault(name, maker) is not maker:
            raise ValueError(f"two forms named {name}")
        _kept.update([name] if keeps_draft else [])
        _personal.update([name] if is_personal else [])
        return maker

    return register


def make(chat: Chat, name: str, subject: int) -> Form:
    """Raises Refused."""
    return _maker(name)(chat, subject)


def keeps_draft(name: str) -> bool:
    """Raises Refused when there is no such form."""
    return bool(_maker(name)) and name in _kept


def is_elsewhere(chat: Chat, name: str) -> bool:
    """Whether its questions aren't asked in this chat, but on a page of ours."""
    return chat.traits.asks_on_page and name in _personal


def _maker(name: str) -> FormMaker:
    if name not in _makers:
        raise Refused("help.unknown_button")
    return _makers[name]

"""Actions are paths: which handler a button, a command or a phrase leads to."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from handlers.language.letters.jamo import slipped
from handlers.language.phrases import squeeze

Handler = Callable[..., Reply]


@dataclass(frozen=True)
class Route:
    """`writes` is whether the handler needs a transaction that may write."""

    template: str
    handler: Handler
    writes: bool

    def match(self, parts: list[str]) -> dict[str, Any] | None:
        wanted = self.template.split("/")
        if len(wanted) != len(parts):
            return None
        kinds = inspect.get_annotations(self.handler)
        values = {}
        for name, part in zip(wanted, parts, strict=True):
            if not name.startswith("{"):
                if name != part:
                    return None
                continue
            value = _converted(part, kinds.get(name[1:-1]))
            if value is None:
                return None
            values[name[1:-1]] = value
        return values


@dataclass(frozen=True)
class Action:
    """What was asked for: a route with the values of its path, ready to run; `whose` is 0 for whoever speaks."""

    route: Route
    values: dict[str, Any]
    whose: int = 0

    def run(self, chat: Chat) -> Reply:
        return on_behalf.run(chat, self.whose, lambda theirs: self.route.handler(theirs, **self.values))


class Router:
    """The table of what residents may ask for. A path or phrase that is there already is refused at import."""

    def __init__(self) -> None:
        self._routes: dict[str, list[Route]] = {}
        self._phrases: dict[str, str] = {}
        self._hearers: list[tuple[Callable[[str], bool], str]] = []
        self._readers: list[Callable[[str], str]] = []

    def view(self, template: str, *phrases: str) -> Callable[[Handler], Handler]:
        """A handler that only reads: it may run at the same time as any other."""
        return partial(self._add, template, phrases, False)

    def act(self, template: str, *phrases: str) -> Callable[[Handler], Handler]:
        """A handler that changes something."""
        return partial(self._add, template, phrases, True)

    def at(self, path: str) -> Action | None:
        whose, path = on_behalf.split(path)
        parts = path.split("/")
        for route in self._routes.get(parts[0], ()):
            values = route.match(parts)
            if values is not None:
                return Action(route, values, whose)
        return None

    def meant(self, text: str) -> Action | None:
        """The action of an exact phrase, however it is spaced, or typed on the wrong keyboard."""
        heard = squeeze(text)
        path = self._phrases.get(heard) or self._phrases.get(slipped(heard) or "")
        path = path or next((path for is_meant, path in self._hearers if is_meant(text)), None)
        path = path or next(filter(None, (read(text) for read in self._readers)), None)
        return self.at(path) if path else None

    def hear(self, is_meant: Callable[[str], bool], path: str) -> None:
        """What is said in too many ways for a list of phrases, which go first."""
        self._hearers.append((is_meant, path))

    def read(self, read: Callable[[str], str]) -> Callable[[str], str]:
        """What is said with something in it that its path carries; "" where it isn't meant."""
        self._readers.append(read)
        return read

    def routes(self) -> Iterator[Route]:
        for routes in self._routes.values():
            yield from routes

    def phrases(self) -> dict[str, str]:
        return dict(self._phrases)

    def _add(self, template: str, phrases: tuple[str, ...], writes: bool, handler: Handler) -> Handler:
        first = template.split("/")[0]
        if any(_shape(route.template) == _shape(template) for route in self._routes.get(first, ())):
            raise ValueError(f"two routes for {template}")
        routes = self._routes.setdefault(first, [])
        routes.append(Route(template, handler, writes))
        routes.sort(key=lambda route: _shape(route.template))  # "news/stop" before "news/{purpose}"
        for phrase in phrases:
            heard = squeeze(phrase)
            if self._phrases.setdefault(heard, template) != template:
                raise ValueError(f"{phrase!r} means {self._phrases[heard]} already")
        return handler


def _shape(template: str) -> list[str]:
    return ["{}" if part.startswith("{") else part for part in template.split("/")]


def _converted(part: str, kind: Any) -> Any:
    if kind is int:
        return int(part) if part.isascii() and part.isdigit() and len(part) < 16 else None
    return part or None


router = Router()

"""`python -m tests.support.botapi --port N`: the double as a process of its own, driven under /_control/."""

import argparse
import asyncio
import signal

from tests.support.botapi.control import Control
from tests.support.botapi.server import TOKEN, BotApi


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.support.botapi", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--limits", action="store_true", help="keep Telegram's rate limits")
    parser.add_argument("--latency", type=float, default=0.0, help="milliseconds for every call")
    return parser.parse_args()


async def _serve(arguments: argparse.Namespace) -> None:
    api = BotApi(arguments.token)
    api.control = Control(api).handle
    api.limits.enabled = arguments.limits
    api.latency(arguments.latency)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await api.start(arguments.port)
    print(f"listening on {api.url}", flush=True)
    await stopped.wait()
    await api.stop()


if __name__ == "__main__":
    asyncio.run(_serve(_arguments()))

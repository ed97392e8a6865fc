"""Files that residents are given."""

from starlette.responses import Response

from bot.http.headers import attachment
from handlers.dialogue.reply import File


def download(file: File) -> Response:
    return Response(file.content, media_type=file.media_type, headers=attachment(file.name))

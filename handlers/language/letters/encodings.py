"""Text of files and feeds in whichever encoding it comes."""


def decoded(data: bytes) -> str:
    """By the bytes themselves: what is declared is often wrong, and Hangul in CP949 is never valid UTF-8.

    Raises UnicodeDecodeError.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp949")

"""Money for messages in words; it is counted in hundredths of a won."""

from storage.ways.spending import WON


def won(hundredths: int) -> str:
    """1,650원, 16.5원."""
    text = f"{hundredths / WON:,.2f}"
    return f"{text.rstrip('0').rstrip('.')}원"

"""Which keyboard a phone brings for a question, and what it may fill in by itself."""

KEYBOARDS = {
    "name": ("text", "name"),
    "birth_year": ("numeric", "bday-year"),
    "mobile": ("tel", "tel"),
    "number": ("numeric", "off"),
}
ANY_KEYBOARD = ("text", "off")


def keyboard(asks: str) -> tuple[str, str]:
    """inputmode and autocomplete of the field for what is typed."""
    return KEYBOARDS.get(asks, ANY_KEYBOARD)

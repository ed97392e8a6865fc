"""Text is read in whichever encoding it comes, and nothing is guessed where none fits."""

import pytest

from handlers.language.letters.encodings import decoded


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_hangul_is_read_in_the_encodings_that_offices_use(encoding):
    assert decoded("똠방각하 꽃차".encode(encoding)) == "똠방각하 꽃차"


def test_what_is_in_none_of_them_is_refused():
    with pytest.raises(UnicodeDecodeError):
        decoded(b"\xff\xfd\x80")

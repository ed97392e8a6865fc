"""After somebody is erased the files hold neither their name nor their number nor their chat's address."""

from pathlib import Path

import pytest

from storage.people.forgetting import erasing

HINTS = ("꾀꼬리", "01000009876", "visitor-of-this-test")


@pytest.mark.on_sqlite
async def test_nothing_of_somebody_who_was_erased_is_in_the_file_or_its_log(school, visitor, tmp_path):
    await visitor("visitor-of-this-test").registers(await school.opens(), name="꾀꼬리", mobile="010-0000-9876")
    await visitor("somebody-else").says("바리스타")
    assert found(tmp_path)
    await school.database.write(lambda tx: erasing.erase(tx, 1, school.now))
    assert found(tmp_path) == []
    await visitor("somebody-else").says("강좌")
    assert found(tmp_path) == []


def found(folder):
    stored = b"".join(path.read_bytes() for path in Path(folder).glob("test.db*"))
    return [said for said in HINTS if said.encode() in stored]

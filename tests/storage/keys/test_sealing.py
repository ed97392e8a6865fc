"""What people say can't be read without the key: not in the file, not in its log, and not by its length."""

import zlib
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from storage.database import DatabaseError
from storage.dialogue import drafts
from storage.dialogue.drafts import Draft
from storage.engine import schema
from storage.engine.opening import open_database
from storage.keys import sealing
from storage.keys.keyring import Key, Ring
from storage.keys.sealing import Seal, SealedText, Unsealable
from storage.people import residents
from tests.support.domain import KEY, MONDAY, SEAL

DIALECT = sqlite.dialect()
sealing.use(DIALECT, SEAL)
OTHER = Seal(b"another key of 32 bytes, exactly")


@pytest.mark.parametrize("value", ["", "홍길동", {"text": "가" * 300}, [["name", None], ["dong", "청구동"]]])
def test_what_is_sealed_is_opened_again(value):
    assert SEAL.open(SEAL.close(value, 1024)) == value


def test_the_same_is_sealed_differently_each_time():
    assert SEAL.close("홍길동", 1024) != SEAL.close("홍길동", 1024)


def test_a_word_and_a_paragraph_are_of_one_length():
    assert len({len(SEAL.close(said, 1024)) for said in ("네", "좋아요", "에스프레소가 " * 40)}) == 1


def test_what_was_sealed_before_keys_had_ids_stays_legible():
    key, nonce = Key(KEY), bytes(12)
    plain = zlib.compress(b'"old"')
    old = b"\x01" + nonce + key.cipher.encrypt(nonce, len(plain).to_bytes(4, "big") + plain, b"\x01")
    assert SEAL.open(old) == Seal(Ring((key,)).expecting(b"1" * 32).turned()).open(old) == "old"


@pytest.mark.parametrize("names", [("이산", "남궁민수", "Kim Min-ji"), ("+821012345678", "+82111234567")])
def test_names_are_of_one_length_and_so_are_numbers(names):
    sealed = SealedText().process_bind_param
    assert len({len(sealed(each, DIALECT)) for each in names}) == 1


@pytest.mark.parametrize("damage", [lambda it: it[:-1], lambda it: it[:20] + b"x" + it[21:], lambda _: b"\x01"])
def test_what_was_changed_is_not_opened(damage):
    with pytest.raises(Unsealable):
        SEAL.open(damage(SEAL.close("네", 1024)))


def test_another_key_opens_nothing_and_digests_differently():
    with pytest.raises(Unsealable):
        OTHER.open(SEAL.close("네", 1024))
    assert OTHER.digest("a", "b") != SEAL.digest("a", "b") != SEAL.digest("ab", "")


@pytest.mark.on_sqlite
async def test_what_was_said_is_nowhere_in_the_file_or_its_log(school, visitor, tmp_path):
    await visitor().says("어제 무지개떡볶이를 먹고 아이와 병원에 다녀와서 많이 피곤해요")
    await visitor().fills_in(await school.opens(), name="꾀꼬리")
    stored = b"".join(path.read_bytes() for path in Path(tmp_path).glob("test.db*"))
    assert [said for said in ("무지개떡볶이", "꾀꼬리", "1983") if said.encode() in stored] == []


async def test_what_was_stored_before_there_were_seals_stays_legible(database):
    def old(tx):
        resident = residents.welcome(tx, "web", "r1", "ko", MONDAY)
        drafts.save(tx, resident.id, Draft("enroll", 1, []), MONDAY)
        tx.execute(text("UPDATE drafts SET log = :log"), {"log": b'[["name", "\\ud64d\\uae38\\ub3d9"]]'})
        return drafts.find(tx, resident.id, "enroll", 1)

    assert (await database.write(old)).log == [("name", "홍길동")]


async def test_another_key_is_refused_before_anything_is_read(database_url, database):
    other = await open_database(database_url, OTHER)
    for look in (schema.check, schema.upgrade):
        with pytest.raises(DatabaseError, match="열쇠 파일"):
            await other.write(look)
    await other.close()

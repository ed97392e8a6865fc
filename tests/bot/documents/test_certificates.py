"""A certificate as PDF, read back: fonts, tags, language, words in their order, and names of any script."""

import asyncio
import io
import json
import struct
import zlib

import pypdf
import pytest

from bot.documents import certificates, seals
from handlers.residents.completed import printed
from tests.support.domain import SETTINGS
from tests.support.people.graduates import COURSE_FACTS, sheet
from tests.support.year.papers import structure

LONGEST = "카" * 79 + "동"
LATIN = "Maria Fernanda de los Ángeles González-Ruiz"
CYRILLIC = "Александра Сергеевна Ёлкина-Ґжицька"
VIETNAMESE = "Nguyễn Thị Phượng Đặng"


def read(*sheets):
    return pypdf.PdfReader(io.BytesIO(certificates.set_pages(sheets)))


def words(pdf, page=0):
    return "".join(pdf.pages[page].extract_text().split())


def fonts(pdf):
    return [font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()]


def png(size=2):
    rows = b"".join(b"\0" + b"\xff\0\0" * size for _ in range(size))

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_it_is_tagged_has_a_language_a_title_and_says_that_it_is_for_everybody():
    root = read(sheet()).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("ko-KR", True)
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    meta = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in meta
    assert "수료증 제 2026-000123 호" in meta


def test_its_fonts_are_embedded_and_hold_only_the_letters_in_use():
    found = fonts(read(sheet(LATIN)))
    assert found
    for font in found:
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert font["/BaseFont"][7] == "+"


def test_its_words_are_read_in_their_order():
    said = words(read(sheet()))
    in_order = [
        "제2026-000123호",
        "수료증",
        "성명홍길동",
        "과정명바리스타2급",
        "위사람은",
        "2026년12월30일",
        "중구청장",
    ]
    places = [said.find(each) for each in in_order]
    assert -1 not in places
    assert places == sorted(places)
    assert "(직인생략)" in said


@pytest.mark.parametrize("name", ["홍길동", LONGEST, LATIN, CYRILLIC, VIETNAMESE, "金哲洙", "김철수 (KIM CHULSOO)"])
def test_a_name_of_any_script_is_on_it_whole_on_one_page(name):
    pdf = read(sheet(name, 과정명="아주 긴 이름의 과정 " * 20, 관련자격="자격 " * 40))
    assert len(pdf.pages) == 1
    assert "".join(name.split()) in words(pdf)


@pytest.mark.parametrize(
    "said",
    ['#panic("x")', "*굵게* _기울게_", "\\", "\"따옴표\" '하나'", "$x^2$", '#include "/etc/passwd"', "<a> @b [c]"],
)
def test_no_words_of_anybody_are_taken_for_markup(said):
    pdf = read(sheet(said, 과정명=said, issuer=said))
    assert words(pdf).count("".join(said.split())) == 3


def test_many_are_one_file_of_as_many_pages():
    pdf = read(sheet("홍길동"), sheet("김철수"))
    assert ["성명홍길동" in words(pdf), "성명김철수" in words(pdf, 1)] == [True, True]


def test_a_sample_says_on_its_face_that_it_is_one():
    pdf = read(printed.sample(SETTINGS.to_organization(), "홍길동", COURSE_FACTS))
    assert "견본" in words(pdf)
    assert "0000-000000" in words(pdf)


def test_the_qr_code_and_the_seal_say_what_they_are(tmp_path):
    seal = tmp_path / "seal.png"
    seal.write_bytes(png())
    content = certificates.set_pages([sheet(seal=str(seal))])
    alts = [each["/Alt"] for each in structure(content) if "/Alt" in each]
    assert any("QR" in alt for alt in alts)
    assert "직인" in alts


def test_a_seal_stands_in_place_of_the_words_for_none(tmp_path):
    seal = tmp_path / "seal.svg"
    seal.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4" fill="red"/></svg>')
    assert "(직인생략)" not in words(read(sheet(seal=str(seal))))


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"<html/>", b"\x89PNG\r\n\x1a\n", b"<!DOCTYPE a [<!ENTITY b 'c'>]><svg/>"]
)
def test_what_is_no_picture_is_no_seal(tmp_path, content):
    seal = tmp_path / "seal.png"
    seal.write_bytes(content)
    with pytest.raises(seals.SealError, match="PNG나 SVG"):
        certificates.try_seal(seal)


def test_a_broken_picture_is_no_seal(tmp_path):
    seal = tmp_path / "seal.png"
    seal.write_bytes(png()[:40])
    with pytest.raises(seals.SealError):
        certificates.try_seal(seal)


async def test_the_loop_goes_on_while_pages_are_set(monkeypatch):
    ticks = []

    def slowly(_):
        asyncio.run_coroutine_threadsafe(tick(), loop).result(5)
        return b"%PDF"

    async def tick():
        ticks.append(1)

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(certificates, "set_pages", slowly)
    assert await certificates.printed([{}]) == b"%PDF"
    assert ticks


async def test_ten_at_once_are_each_ones_own():
    names = [f"홍길{letter}" for letter in "가나다라마바사아자차"]
    made = await asyncio.gather(*(certificates.printed([sheet(name)]) for name in names))
    assert [name in words(pypdf.PdfReader(io.BytesIO(each))) for name, each in zip(names, made, strict=True)] == [
        True
    ] * 10


def test_what_is_kept_of_a_reply_is_small_and_has_no_seal():
    assert len(json.dumps(sheet(), ensure_ascii=False)) < 2000

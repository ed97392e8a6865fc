"""What is handed out: every table and column in words, values as one says them, and nothing that could do harm."""

import json
from typing import get_args

import pytest

from handlers.dialogue import once, texts
from handlers.notices.kinds import KINDS
from storage.people import personal
from storage.states import AppointmentState, EnrollmentState, NoticeOutcome

pytestmark = pytest.mark.on_sqlite


def handed_out():
    return [(table.name, rule.export) for table, rule in personal.tables() if rule.export]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_table_and_column_that_is_handed_out_has_a_name(language):
    said = texts.catalogue(language)
    named = [f"export.of.{name}" for name, _ in handed_out()]
    named += [f"export.columns.{column}" for _, columns in handed_out() for column in columns]
    assert sorted({key for key in named if key not in said}) == []


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_value_of_a_few_has_a_name(language):
    values = {"kind": KINDS, "outcome": get_args(NoticeOutcome), "purpose": once._purposes}
    values["state"] = (*get_args(EnrollmentState), *get_args(AppointmentState))
    named = [f"export.{column}.{value}" for column, each in values.items() for value in each]
    assert [key for key in named if key not in texts.catalogue(language)] == []


async def exported(somebody, kind):
    await somebody.goes_to(f"me/export/{kind}")
    return somebody.screen.file.content.decode()


async def test_what_was_typed_is_text_on_the_page_and_nothing_else(school, visitor):
    somebody = visitor("r1")
    await somebody.registers(await school.opens())
    await somebody.says("<script>alert(1)</script>")
    page = await exported(somebody, "html")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "http" not in page.replace("http://127.0.0.1:8080", "")


async def test_the_page_says_what_it_is_in_korean_letters(school, visitor):
    somebody = visitor("r1")
    await somebody.registers(await school.opens())
    page = await exported(somebody, "html")
    assert page.startswith('<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">')
    assert "<dt>휴대전화</dt><dd>010-0000-0001</dd>" in page
    assert "<dt>상태</dt><dd>확정</dd>" in page


async def test_a_file_holds_no_file_that_was_given_before(school, visitor):
    somebody = visitor("r1")
    await somebody.registers(await school.opens())
    first, second = [len(await exported(somebody, "json")) for _ in range(2)]
    assert second - first < 500


async def test_it_holds_nothing_of_others(school, visitor):
    course = await school.opens()
    for name, mobile in (("홍길동", "010-0000-0001"), ("임꺽정", "010-0000-0002")):
        await visitor(name).registers(course, name=name, mobile=mobile)
    content = await exported(visitor("홍길동"), "json")
    assert "임꺽정" not in content
    assert "010-0000-0002" not in content
    assert [len(each["rows"]) for each in json.loads(content)["tables"] if each["name"] == "residents"] == [1]


async def test_where_personal_things_do_not_pass_through_the_chat_neither_does_the_file(school, visitor, settings):
    assert settings.to_organization().channels["telegram"].takes_files
    somebody = visitor("r1", channel="kakao")
    await somebody.registers(await school.opens())
    await somebody.goes_to("me/export/html")
    assert somebody.screen.file is None
    assert any("/once/export/" in button.url for button in somebody.screen.all_buttons)

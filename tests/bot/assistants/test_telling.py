"""What an assistant is told, by the client that assistants use."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from handlers.residents.welcome import path_of
from tests.support.databases.statements import statements
from tests.support.domain import PERSON

pytestmark = pytest.mark.on_sqlite

OF_PEOPLE = r"\b(residents|addresses|consents|inbox|outbox|drafts|answers|appointments|journal)\b"


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_an_assistant_finds_a_course_and_hands_over_where_to_register(assistant, school, mode):
    course, assistant.mode = await school.opens(), mode
    found = await assistant.asks("search_courses", query="커피", weekday="tue")
    told = await assistant.asks("get_course", id=found["courses"][0]["id"], language="en")
    link = urlsplit(told["link_to_register"])
    assert f"{link.scheme}://{link.netloc}{link.path}" == "http://127.0.0.1:8080/"
    assert path_of(parse_qs(link.query)["start"][0]) == f"courses/{course}"
    assert (told["where"], told["seats_left"], told["cost_in_won"]) == ("실습실 A", 15, 180_000)
    assert told["when"] == "starts Tue 8 Dec · every Tue, 10 am–1 pm"


async def test_open_courses_come_page_by_page(assistant, school):
    for _ in range(21):
        await school.opens()
    pages = [await assistant.asks("list_open_courses", page=page) for page in (0, 1, 2)]
    assert [(len(page["courses"]), page["has_more"]) for page in pages] == [(20, True), (1, False), (0, False)]


@pytest.mark.on_sqlite
async def test_tools_only_read_and_are_described_in_both_languages(assistant):
    tools = await assistant.tools()
    assert [tool.name for tool in tools] == ["search_courses", "list_open_courses", "get_course"]
    assert all(tool.annotations.read_only_hint for tool in tools)
    given = [field["description"] for tool in tools for field in tool.input_schema["properties"].values()]
    for described in [*given, *(tool.description for tool in tools)]:
        assert re.search("[가-힣]{2}", described)
        assert re.search("[a-z]{2}", described)


async def test_of_people_nothing_is_read_and_nothing_is_told(assistant, school, visitor):
    course, someone = await school.opens(), visitor()
    await someone.registers(course)
    with statements() as asked:
        told = [
            await assistant.asks("search_courses", query="커피"),
            await assistant.asks("list_open_courses"),
            await assistant.asks("get_course", id=course),
        ]
    assert told[0]["courses"][0]["seats_left"] == 14
    assert [
        each
        for each in asked
        if re.search(OF_PEOPLE, each) or not each.startswith(("SELECT", "BEGIN", "COMMIT", "ROLLBACK"))
    ] == []
    written = json.dumps(told, ensure_ascii=False)
    assert [word for word in (*PERSON.values(), "강사") if word in written] == []

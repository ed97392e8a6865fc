"""What an assistant is refused: clearly, without a word of what is inside, and the next one is served."""

import json
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.residents.courses import public
from tests.support.assistants import HEADERS, site, within

pytestmark = pytest.mark.on_sqlite

INSIDE = ("pydantic", "Traceback", "sqlalchemy", "sqlite", ".py", "Error:")
NEW = {"mcp-protocol-version": "2026-07-28"}
META = {
    "io.modelcontextprotocol/protocolVersion": NEW["mcp-protocol-version"],
    "io.modelcontextprotocol/clientCapabilities": {},
}


def message(method="ping", **params):
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()


def tells_nothing_of_inside(text):
    return [word for word in INSIDE if word in text] == []


@pytest.mark.parametrize(
    ("tool", "arguments", "named"),
    [
        ("get_course", {}, "id"),
        ("get_course", {"id": 0}, "id"),
        ("get_course", {"id": -1}, "id"),
        ("get_course", {"id": 2**31}, "id"),
        ("get_course", {"id": 10**300}, "id"),
        ("get_course", {"id": "1"}, "id"),
        ("get_course", {"id": True}, "id"),
        ("get_course", {"id": 1.5}, "id"),
        ("get_course", {"id": None}, "id"),
        ("get_course", {"id": [1]}, "id"),
        ("get_course", {"id": 1, "resident": 1}, "resident"),
        ("get_course", {"id": 1, "language": "xx"}, "language"),
        ("search_courses", {"query": "꽃" * 101}, "query"),
        ("search_courses", {"query": 5}, "query"),
        ("search_courses", {"weekday": "월"}, "weekday"),
        ("search_courses", {"time_of_day": "night"}, "time_of_day"),
        ("search_courses", {"max_cost": -1}, "max_cost"),
        ("search_courses", {"max_cost": 10**9}, "max_cost"),
        ("search_courses", {"open_now": "yes"}, "open_now"),
        ("list_open_courses", {"page": -1}, "page"),
        ("list_open_courses", {"page": 10**12}, "page"),
    ],
)
async def test_wrong_arguments_are_named(assistant, tool, arguments, named):
    answer = await assistant.tries(tool, **arguments)
    assert answer.is_error
    assert answer.content[0].text.startswith(f"{named}: ")
    assert tells_nothing_of_inside(answer.content[0].text)


@pytest.mark.parametrize("query", ["\0", "꽃\0차", "'; DROP TABLE courses; --", "%_", "\u202e", "🦄" * 50, " \n\t "])
async def test_odd_words_find_courses_or_nothing(assistant, school, query):
    await school.opens()
    assert isinstance((await assistant.asks("search_courses", query=query))["courses"], list)


@pytest.mark.parametrize("headers", [{}, NEW])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"null",
        b"\xff\xfe",
        b"\0",
        b"[" + message() + b"," + message() + b"]",
        b"[" * 30_000,
        b'{"jsonrpc":"1.0","id":1,"method":"ping"}',
        b'{"jsonrpc":"2.0","id":1,"method":5}',
        b'{"jsonrpc":"2.0","id":1,"method":"\\ud800"}',
        b'{"jsonrpc":"2.0","id":1,"result":{}}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}',
    ],
)
async def test_what_is_no_message_is_refused(assistant, body, headers):
    answer = await assistant.posts(body, **headers)
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "The body must be one JSON-RPC message")


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("tools/call", {"name": "register", "arguments": {}}),
        ("tools/call", {"name": "get_course", "arguments": [1]}),
        ("tools/call", {"name": 3}),
        ("tools/call", {}),
        ("resources/list", {}),
        ("prompts/list", {}),
        ("subscriptions/listen", {}),
        ("no/such", {}),
    ],
)
async def test_what_there_is_not_is_refused(assistant, method, params):
    answer = await assistant.posts(message(method, **params))
    assert "error" in answer.json()
    assert tells_nothing_of_inside(answer.text)


@pytest.mark.parametrize("method", ["subscriptions/listen", "resources/subscribe", "logging/setLevel", "no/such"])
async def test_no_stream_is_opened_to_whoever_asks_as_the_newest_protocol_has_it(assistant, method):
    asked = message(method, _meta=META, notifications={"toolsListChanged": True})
    answer = await assistant.posts(asked, **NEW, **{"mcp-method": method})
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "Method not found")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_nothing_but_a_post_is_taken(assistant, method):
    assert (await assistant.http.request(method, "/mcp", headers=HEADERS)).status_code == 405


async def test_a_body_of_a_megabyte_is_not_read_to_its_end(assistant):
    assert (await assistant.posts(b" " * 1_000_000)).status_code == 413


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "evil.example"])
async def test_a_page_of_another_site_may_not_ask_though_it_has_taken_our_address(assistant, host):
    answer = await assistant.posts(message(), host=host, origin="http://evil.example")
    assert (answer.status_code, "result" in answer.text) == (403, False)


async def test_our_own_page_may_ask(assistant):
    assert (await assistant.posts(message(), origin="http://127.0.0.1:8080")).json()["result"] == {}


async def test_so_many_a_minute_are_answered_from_one_address(school):
    app = site(school, per_minute=2)
    answers = [await within(app).posts(message()) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["retry-after"]) <= 30
    assert (await within(app, "192.0.2.2").posts(message())).status_code == 200


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_bug_tells_a_reference_and_nothing_else(assistant, school, monkeypatch, logged, mode):
    def fails(*_):
        raise KeyError("sqlite /secret/path.py")

    monkeypatch.setattr(public, "search", fails)
    assistant.mode = mode
    answer = await assistant.tries("search_courses")
    reference = next(each for each in logged.records if each.levelno == logging.ERROR).args[0]
    assert (answer.is_error, reference in answer.content[0].text) == (True, True)
    assert "secret" not in answer.content[0].text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["tools/call", "tools/list", "initialize", "ping", "x"]),
    params=JSON,
    ident=JSON,
    name=st.sampled_from(["search_courses", "get_course"]),
    arguments=JSON,
    headers=st.sampled_from([{}, NEW]),
)
async def test_whatever_comes_the_service_lives(assistant, method, params, ident, name, arguments, headers):
    given = {"name": name, "arguments": arguments, "_meta": META} if method == "tools/call" else params
    body = json.dumps({"jsonrpc": "2.0", "id": ident, "method": method, "params": given}).encode()
    answer = await assistant.posts(body, **headers, **{"mcp-method": method, "mcp-name": name})
    assert answer.status_code < 500
    assert tells_nothing_of_inside(answer.text)

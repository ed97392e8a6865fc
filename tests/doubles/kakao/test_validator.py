"""An answer of each kind is clean, and changed at any one place it is refused at that place."""

import json

import pytest

from tests.support.kakao.examples import BLOCK, EXAMPLES, PAGE
from tests.support.kakao.mutations import Path, at, found, places, put, where, without
from tests.support.kakao.validator import findings

every_example = pytest.mark.parametrize("name", EXAMPLES)

REQUIRED = {
    "": "version template",
    "context": "values",
    "values": "name lifeSpan",
    "template": "outputs",
    "simpleText": "text",
    "simpleImage": "imageUrl",
    "basicCard": "thumbnail",
    "commerceCard": "price thumbnails discountedPrice",
    "listCard": "header items",
    "itemCard": "itemList title",
    "itemCard in carousel": "itemList title thumbnail head profile imageTitle",
    "carousel": "type items",
    "header": "title description thumbnail",
    "thumbnail": "imageUrl width height",
    "thumbnails": "imageUrl",
    "itemList": "title description",
    "itemListSummary": "title description",
    "head": "title",
    "profile": "title nickname",
    "imageTitle": "title",
    "items": "title",
    "message": "title label action messageText",
    "block": "title label action blockId",
    "webLink": "label action webLinkUrl",
    "phone": "label action phoneNumber",
    "share": "label action",
    "operator": "label action",
}


def owner(name: str, path: Path) -> str:
    """What kind of object the key belongs to; what can be pressed goes by its action."""
    *above, _ = path
    holder = at(EXAMPLES[name], path[:-1])
    if "action" in holder:
        return holder["action"]
    if above[-3:-1] == ["carousel", "items"]:
        kind = at(EXAMPLES[name], above[:-2])["type"]
        return "itemCard in carousel" if kind == "itemCard" else kind
    return next((key for key in reversed(above) if isinstance(key, str)), "")


def keys(name: str) -> list[Path]:
    """Every key of an example, but an output's kind and useCallback: without these an answer is another one."""
    every = [path for path, _ in places(name) if isinstance(path[-1], str)]
    return [path for path in every if not is_output(path[:-1]) and path != ("useCallback",)]


def is_output(path: Path) -> bool:
    return path[1:-1] == ("outputs",)


@every_example
def test_an_answer_of_each_kind_is_shown_whole(name):
    assert findings(EXAMPLES[name]) == []
    assert findings(EXAMPLES[name], json.dumps(EXAMPLES[name]).encode()) == []


@every_example
def test_only_what_is_required_may_not_be_left_out(name):
    expected, told = {}, {}
    for path in keys(name):
        required = path[-1] in REQUIRED.get(owner(name, path), "").split()
        expected[where(path)] = {("ERROR", where(path))} if required else set()
        told[where(path)] = found(without(name, path))
    assert told == expected


@every_example
def test_a_key_that_is_not_known_is_refused_in_every_object(name):
    for path, value in [((), EXAMPLES[name]), *places(name)]:
        if isinstance(value, dict) and path[-1:] not in [("extra",), ("data",), ("params",)]:
            strange = where((*path, "shadow"))
            expected = {strange, where(path)} if is_output(path) else {strange}
            assert found(put(name, (*path, "shadow"), 1)) == {("ERROR", place) for place in expected}


@every_example
@pytest.mark.parametrize("wrong", [None, True, 7, 7.5, "일곱", [], {}], ids=repr)
def test_a_value_of_the_wrong_type_is_refused_at_every_place(name, wrong):
    told = {
        where(path): found(put(name, path, wrong))
        for path, value in places(name)
        if type(value) is not type(wrong) and path != ("useCallback",)
    }
    assert told == {place: {("ERROR", place)} for place in told}


@every_example
@pytest.mark.parametrize("empty", ["", " \n"], ids=repr)
def test_text_that_says_nothing_is_refused_at_every_place(name, empty):
    told = {where(path): found(put(name, path, empty)) for path, value in places(name) if isinstance(value, str)}
    assert told == {place: {("ERROR", place)} for place in told}


@every_example
@pytest.mark.parametrize(
    "address",
    [
        "/courses/12",
        "//lifelong.example.kr/courses",
        "lifelong.example.kr",
        "ftp://lifelong.example.kr",
        "javascript:alert(1)",
        "https://",
        "https:///courses",
        "https://lifelong.example.kr/a course",
        "https://lifelong.example.kr\n",
        "https://[lifelong",
        "https://lifelong.example.kr:99999/",
    ],
)
def test_an_address_that_cannot_be_opened_is_refused_at_every_place(name, address):
    told = {
        where(path): found(put(name, path, address))
        for path, value in places(name)
        if isinstance(value, str) and value.startswith("https:")
    }
    assert told == {place: {("ERROR", place)} for place in told}


TARGETS = {
    "webLink": ("webLinkUrl", PAGE),
    "message": ("messageText", "바리스타 신청"),
    "phone": ("phoneNumber", "02-000-0000"),
    "block": ("blockId", BLOCK),
}


def actions(name: str) -> list[tuple[Path, str]]:
    """What in the example acts on something, and how."""
    return [(path[:-1], action) for path, action in places(name) if path[-1] == "action" and action in TARGETS]


every_acting_example = pytest.mark.parametrize("name", [name for name in EXAMPLES if actions(name)])


@every_acting_example
@pytest.mark.parametrize("action", ["Message", "osLink", "", "talk"])
def test_an_action_that_does_not_exist_is_refused(name, action):
    for path, _ in actions(name):
        place = (*path, "action")
        assert found(put(name, place, action)) == {("ERROR", where(place))}


@every_acting_example
@pytest.mark.parametrize("action", [*TARGETS, "share", "operator"])
def test_an_action_that_does_not_fit_what_it_acts_on_is_refused(name, action):
    for path, own in actions(name):
        swapped = found(put(name, (*path, "action"), action)) if own != action else {("ERROR", where(path))}
        assert {(severity, place.startswith(where(path))) for severity, place in swapped} == {("ERROR", True)}


def foreign_targets(own: str) -> list[tuple[str, str]]:
    """What other actions act on; a block may be given the words of a message."""
    kept = {"block": ("block", "message")}.get(own, (own,))
    return [target for action, target in TARGETS.items() if action not in kept]


@every_acting_example
def test_an_action_that_has_the_target_of_another_too_is_refused(name):
    for path, own in actions(name):
        for target, value in foreign_targets(own):
            assert found(put(name, (*path, target), value)) == {("ERROR", where((*path, target)))}

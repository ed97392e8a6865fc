"""Links and pictures of the documents lead somewhere."""

import pytest

from tests.docs import documents


def missing(path, target):
    """Whether what a document points to isn't there: a file, or a heading in it."""
    name, _, anchor = target.partition("#")
    file = (path.parent / name).resolve() if name else path
    if not file.exists() or not file.is_relative_to(documents.ROOT):
        return True
    return bool(anchor) and anchor not in documents.anchors(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", documents.texts(), ids=lambda path: path.name)
def test_what_a_document_points_to_is_there(path):
    inside = [each for each in documents.targets(documents.texts()[path]) if "://" not in each]
    assert [each for each in inside if missing(path, each)] == []


def test_every_document_and_picture_is_pointed_to():
    pointed = {
        (path.parent / each).resolve() for path, text in documents.texts().items() for each in documents.targets(text)
    }
    there = {path for kind in ("*.md", "**/*.png", "**/*.webp") for path in documents.DOCS.glob(kind)}
    assert there - pointed == set()

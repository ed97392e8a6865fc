"""The form to send in: every text, an example of each variable, and how long it gets."""

import io

import pytest
from openpyxl import load_workbook

from handlers.notices.templates import TEXTS, fill, known_in
from handlers.notices.templates.texts import LONGEST
from handlers.staff.notices.templates import forms
from handlers.staff.reports import lists
from tests.support.domain import SETTINGS

pytestmark = pytest.mark.on_sqlite


async def test_every_text_is_in_the_book_as_it_is_with_an_example_of_each_variable(school):
    content = lists.book(await school.gets(forms.show))
    head, *rows = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    assert head == forms.COLUMNS
    assert [row[3] for row in rows] == [each.text for each in TEXTS.values()]
    for row, kind in zip(rows, TEXTS, strict=True):
        given = dict(line.split(" = ") for line in row[4].splitlines())
        assert list(given) == [f"#{{{name}}}" for name in known_in(kind)]
        assert int(row[7]) <= LONGEST


async def test_the_text_file_has_the_same_below_each_other(school):
    text = forms.written(await school.gets(forms.show)).decode()
    assert all(each.text in text and each.name in text for each in TEXTS.values())
    assert text.count("■ 내용") == len(TEXTS)


def test_examples_say_who_we_are_and_fill_every_text():
    samples = forms.examples(SETTINGS.to_organization())
    assert samples["기관"] == "중구 평생학습팀"
    assert all("#{" not in fill(each.text, samples) for each in TEXTS.values())

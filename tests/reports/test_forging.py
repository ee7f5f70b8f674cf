"""Every format of every family: what a repository wrote neither moves a cursor nor is a command of a runner."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from functools import partial
from html.parser import HTMLParser
from typing import Any

import click
import pytest
from hypothesis import given

from mlops_scan import reports
from tests.reports.pieces import forged
from tests.reports.samples import ASSESSMENTS, DIFFERENCES, FEW, HISTORIES

FAMILIES = {"assessments": ASSESSMENTS, "badges": ASSESSMENTS, "differences": DIFFERENCES, "histories": HISTORIES}
FORMATS = [(family, name) for family in FAMILIES for name in reports.names(family)]
# of our own pages: what runs, embeds or submits stands in no place that text of a repository can make
OURS = {"link": 1, "script": 1, "style": 1}
NEVER = frozenset({"base", "embed", "form", "iframe", "img", "object"})


class Page(HTMLParser):
    """The elements of a page, and the names of all attributes."""

    def __init__(self, page: str) -> None:
        """Read it."""
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.mark.parametrize(("family", "name"), FORMATS)
def test_text_of_a_repository_speaks_for_nobody(family: str, name: str) -> None:
    @FEW
    @given(FAMILIES[family])
    def holds(value: Any) -> None:  # noqa: ANN401 - of any family
        shown = click.unstyle(reports.renderer(family, name)(value))
        assert not forged(name, shown)
        FORMS.get(name, lambda _: None)(shown)

    holds()


def of_xml(text: str) -> None:
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}  # noqa: S314 - our own report
    assert not tags & {"script", "image", "a", "foreignObject", "use"}


def of_html(text: str) -> None:
    page = Page(text)
    assert {tag: page.tags.count(tag) for tag in OURS if page.tags.count(tag) > OURS[tag]} == {}
    assert NEVER.isdisjoint(page.tags)
    assert not [name for name in page.attributes if name.startswith("on") or name in {"style", "srcdoc", "src"}]


def of_json(text: str) -> None:
    json.loads(text)
    # a line is a bracket, or begins with the quote of a string or with a number: never with what a string holds
    assert all(line.lstrip()[0] in '{}[]"-0123456789tfn' for line in text.splitlines())


FORMS = {
    **dict.fromkeys(("json", "sarif", "shields"), of_json),
    **dict.fromkeys(("junit", "svg"), of_xml),
    "html": of_html,
}


def test_commands_are_seen_where_they_stand() -> None:
    wrong = partial(forged, "text")
    assert not any(map(wrong, ("a ::b:: c", '"::error::x"', "# [x]", "a:\n  b")))
    assert all(map(wrong, ("::error::x", "a\n  ::set-output name=a::b", "x ##[error]", "##vso[x]", "\x1b[1m", "a\rb")))
    assert forged("github", "::notice title=a::b\nc")

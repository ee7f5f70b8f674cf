"""Whatever a repository holds, every report keeps its form, and its text starts no line, tag, link or command."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import click
from hypothesis import given
from markdown_it import MarkdownIt

from mlops_scan import reports
from mlops_scan.assessment import Answer, Assessment, Origin, Proven
from mlops_scan.reports.assessments import text as text_report
from mlops_scan.reports.assessments.text import WIDTH
from tests.reports.pieces import COMMAND, HIDING
from tests.reports.samples import ASSESSMENTS, DIFFERENCES, FEW, HOSTILE, MARK, files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from mlops_scan.difference import Difference

GFM = MarkdownIt("gfm-like")
EXAMPLES = {file.text.removeprefix("\n") for file in files()}


def tokens(nested: list[Token]) -> Iterator[Token]:
    for token in nested:
        yield token
        yield from tokens(token.children or [])


def only_in_code(text: str) -> None:
    """Show that the repository's text stands in code spans, and that nothing of it became markup."""
    found = list(tokens(GFM.parse(text)))
    elsewhere = [token for token in found if token.type not in {"code_inline", "inline"} and MARK in token.content]
    assert not elsewhere
    assert not [token for token in found if token.type in {"link_open", "image", "html_inline", "code_block"}]
    assert {token.content for token in found if token.type == "fence"} <= EXAMPLES
    html = {line for token in found if token.type == "html_block" for line in token.content.splitlines()}
    assert all(re.fullmatch(r"<details><summary>[\w :()]+</summary>|</details>", line) for line in html)


@FEW
@given(ASSESSMENTS)
def test_markdown_of_an_assessment_holds_it_in_code_spans(found: Assessment) -> None:
    text = reports.renderer("assessments", "markdown")(found)
    only_in_code(text)
    assert not HIDING.search(text)


@FEW
@given(DIFFERENCES)
def test_markdown_of_a_difference_holds_it_in_code_spans(found: Difference) -> None:
    text = reports.renderer("differences", "markdown")(found)
    only_in_code(text)
    assert not HIDING.search(text)


@FEW
@given(ASSESSMENTS, DIFFERENCES)
def test_json_can_be_read_and_says_the_same(found: Assessment, changed: Difference) -> None:
    document = json.loads(reports.renderer("assessments", "json")(found))
    assert [one["id"] for one in document["capabilities"]] == [one.id for one in found.capabilities]
    told = [one.message.encode("utf-8", "backslashreplace").decode() for one in found.diagnostics]
    assert [one["message"] for one in document["diagnostics"]] == told
    assert json.loads(reports.renderer("differences", "json")(changed))["worse"] == changed.worse


@FEW
@given(ASSESSMENTS, DIFFERENCES)
def test_text_has_no_commands_and_moves_no_cursor(found: Assessment, changed: Difference) -> None:
    for family, value in (("assessments", found), ("differences", changed)):
        text = click.unstyle(reports.renderer(family, "text")(value))
        assert not COMMAND.search(text)
        assert not HIDING.search(text)


@FEW
@given(ASSESSMENTS, DIFFERENCES)
def test_annotations_are_one_command_a_line(found: Assessment, changed: Difference) -> None:
    shape = re.compile(r"::(notice|warning) (file=[^:,]+,)?(line=\d+,)?title=[^:,]+::[^\r\n]+")
    for family, value in (("assessments", found), ("differences", changed)):
        text = reports.renderer(family, "github")(value)
        assert not HIDING.search(text)
        assert all(shape.fullmatch(line) for line in text.splitlines())
        assert not re.search(r"##(\[|vso)", text)


@FEW
@given(ASSESSMENTS, DIFFERENCES)
def test_no_report_that_is_printed_holds_a_command(found: Assessment, changed: Difference) -> None:
    for family, value in (("assessments", found), ("differences", changed)):
        for name in ("json", "markdown", "text"):
            assert not COMMAND.search(click.unstyle(reports.renderer(family, name)(value)))


@given(HOSTILE)
def test_what_is_hostile_holds_the_mark(text: str) -> None:
    assert MARK in text


def test_a_command_that_a_line_break_would_make_is_none() -> None:
    word = "w" * (WIDTH - len("    ")) + "::error::x"
    found = Proven("a.b", "f.py", 0, "strong", word)
    answer = Answer("unit-tests", 1, required=True, status="present", evidence=(found,))
    source = Origin("churn", None, "worktree")
    report = text_report.render(
        Assessment(source, "ml-system", 0, "No automation", complete=True, capabilities=(answer,), gaps=())
    )
    assert "error" in report
    assert not COMMAND.search(click.unstyle(report))

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan.reports.annotations import Annotation, command
from mlops_scan.reports.visible import visible


@pytest.mark.parametrize(
    ("annotation", "line"),
    [
        (Annotation("notice", "a.py", 3, "t", "m"), "::notice file=a.py,line=3,title=t::m\n"),
        (Annotation("warning", "", 0, "t", "m"), "::warning title=t::m\n"),
        (Annotation("warning", "a.py", 0, "t", "m"), "::warning file=a.py,title=t::m\n"),
        (Annotation("error", "a,b:c.py", 1, "50%", "100%"), "::error file=a%2Cb%3Ac.py,line=1,title=50%25::100%25\n"),
        (
            Annotation("error", "a\n::x::", 1, "t", "m\r\nn"),
            "::error file=a\\n%3A%3Ax%3A%3A,line=1,title=t::m\\r\\nn\n",
        ),
    ],
)
def test_a_command_is_one_line_with_its_parts_escaped(annotation: Annotation, line: str) -> None:
    assert command(annotation) == line


@given(st.text(min_size=1), st.text(min_size=1), st.text())
def test_the_runner_reads_back_what_was_said(path: str, title: str, message: str) -> None:
    """Read it as the runner does: properties end at the second ``::``, and are parted by commas."""
    line = command(Annotation("notice", path, 7, title, message))
    assert line.count("\n") == 1
    assert line.endswith("\n")
    properties, said = re.fullmatch(r"::notice (.*?)::(.*)\n", line, re.DOTALL).groups()  # type: ignore[union-attr]
    read = dict(one.split("=", 1) for one in properties.split(","))
    assert {key: unquote(value) for key, value in read.items()} == {
        "file": visible(path, 1000),
        "line": "7",
        "title": visible(title, 1000),
    }
    assert unquote(said) == visible(message, 1000)

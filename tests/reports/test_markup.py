from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mlops_scan.reports.markup import code, place_code
from mlops_scan.reports.visible import visible


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("plain", "`plain`"),
        ("a `b` c", "``a `b` c``"),
        ("`", "`` ` ``"),
        ("", "`  `"),
        ("two\nlines", "`two\\nlines`"),
        ("|<b>*", "`|<b>*`"),
    ],
)
def test_a_span_is_fenced_by_more_backticks_than_it_holds(text: str, span: str) -> None:
    assert code(text) == span


@given(st.text(alphabet="`a \\\n*<[", max_size=30))
def test_a_span_is_one_span_whatever_it_holds(text: str) -> None:
    (paragraph,) = [t for t in MarkdownIt("gfm-like").parse(f"- x {code(text)} y") if t.type == "inline"]
    children = paragraph.children or []
    assert [token.type for token in children] == ["text", "code_inline", "text"]
    assert children[1].content.strip() == visible(text).strip()


def test_a_place_is_one_span() -> None:
    assert place_code("a b.py", 3) == "`a b.py:3`"
    assert place_code("a.py", 0) == "`a.py`"

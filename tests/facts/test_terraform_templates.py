from __future__ import annotations

import json

import pytest

from mlops_scan.facts.terraform_templates import filled


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": ${count}, "b": "${name}-x"}', {"a": None, "b": "${name}-x"}),
        ('{"a": ${jsonencode({ b = 1 })}}', {"a": None}),
        ('{%{ if on }\n"a": 1%{ endif }}', {"a": 1}),
        ('{"a": "\\"${b}", "c": ${d}}', {"a": '"${b}', "c": None}),
        ('{"a": "${join(",", names)}"}', {"a": "${join(',', names)}"}),
        ('{"a": 1}', {"a": 1}),
    ],
)
def test_what_a_template_generates(text: str, found: dict[str, object]) -> None:
    assert json.loads(filled(text)) == found


def test_what_is_never_closed_is_left_out() -> None:
    assert filled('{"a": ${b') == '{"a": null'

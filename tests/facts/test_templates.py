from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan import facts
from mlops_scan.facts.kinds import Call, Definition, Setting
from mlops_scan.facts.templates import generated

if TYPE_CHECKING:
    from collections.abc import Callable

PIPELINE = """\
# {% include 'license' %}
from steps import (
    load,
{%- if tune %}
    search,
{%- else %}
    fixed,
{%- endif %}
)

def {{ product.name }}_training():
    {% if tune -%}
    search()
    {%- elif other %}
    other()
    {%- endif %}
    load({{ size | int }})
"""


def test_a_template_of_code_is_read_as_what_it_generates(stated: Callable[..., list[Any]]) -> None:
    assert stated("flow.py", PIPELINE, Definition, "line", "name")[1:] == [(11, "product_name_training")]
    assert stated("flow.py", PIPELINE, Call, "line", "name") == [(13, "steps.search"), (17, "steps.load")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1", None),
        ("{{ 'x }}", None),  # no template after all
        ("{{ a }}{# note\n#}x", "a\nx"),
        ("{% raw %}{{ kept }}{% endraw %}", "{{ kept }}"),
        ("{% for a in b %}\n- {{ a }}\n{% else %}\n- none\n{% endfor %}\nend", "\n- a\n\n\n\nend"),
        ("{% else %}x{% endif %}", "x"),
    ],
)
def test_tags_and_other_branches_leave_their_lines(text: str, expected: str | None) -> None:
    found = generated(text.encode())
    assert (found and found.decode()) == expected


@given(st.lists(st.sampled_from(["{% if a %}", "{%- else -%}", "{% endif %}", "{{ b.c }}", "\n", "  x", "{# d\n #}"])))
def test_lines_keep_their_numbers(parts: list[str]) -> None:
    text = "".join(parts)
    found = generated(text.encode())
    if found is not None:
        kept = [line for line in found.decode().split("\n") if line.strip() == "x"]
        lines = text.split("\n")
        assert found.decode().count("\n") <= text.count("\n")
        assert all(any("x" in line for line in lines) for _ in kept)


GO = """\
{{- define "x" }}
# {{/* note
   of two lines */}}
{{ if eq .input_cloud `aws` }}
name: {{ .input_name }}-{{template `suffix` .}}
{{- else }}
name: other
{{- end }}
{{- end }}
on: push
"""


def test_a_go_template_is_read_as_what_it_generates(stated: Callable[..., list[Any]]) -> None:
    assert stated("a.yml.tmpl", GO, Setting, "line", "key", "value") == [
        (5, "name", "input_name-suffix"),
        (10, "on", "push"),
    ]
    assert facts.read("a.py.tmpl", b"def {{ .x }}(:\n").diagnostics[0].path == "a.py.tmpl"

from __future__ import annotations

import pytest

from mlops_scan.facts import json_documents
from mlops_scan.facts.json_comments import without
from mlops_scan.facts.kinds import Setting


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("{} // end", "{} "),
        ('{"a": 1, /* one\ntwo */ "b": 2}', '{"a": 1, \n "b": 2}'),
        ('{"url": "https://x/*y*/"} // z\n', '{"url": "https://x/*y*/"} \n'),
        ('{"quoted": "\\"// no"}', '{"quoted": "\\"// no"}'),
        ('{"open": "// no', '{"open": "// no'),
        ("/* open", ""),
    ],
)
def test_comments_are_taken_out_and_texts_stay(text: str, bare: str) -> None:
    assert without(text) == bare


def test_settings_between_comments_keep_their_lines() -> None:
    text = '// of an editor\n{\n  // where\n  "image": "ml",\n  "args": ["."\n    //, "-q"\n  ]\n}\n'
    found = json_documents.read(".devcontainer/devcontainer.json", text.encode())
    said = [(fact.line, fact.key, fact.value) for fact in found.facts if isinstance(fact, Setting)]
    assert said == [(4, "image", "ml"), (5, "args.0", ".")]
    assert not found.diagnostics


def test_what_is_no_json_without_comments_either_is_told() -> None:
    found = json_documents.read("a.json", b'// x\n{"a": [1,,\n')
    assert [told.path for told in found.diagnostics] == ["a.json"]

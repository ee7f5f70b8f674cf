"""Annotations of GitHub Actions: workflow commands that put a message beside a line.

Source of form and escapes: https://docs.github.com/actions/reference/workflow-commands-for-github-actions and the
runner's own reader of them, https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

# GitHub shows no more than ten of a kind of one step
MOST = 10
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_DATA, **str.maketrans({":": "%3A", ",": "%2C"})}
_LONGEST = 1000


class Annotation(NamedTuple):
    """One message: ``kind`` is notice, warning or error; ``line`` 0 means the file, an empty ``path`` the run."""

    kind: str
    path: str
    line: int
    title: str
    message: str


def command(annotation: Annotation) -> str:
    """Return the workflow command of an annotation, in one line."""
    properties = {"file": annotation.path, "line": str(annotation.line or ""), "title": annotation.title}
    said = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items() if value)
    return f"::{annotation.kind} {said}::{_escaped(annotation.message, _DATA)}\n"


def _escaped(text: str, escapes: Mapping[int, str]) -> str:
    return visible(text, _LONGEST).translate(escapes)

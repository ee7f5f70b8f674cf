"""What an AWS CodeBuild project runs: a build specification, as a file's path or as its text.

Source of the format: https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

DEFAULT = "buildspec.yml"
_ROOT = "CODEBUILD_SRC_DIR"


def specified(spec: Node, unit: str) -> Iterator[Fact]:
    """Yield what a unit runs by its specification: a path, text in YAML, or the document itself."""
    if "\n" not in spec.text and spec.text:
        yield Link(spec.line, "file", posixpath.normpath(spec.text), unit)
        return
    from mlops_scan.facts.yaml_documents import parse

    for document in parse(spec.text.encode()).nodes if spec.text else (spec,):
        yield from commands(document, unit, first=spec.line if spec.text else 0)


def commands(document: Node, unit: str, first: int = 0) -> Iterator[Fact]:
    """Yield the commands of the phases; ``first`` is the line before a document that stands inside another."""
    phases = document.get("phases")
    for phase in phases.mapping.values() if phases else ():
        listed = phase.get("commands")
        items = [(first + item.line + ("\n" in item.text), item.text) for item in (listed.items if listed else ())]
        yield from in_order(items, unit)


def in_order(listed: Iterable[tuple[int, str]], unit: str) -> Iterator[Fact]:
    """Yield the commands of a list with their lines; all run in one shell, so that ``cd`` holds for those behind it."""
    directory = ""
    for line, text in listed:
        yield from shell.facts(text, line, unit, directory=directory)
        words = text.split()
        if words[:1] == ["cd"] and len(words) == 2:  # noqa: PLR2004 - cd and where to
            root, _, below = words[1].partition("/")
            moved = below if root.strip("${}") == _ROOT else posixpath.join(directory, words[1])
            directory = posixpath.normpath(moved) if moved and "$" not in moved else ""

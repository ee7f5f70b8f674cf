"""What an AWS CodeBuild project runs: a build specification, as a file's path or as its text.

Source of the format: https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Command
    from mlops_scan.facts.node import Node

DEFAULT = "buildspec.yml"


def specified(spec: Node, unit: str) -> Iterator[Command | Link]:
    """Yield what a unit runs by its specification: a path, text in YAML, or the document itself."""
    if "\n" not in spec.text and spec.text:
        yield Link(spec.line, "file", posixpath.normpath(spec.text), unit)
        return
    from mlops_scan.facts.yaml_documents import parse

    for document in parse(spec.text.encode()).nodes if spec.text else (spec,):
        yield from commands(document, unit, first=spec.line if spec.text else 0)


def commands(document: Node, unit: str, first: int = 0) -> Iterator[Command]:
    """Yield the commands of the phases; ``first`` is the line before a document that stands inside another."""
    phases = document.get("phases")
    for phase in phases.mapping.values() if phases else ():
        listed = phase.get("commands")
        for item in listed.items if listed else ():
            yield from shell.commands(item.text, first + item.line + ("\n" in item.text), unit)

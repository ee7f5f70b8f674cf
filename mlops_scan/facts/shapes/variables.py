"""Environment variables that CI files, compose files and manifests give to what they start.

They stand below ``env``, ``environment`` or ``variables``: as a mapping, as ``NAME=text``, as ``name`` and ``value``.

Sources: https://docs.github.com/en/actions/reference/workflows-and-actions/variables,
https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/variables, https://docs.gitlab.com/ci/variables/,
https://docs.docker.com/reference/compose-file/services/#environment and
https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_KEYS = frozenset({"env", "environment", "variables"})
_MAX = 2000
_MAX_PARTS = 50_000  # aliases let a small document have any number of them


def facts(path: str, document: Node) -> Iterator[Fact]:  # noqa: ARG001 - all shapes take both
    """Yield the variables of a document, at most `_MAX` of them from its first `_MAX_PARTS` parts."""
    waiting, left = [document], _MAX
    for node in waiting:  # which grows while it is gone through
        if len(waiting) > _MAX_PARTS:
            return
        for key, below in node.mapping.items():
            for variable in _stated(below) if key in _KEYS else ():
                left -= 1
                if left < 0:
                    return
                yield variable
        inside = node.mapping.values() if node.mapping else node.items
        waiting.extend(part for part in inside if not isinstance(part.value, str))


def _stated(variables: Node) -> Iterator[Variable]:
    for key, value in variables.mapping.items():
        if key.isidentifier() and isinstance(value.value, str):
            yield Variable(value.line, key, value.text)
    for item in variables.items:
        name, given = item.get("name"), item.get("value")
        if name is not None and given is not None and name.text.isidentifier():
            yield Variable(given.line, name.text, given.text)
        written, equals, text = item.text.partition("=")
        if equals and written.isidentifier():
            yield Variable(item.line, written, text)

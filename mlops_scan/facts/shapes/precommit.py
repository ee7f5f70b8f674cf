"""pre-commit's configuration: hooks, as ready-made steps named ``pre-commit:HOOK``.

Source of the format: https://pre-commit.com/#plugins
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

UNIT = "pre-commit"
_NAMES = frozenset({".pre-commit-config.yaml", ".pre-commit-config.yml"})


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the hooks; a ``ci`` table means that pre-commit.ci runs them on pull requests."""
    repos = document.get("repos")
    if posixpath.basename(path) not in _NAMES or repos is None:
        return
    yield Unit(line=repos.line, name=UNIT, kind="task")
    ci = document.get("ci")
    if ci is not None:
        yield Trigger(line=ci.line, event="pull-request", detail="pre-commit.ci", unit=UNIT)
    for repo in repos.items:
        source = repo.get("repo")
        hooks = repo.get("hooks")
        for hook in hooks.items if hooks else ():
            yield from _hook(hook, source.text if source else "")


def _hook(hook: Node, source: str) -> Iterator[Fact]:
    name = hook.get("id")
    if name is None:
        return
    yield Uses(line=name.line, name=f"pre-commit:{name.text}", arguments={"repo": source}, unit=UNIT)
    entry = hook.get("entry")
    if entry is not None:
        yield from shell.commands(entry.text, entry.line, UNIT)

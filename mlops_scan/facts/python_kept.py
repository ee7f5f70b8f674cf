"""Steps of pipelines that code names without calling them: in a table, or under another name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Link, Unit
from mlops_scan.facts.python_tree import descend

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.kinds import Fact

_STEP = "stage"


def links(tree: ast.Module, stated: Iterable[Fact]) -> Iterator[Link]:
    """Yield where a module names its steps; one without steps is not searched."""
    steps = {fact.name for fact in stated if isinstance(fact, Unit) and fact.kind == _STEP}
    for node in descend(tree) if steps else ():
        if isinstance(node, ast.Name) and node.id in steps and isinstance(node.ctx, ast.Load):
            yield Link(line=node.lineno, kind="kept", target=node.id)

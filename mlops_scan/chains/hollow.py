"""Pipelines of which nothing is there: their definition names programs of the repository, and it has none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlops_scan.chains.graph import Builder

_DEFINING = frozenset({"pipeline", "stage"})


def settle(builder: Builder) -> None:
    """Note the files that define a pipeline of programs that are not there, and lead to nothing else and do nothing.

    Where something in the file may bring the programs, they may be there when it runs.
    """
    missing: dict[str, bool] = {}
    for node, ends in builder.dead.items():
        if builder.kinds.get(node) in _DEFINING:
            missing[node.path] = missing.get(node.path, True) and all(end.sure for end in ends)
    hollow = {path for path, sure in missing.items() if sure}
    if hollow:
        hollow -= {node.path for node in builder.acts}
        hollow -= {node.path for node, edges in builder.edges.items() if any(e.target.path != node.path for e in edges)}
    builder.hollow = frozenset(hollow)

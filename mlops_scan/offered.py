"""What the code of a library offers to others, and does not do itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Graph
    from mlops_scan.evidence import Evidence

_CODE = (".py", ".R", ".jl")


def weakened(found: Iterable[Evidence], known: Known, doing: Container[str]) -> list[Evidence]:
    """Return evidence, weak where it is code of a library that only waits for others to call it.

    What stands in a file of ``doing`` is part of what the library does; so is what a program of the product comes to.
    """
    product = frozenset(file.path for file in known.files if file.role == "product")
    return [
        msgspec.structs.replace(one, strength="weak") if _is_offered(one, known.graph, product, doing) else one
        for one in found
    ]


def _is_offered(one: Evidence, graph: Graph, product: Container[str], doing: Container[str]) -> bool:
    code = one.strength == "strong" and one.path.endswith(_CODE) and one.path not in doing
    return code and not _is_run(Node(one.path, one.unit), graph, product)


def _is_run(node: Node, graph: Graph, product: Container[str]) -> bool:
    """Tell whether a program, notebook, job or the like of the product comes to a unit."""
    met, left = {node}, [node]
    while left:
        here = left.pop()
        if here.path in product and (not here.unit or here in graph.kinds):
            return True
        further = {source for source, _ in graph.sources.get(here, ())} - met
        met |= further
        left.extend(further)
    return False

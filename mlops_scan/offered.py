"""What the code of a library offers to others, and does not do itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from mlops_scan.assessment import Known
    from mlops_scan.evidence import Evidence

_CODE = (".py", ".R", ".jl")


def weakened(found: Iterable[Evidence], known: Known, doing: Container[str]) -> list[Evidence]:
    """Return evidence, weak where it is code of a library that only waits for others to call it.

    What stands in a file of ``doing`` is part of what the library does; so is what a program of the product comes to.
    """
    run = _run(known)
    return [msgspec.structs.replace(one, strength="weak") if _is_offered(one, run, doing) else one for one in found]


def _is_offered(one: Evidence, run: Container[Node], doing: Container[str]) -> bool:
    code = one.unit and one.strength == "strong" and one.path.endswith(_CODE) and one.path not in doing
    return bool(code) and Node(one.path, one.unit) not in run


def _run(known: Known) -> Container[Node]:
    """Return the units that a program, notebook, job or the like of the product comes to, and these themselves."""
    graph = known.graph
    product = frozenset(file.path for file in known.files if file.role == "product")
    units = {*graph.edges, *graph.acts, *graph.kinds}
    found = {node for node in units if node.path in product and (not node.unit or node in graph.kinds)}
    waiting = list(found)
    while waiting:
        further = {edge.target for edge in graph.edges.get(waiting.pop(), ())} - found
        found |= further
        waiting.extend(further)
    return found

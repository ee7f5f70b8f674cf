"""Conditions that only ask functions of the repository which compare nothing, however these are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains import Node
from mlops_scan.facts.kinds import Condition

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Known
    from mlops_scan.proofs.within import Within


def asking_in_vain(known: Known, ways: Within) -> Callable[[str, Condition], bool]:
    """Return what tells whether a condition asks only functions at hand of which none compares anything by order.

    ``resolve_scorer(name) is None`` finds out whether there is a scorer. The name of a function from elsewhere is all
    that is known of it.
    """
    comparing = {
        Node(file.path, fact.unit)
        for file in known.files
        for fact in file.of(Condition)
        if not fact.asks and fact.operands
    }

    def tell(path: str, condition: Condition) -> bool:
        asked = (
            [n for name in condition.operands for n in ways.called(Node(path, condition.unit), name)]
            if condition.asks
            else []
        )
        return bool(asked) and comparing.isdisjoint(asked)

    return tell

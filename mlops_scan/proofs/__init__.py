"""Forms of proof: one module a form, each with ``decide(proof, capability, known) -> Iterator[Proven]``.

The folder is the registry: ``form = "chain"`` in ``capabilities.toml`` is ``chain.py`` here.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.model import Proof


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:
    """Yield what proves a capability in this form; nothing where it does not hold."""
    module = importlib.import_module(f"{__name__}.{proof.form}")
    found: Iterator[Proven] = module.decide(proof, capability, known)
    return found


def asks_history(proof: Proof) -> bool:
    """Tell whether a proof depends on who changed what, and not only on what is there."""
    module = importlib.import_module(f"{__name__}.{proof.form}")
    return bool(getattr(module, "ASKS_HISTORY", False))

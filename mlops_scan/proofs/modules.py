"""ML code lives outside notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.facts.kinds import Definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.model import Proof

_DETECTOR = "model.modules"
_SUMMARY = "ML code lives in a module or script."
_PLAIN = "Product code lives in a module or script."
_NOTEBOOKS = (".ipynb", ".Rmd", ".qmd")


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield modules that do one of ``proof.acts``; in a repository without ML, any module."""
    modules = {
        file.path: file.role
        for file in known.files
        if not file.path.endswith(_NOTEBOOKS)
        and any(isinstance(f, Definition) and f.kind == "module" for f in file.facts)
    }
    seen = set()
    for found in known.evidence:
        if found.act in proof.acts and modules.get(found.path) == "product" and found.path not in seen:
            seen.add(found.path)
            yield Proven(found.detector, found.path, found.line, "strong", _SUMMARY)
    if not known.acts.intersection(proof.acts):
        yield from (
            Proven(_DETECTOR, path, 1, "strong", _PLAIN) for path, role in sorted(modules.items()) if role == "product"
        )

"""ML code lives outside notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.facts.kinds import Definition
from mlops_scan.model import questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.evidence import Evidence
    from mlops_scan.model import Proof

_DETECTOR = "model.modules"
_SUMMARY = "ML code lives in a module or script."
_PLAIN = "Product code lives in a module or script."
_NOTEBOOKS = (".ipynb", ".Rmd", ".qmd")


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield modules that do one of ``proof.acts``, by the first of these acts, in order; without any ML code, all.

    A container that serves somebody's model is no code, and takes none away from the modules beside it.
    """
    modules = {
        file.path: file.role
        for file in known.files
        if not file.path.endswith(_NOTEBOOKS)
        and any(isinstance(f, Definition) and f.kind == "module" for f in file.facts)
    }
    telling: dict[tuple[str, str], Evidence] = {}
    for found in sorted((e for e in known.evidence if e.act in proof.acts), key=lambda e: proof.acts.index(e.act)):
        if modules.get(found.path) == "product":
            # where some is disputed, what another detector finds in the same file still counts
            telling.setdefault((found.path, found.detector if known.claims.disputed else ""), found)
    # tables are prepared, and requests answered, without any ML too
    learns = any(found.act in questions().kind.ml for found in known.evidence)
    for (path, _), found in telling.items():
        yield Proven(found.detector, path, found.line, "strong", _SUMMARY if learns else _PLAIN)
    code = (found for found in known.evidence if found.act in proof.acts and found.strength == "strong")
    if not telling and not any(found.path in modules or found.path.endswith(_NOTEBOOKS) for found in code):
        yield from (
            Proven(_DETECTOR, path, 1, "strong", _PLAIN) for path, role in sorted(modules.items()) if role == "product"
        )

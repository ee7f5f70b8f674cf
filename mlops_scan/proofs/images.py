"""An image that runs whatever it is told holds the code that does what is wanted."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.facts.kinds import Command, Copied, Unit

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.evidence import FileFacts
    from mlops_scan.model import Proof

_DETECTOR = "model.images"
_SUMMARY = "Copies this code into an image that runs what it is told."
_INTERPRETERS = frozenset({"Rscript", "bash", "julia", "python", "python3", "sh"})


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield where an image that starts an interpreter alone takes a file or folder that does one of ``proof.acts``.

    The whole repository is no such folder: what is copied with all the rest may never run there.
    """
    doing = {e.path for e in known.evidence if e.act in proof.acts and e.strength == "strong"}
    places = _above(doing) if doing else frozenset()
    for file in known.files if places else ():
        if file.role == "product" and _runs_anything(file):
            for fact in file.of(Copied):
                if _taken(fact.source, file.path, places):
                    yield Proven(_DETECTOR, file.path, fact.line, "strong", _SUMMARY)


def _runs_anything(file: FileFacts) -> bool:
    """Tell whether all that an image starts is an interpreter, without a program for it."""
    if not any(unit.kind == "container" for unit in file.of(Unit)):
        return False
    started = [posixpath.basename(command.run) for command in file.of(Command) if not command.unit]
    return bool(started) and _INTERPRETERS.issuperset(started)


def _taken(source: str, path: str, places: Container[str]) -> bool:
    """Tell whether what is copied, seen from the folder of the Dockerfile or one above, is one of the places."""
    written, context = posixpath.normpath(source.lstrip("/")), posixpath.dirname(path)
    while written != ".":
        if posixpath.normpath(posixpath.join(context, written)) in places:
            return True
        if not context:
            return False
        context = posixpath.dirname(context)
    return False


def _above(paths: Iterable[str]) -> frozenset[str]:
    """Return the paths with all the folders that hold them."""
    found: set[str] = set()
    for path in paths:
        while path and path not in found:
            found.add(path)
            path = posixpath.dirname(path)  # noqa: PLW2901
    return frozenset(found)

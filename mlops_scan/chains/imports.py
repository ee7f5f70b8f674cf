"""What a module does as soon as it is imported: it loads a model at its top, registers handlers, calls functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node, Step
from mlops_scan.facts.kinds import Guarded, Import

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts

_MODULE = ".py"
# no function can be called so
_LOADED = "import"


def settle(builder: Builder, files: Iterable[FileFacts], known: Places) -> None:
    """Link code to what the modules of the repository do that it imports; a program's own part is not run then."""
    modules = [file for file in files if file.role == "product" and file.path.endswith(_MODULE)]
    for file in modules:
        _loaded(builder, file)
    for file in modules:
        for fact in file.of(Import):
            found = known.modules.resolve(fact.name, file.path)
            if found and found[0] != file.path:
                step = Step(file.path, fact.line, f"imports {fact.name}")
                for source in _importing(file, fact):
                    builder.link(source, Node(found[0], _LOADED), step, calls=True)


def _importing(file: FileFacts, fact: Import) -> tuple[Node, ...]:
    if fact.unit or _guarded(file, fact.line):
        return (Node(file.path, fact.unit),)
    return Node(file.path, ""), Node(file.path, _LOADED)


def _loaded(builder: Builder, file: FileFacts) -> None:
    """Let a module that is loaded do and run what stands at its top."""
    whole, loaded = Node(file.path, ""), Node(file.path, _LOADED)
    acts = [act for act in builder.acts.get(whole, ()) if not _guarded(file, act.line)]
    edges = [edge for edge in builder.edges.get(whole, ()) if not _guarded(file, edge.step.line)]
    if acts:
        builder.acts[loaded] = acts
    if edges:
        builder.edges[loaded] = edges


def _guarded(file: FileFacts, line: int) -> bool:
    return any(part.line <= line <= part.end for part in file.of(Guarded))

"""What a module does as soon as it is imported: it loads a model at its top, registers handlers, calls functions."""

from __future__ import annotations

import bisect
from collections import defaultdict
from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node, Step
from mlops_scan.facts.kinds import Decorator, Guarded, Import

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts

_MODULE = ".py"
# no function can be called so
LOADED = "import"


def settle(builder: Builder, files: Iterable[FileFacts], known: Places) -> None:
    """Link code to what the modules of the repository do that it imports; a program's own part is not run then.

    Modules that do nothing when they are imported, nor import any that do, are left out.
    """
    modules = [file for file in files if file.role == "product" and file.path.endswith(_MODULE)]
    importers = _importers(modules, known)
    doing = [file.path for file in modules if _loaded(builder, file)]
    seen = set(doing)
    for path in doing:  # which grows while it is gone through
        for file, fact in importers.get(path, ()):
            step = Step(file.path, fact.line, f"imports {fact.name}")
            for source in _importing(file, fact):
                builder.link(source, Node(path, LOADED), step, calls=True)
                if source.unit == LOADED and source.path not in seen:
                    seen.add(source.path)
                    doing.append(source.path)


def _importers(modules: Iterable[FileFacts], known: Places) -> dict[str, list[tuple[FileFacts, Import]]]:
    """Return by module where it is imported, once for each part of the code that does."""
    found: dict[str, list[tuple[FileFacts, Import]]] = defaultdict(list)
    for file in modules:
        told: set[tuple[str, str]] = set()
        for fact in file.of(Import):
            module = known.modules.resolve(fact.name, file.path)
            if module and module[0] != file.path and (module[0], fact.unit) not in told:
                told.add((module[0], fact.unit))
                found[module[0]].append((file, fact))
    return found


def _importing(file: FileFacts, fact: Import) -> tuple[Node, ...]:
    if fact.unit or _guarded(file, fact.line):
        return (Node(file.path, fact.unit),)
    return Node(file.path, ""), Node(file.path, LOADED)


def _loaded(builder: Builder, file: FileFacts) -> bool:
    """Let a module that is loaded do and run what stands at its top; tell whether it does anything.

    Of its handlers those are registered then that it gives to an application of another file; a router of its own
    answers nothing before an application takes it in.
    """
    whole, loaded = Node(file.path, ""), Node(file.path, LOADED)
    acts = [act for act in builder.acts.get(whole, ()) if not _guarded(file, act.line)]
    leading = (
        edge for edge in builder.edges.get(whole, ()) if edge.target in builder.edges or edge.target in builder.acts
    )
    registered = {fact.unit for fact in file.of(Decorator) if not fact.asked}
    edges = [
        edge
        for edge in leading
        if not _guarded(file, edge.step.line) and (not edge.answers or edge.target.unit in registered)
    ]
    if acts:
        builder.acts[loaded] = acts
    if edges:
        builder.edges[loaded] = edges
    return bool(acts or edges)


def _guarded(file: FileFacts, line: int) -> bool:
    parts = file.of(Guarded)
    before = bisect.bisect_right(parts, line, key=_first) if parts else 0
    return before > 0 and line <= parts[before - 1].end


def _first(part: Guarded) -> int:
    return part.line

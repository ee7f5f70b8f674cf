"""Functions of languages in which all files that are loaded share their names: R has no modules of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node, Step
from mlops_scan.facts.kinds import Call, Definition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.chains.graph import Builder
    from mlops_scan.evidence import FileFacts

_SHARING = (".R", ".r", ".Rmd", ".qmd")


def note(builder: Builder, files: Iterable[FileFacts]) -> None:
    """Link code to the functions that it calls: those of its file, else the only ones of that name."""
    sharing = [file for file in files if file.path.endswith(_SHARING)]
    defined: dict[str, set[str]] = {}
    for file in sharing:
        for fact in file.of(Definition):
            if fact.kind == "function":
                defined.setdefault(fact.name, set()).add(file.path)
    for file in sharing if defined else ():
        for call in file.of(Call):
            paths = defined.get(call.name, ())
            path = file.path if file.path in paths else next(iter(paths), "") if len(paths) == 1 else ""
            if path:
                step = Step(file.path, call.line, f"calls {call.name}")
                builder.link(Node(file.path, call.unit), Node(path, call.name), step, calls=True)

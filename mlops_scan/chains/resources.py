"""Declared infrastructure by its addresses: what a resource means by another, in its module and across modules."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.gcloud_jobs import made_by
from mlops_scan.chains.graph import Node
from mlops_scan.facts.kinds import Command, Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.chains.graph import Builder
    from mlops_scan.evidence import FileFacts

# what else is declared knows its own folder; whoever asks the cloud for a job by its name knows no folder
_DECLARES = (".tf", ".tf.json", ".tofu")
# how deep modules are looked for in modules
_NESTED = 4


class Resources(NamedTuple):
    """Resources by folder and name; the folders that modules are made of, by the caller's folder and their address.

    ``archives`` are files and folders by the folder and address of what archives them.
    ``called`` are resources by their type and the name that the cloud knows them by, none where several are called so.
    """

    named_in: dict[tuple[str, str], Node]
    modules: dict[tuple[str, str], str]
    calls: Counter[str]
    called: dict[str, Node | None]
    archives: dict[tuple[str, str], str]

    def named(self, path: str, name: str) -> Node | None:
        """Return what an address in a file means; ``module.x.y`` is the output ``y`` of the module's folder."""
        folder = posixpath.dirname(path)
        if name.startswith("module."):
            module, _, output = name.removeprefix("module.").partition(".")
            inside = self.modules.get((folder, f"module.{module}"))
            if inside is not None:
                return self.named_in.get((inside, f"output.{output}"))
            name = f"module.{module}"
        declares = path.endswith(_DECLARES)
        return self.named_in.get((folder, name)) or (None if declares else self.called.get(name))

    def source(self, path: str, link: Link) -> Node | None:
        """Return the resource that a link starts from.

        ``module.x:var.y`` is the variable of a module's folder, known only where no other module is made of it.
        """
        folder = posixpath.dirname(path)
        module, _, variable = link.unit.partition(":")
        if variable:
            inside = self.modules.get((folder, module))
            if inside is None or self.calls[inside] != 1:
                return None
            return self.named_in.get((inside, variable))
        return self.named_in.get((folder, link.unit), Node(path, link.unit))


def switch_off(builder: Builder, known: Resources) -> None:
    """Let nothing in a module's folder start by itself where whoever calls the module leaves it out."""
    for _ in range(_NESTED):
        for inside in known.calls:
            callers = [known.named_in.get(call) for call, where in known.modules.items() if where == inside]
            reasons = [builder.off.get(caller, "") if caller else "" for caller in callers]
            if all(reasons):
                for (folder, _name), node in known.named_in.items():
                    if folder == inside:
                        builder.off.setdefault(node, reasons[0])


def resources(files: Iterable[FileFacts]) -> Resources:
    """Return the infrastructure that the files declare."""
    named: dict[tuple[str, str], Node] = {}
    modules: dict[tuple[str, str], str] = {}
    called: dict[str, Node | None] = {}
    archives: dict[tuple[str, str], str] = {}
    made: list[Node] = []
    for file in files:
        folder = file.path.rpartition("/")[0]
        for unit in (unit for unit in file.of(Unit) if unit.kind == "resource"):
            for name in filter(None, (unit.name, unit.alias)):
                named[folder, name] = Node(file.path, unit.name)
            if unit.alias:
                called[unit.alias] = None if unit.alias in called else Node(file.path, unit.name)
        for link in file.of(Link):
            if link.kind == "module":
                modules[folder, link.unit] = link.target
            elif link.kind == "archived":
                archives[folder, link.unit] = link.target
        made.extend(Node(file.path, job) for command in file.of(Command) if (job := made_by(command.run)))
    for node in made:  # what is declared comes first; a variable means another job in another file
        before = called.setdefault(node.unit, node)
        if "$" in node.unit and before != node:
            called[node.unit] = None
    return Resources(named, modules, Counter(modules.values()), called, archives)

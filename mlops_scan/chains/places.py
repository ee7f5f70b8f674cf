"""Where in the repository a path, module or name written in some file leads."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mlops_scan.chains.copies import Copies, copies
from mlops_scan.chains.exports import Exports, exports
from mlops_scan.chains.graph import Node
from mlops_scan.chains.members import answering, member, members
from mlops_scan.chains.resources import Resources, resources
from mlops_scan.chains.spellings import spelt
from mlops_scan.chains.subcommands import Subcommands, subcommands
from mlops_scan.chains.variables import Variables, variables
from mlops_scan.chains.workspaces import notebooks
from mlops_scan.facts import TEMPLATE
from mlops_scan.facts.kinds import Command, Definition, Link, Unit, Uses
from mlops_scan.facts.template_root import root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.evidence import FileFacts
    from mlops_scan.modules import Modules

_K = TypeVar("_K", bound=Hashable)
_T = TypeVar("_T")
# how many names may stand one for another
_FURTHEST = 100
_BY_NAME = frozenset({"task", "console-script"})
SUBMODULES = ".gitmodules"
_CHECKED_OUT = "{{defaultContext}}"
_BUILDERS = frozenset({"docker/build-push-action"})


class Places(NamedTuple):
    """What exists: files that run, their units, tasks by name, images by name, and the paths of all files.

    ``workflows`` are by file name and by their own name; ``aliases`` all units by the name that others call them by.
    ``called`` are all files by their name, ``folders`` those that run by their folder, ``makefiles`` what makefiles may
    include. ``scripts`` are the files that console scripts run; ``commands`` the subcommands of files by their names;
    ``resources`` declared infrastructure; ``parameters`` those of functions; ``seeds`` what functions make
    of their parameters: code repositories with the files that they begin with; ``variables`` those of the environment;
    ``copies`` what images hold; ``exports`` the names that modules have from each other; ``notebooks`` what may be
    one, by all that its path ends with.
    """

    files: frozenset[str]
    modules: Modules
    units: dict[str, frozenset[str]]
    named: dict[str, tuple[Node, ...]]
    endings: dict[str, tuple[str, ...]]
    images: dict[str, str]
    workflows: dict[str, tuple[Node, ...]]
    aliases: dict[str, tuple[Node, ...]]
    everything: frozenset[str]
    called: dict[str, tuple[str, ...]]
    folders: dict[str, tuple[str, ...]]
    makefiles: tuple[str, ...]
    scripts: dict[str, tuple[str, ...]]
    commands: Subcommands
    resources: Resources
    parameters: dict[Node, tuple[str, ...]]
    seeds: dict[Node, tuple[tuple[str, str], ...]]
    variables: Variables
    copies: Copies
    exports: Exports
    notebooks: dict[str, str | None]

    def file(self, written: str, directories: Iterable[str], *, anywhere: bool = False) -> str | None:
        """Return the file that a written path means, seen from one of the directories.

        ``anywhere``: inside an image the root is not ours; then the one file that ends so is meant.
        """
        for directory in directories:
            path = posixpath.normpath(posixpath.join(directory, written)) if directory else posixpath.normpath(written)
            path = spelt(path, self.files)
            found = next((name for name in (path, f"{path}{TEMPLATE}") if name in self.files), None)
            if found:
                return found
        if anywhere:
            name = posixpath.basename(written)
            tail = "/" + written.lstrip("./")
            ending = [
                path for path in self.endings.get(name, ()) if ("/" + path).endswith(tail) or tail.endswith("/" + path)
            ]
            if len(ending) == 1:
                return ending[0]
        return None

    def absent(self, written: str) -> bool:
        """Tell whether no file of the repository ends in a written path; what a submodule holds is not known here."""
        tail = "/" + written.removeprefix("./")
        found = any(f"/{path}".endswith(tail) for path in self.called.get(posixpath.basename(tail), ()))
        return not found and SUBMODULES not in self.everything

    def function(self, name: str, importer: str) -> Node | None:
        """Return the unit that a dotted name means: a function, a class's constructor, or a module's top level."""
        if name.partition(".")[0] not in self.modules.names and importer not in self.exports.every:
            return None  # most names are foreign, and asked for often
        asked = [(name, importer), *((other, importer) for other in self.exports.beside(importer, name))]
        seen, nearest = set(asked), None
        for said, where in asked:  # which grows while it is gone through
            found = self.modules.resolve(said, where) if len(asked) < _FURTHEST else None
            if found is not None:
                node = self.member(*found)
                if node is not None and not self.exports.leads_on(*found, node.unit):
                    return node if node.unit.startswith(found[1]) else nearest or node
                nearest = nearest or node
                asked.extend(more for more in self._further(said, where, found) if more not in seen)
                seen.update(asked)
        return nearest

    def _further(self, said: str, where: str, found: tuple[str, str]) -> Iterator[tuple[str, str]]:
        """Yield what a name stands for in the file that it leads to, or in the package that holds that file."""
        path, rest = found
        if not rest:  # a package may call something by the name of the module that holds it
            said, _, rest = said.rpartition(".")
            package = self.modules.resolve(said, where) if said else None
            path = package[0] if package is not None and not package[1] else ""
        yield from ((other, path) for other in self.exports.behind(path, rest))

    def member(self, path: str, rest: str) -> Node | None:
        """Return the unit of a file that is named so; see `members.member`."""
        return member(path, rest, self.units.get(path, frozenset()))

    def answering(self, made: Node) -> tuple[Node, ...]:
        """Return what an object of a class runs when it is called itself; see `members.answering`."""
        return answering(made, self.units.get(made.path, frozenset()))


def places(files: Iterable[FileFacts], modules: Modules, everything: frozenset[str]) -> Places:
    """Return what exists in the repository; ``files`` are those that run, ``everything`` all paths."""
    files = tuple(files)
    paths = frozenset(file.path for file in files)
    units = [(Node(file.path, fact.name), fact) for file in files for fact in file.of(Unit)]
    return Places(
        paths,
        modules,
        {file.path: found for file in files if (found := file.once(members))},
        _gathered((fact.name, node) for node, fact in units if fact.kind in _BY_NAME),
        _gathered((_name(file.path), file.path) for file in files),
        {name: path for file in files for name, path in _images(file, paths)},
        _gathered((name, node) for node, fact in units if fact.kind == "workflow" for name in _titles(node, fact)),
        _gathered((fact.alias, node) for node, fact in units if fact.alias and fact.kind != "workflow"),
        everything,
        _gathered((_name(path), path) for path in everything),
        _gathered((path.rpartition("/")[0], path) for path in sorted(paths)),
        tuple(path for path in sorted(paths) if path.endswith(".mk")),
        {name: found for file in files for name, found in _scripts(file, modules)},
        subcommands(files, modules),
        resources(files),
        {node: parameters for file in files for node, parameters in _parameters(file)},
        _gathered(seed for file in files for seed in _seeds(file)),
        variables(files),
        copies(files, paths),
        exports(files, modules),
        notebooks(paths) if any(link.kind == "workspace" for file in files for link in file.of(Link)) else {},
    )


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _parameters(file: FileFacts) -> Iterator[tuple[Node, tuple[str, ...]]]:
    for fact in file.of(Definition):
        if fact.parameters:
            yield Node(file.path, fact.name), fact.parameters


def _seeds(file: FileFacts) -> Iterator[tuple[Node, tuple[str, str]]]:
    for fact in file.of(Link):
        if fact.kind == "seed":
            yield Node(file.path, fact.unit.rpartition(".")[0]), (fact.unit, fact.target)


def _gathered(pairs: Iterable[tuple[_K, _T]]) -> dict[_K, tuple[_T, ...]]:
    found: dict[_K, list[_T]] = defaultdict(list)
    for name, value in pairs:
        found[name].append(value)
    return {name: tuple(dict.fromkeys(values)) if values[1:] else tuple(values) for name, values in found.items()}


def _titles(node: Node, workflow: Unit) -> Iterator[str]:
    """Yield the names that start a workflow: its file's, and its own."""
    yield posixpath.basename(node.path)
    if workflow.alias:
        yield workflow.alias


def _scripts(file: FileFacts, modules: Modules) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield console scripts with the file that they run."""
    scripts = {fact.name for fact in file.of(Unit) if fact.kind == "console-script"}
    for fact in file.of(Link) if scripts else ():
        if fact.kind == "function" and fact.unit in scripts:
            found = modules.resolve(fact.target.partition(":")[0], file.path)
            if found and not found[1]:
                yield fact.unit, (found[0],)


def image_name(reference: str) -> str:
    """Return an image's own name: no registry, no tag, no digest."""
    return reference.partition("@")[0].rpartition("/")[2].partition(":")[0]


def _images(file: FileFacts, paths: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the images that commands and compose services build, with their Dockerfile."""
    for command in file.of(Command):
        if " build" in command.run and command.run.startswith(("docker ", "podman ")):
            dockerfile, tags = build_arguments(command.run.split(" "))
            path = spelt(posixpath.normpath(posixpath.join(command.directory, dockerfile)), paths)
            if path in paths:
                yield from ((image_name(tag), path) for tag in tags)
    for link in file.of(Link):
        target = spelt(link.target, paths) if link.kind == "file" else ""
        if target in paths and "ockerfile" in target:
            yield link.unit, target
    for used in file.of(Uses):
        built = built_by_action(used, file.path, paths)
        if built in paths:
            tags = used.arguments.get("tags", "").replace(",", " ").split()
            yield from ((image_name(tag), built) for tag in tags)


def built_by_action(used: Uses, workflow: str, paths: frozenset[str]) -> str:
    """Return the Dockerfile, among paths, that an action of a workflow builds; empty where it builds none of ours."""
    if used.name not in _BUILDERS:
        return ""
    context, file = used.arguments.get("context", "."), used.arguments.get("file", "")
    if "dockerfile-inline" in used.arguments or "://" in context or context.startswith(("/", "~")):
        return ""
    if context.startswith(_CHECKED_OUT):  # seen from such a folder, and not from the root
        context = context.removeprefix(_CHECKED_OUT).lstrip(":#")
        file = posixpath.join(context, file) if file else ""
    path = posixpath.join(root(workflow), file or posixpath.join(context, "Dockerfile"))
    return "" if "$" in path or "{{" in (file or context) else spelt(posixpath.normpath(path), paths)


def build_arguments(words: list[str]) -> tuple[str, list[str]]:
    """Return the Dockerfile and the tags of a ``docker build`` command line."""
    tags: list[str] = []
    dockerfile, context, skip = "", "", False
    for number, word in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else ""
        if skip:
            skip = False
        elif word in {"-t", "--tag"}:
            tags.append(following)
            skip = True
        elif word in {"-f", "--file"}:
            dockerfile, skip = following, True
        elif word.startswith("--file="):
            dockerfile = word.partition("=")[2]
        elif word.startswith("--tag="):
            tags.append(word.partition("=")[2])
        elif word in {"--build-arg", "--platform", "--target", "--cache-from", "--cache-to", "--label", "--progress"}:
            skip = True
        elif not word.startswith("-"):
            context = word
    return dockerfile or posixpath.join(context, "Dockerfile"), tags

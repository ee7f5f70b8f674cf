"""Deployments of what others stand on alone: networks, registries, workspaces, and nothing that runs."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.commands import started
from mlops_scan.chains.graph import Missing
from mlops_scan.chains.words import options
from mlops_scan.facts.kinds import Command, Resource, Uses
from mlops_scan.matching import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import Evidence, FileFacts

_ACT = "provisions"
_DEPLOYS = "deploys"
# programs that deploy all that a folder declares, and how they and ready-made steps are told which
_OF_FOLDERS = ("terraform ", "tofu ", "terragrunt ")
_CHANGED_TO = "-chdir"
_FOLDERS = ("workingDirectory", "working_directory", "working-directory", "path")
_MODULE = "module"
_TEMPLATES = (".bicep", ".json")
# files of Terraform and OpenTofu that are not read: what stands beside one is not known whole
_UNREAD = (".tf.json", ".tofu", ".tofu.json")
# how deep modules are looked for in modules
_NESTED = 4


class Declared(NamedTuple):
    """The files that declare resources, and the files and folders of Terraform that declare nothing that runs."""

    files: frozenset[str]
    bare: frozenset[str]
    folders: frozenset[str]

    def all_bare(self, paths: Iterable[str | None]) -> bool:
        """Tell whether files declare resources, and none of them one that runs."""
        named = [path for path in paths if path in self.files]
        return bool(named) and self.bare.issuperset(named)


def settle(builder: Builder, files: Iterable[FileFacts], evidence: Iterable[Evidence], known: Places) -> None:
    """Let a deployment of groundwork alone deploy nothing."""
    ground = frozenset(_place(found) for found in evidence if found.act == _ACT)
    deploying = {node for node, acts in builder.acts.items() if any(found.act == _DEPLOYS for found in acts)}
    if not (ground and deploying):
        return
    files = tuple(files)
    declared = _declared(files, ground, known)
    asked = frozenset(_place(found) for node in deploying for found in builder.acts[node] if found.act == _DEPLOYS)
    paths = {node.path for node in deploying}
    idle = {place for file in files if file.path in paths for place in _idle(file, asked, declared, known)}
    for node in deploying if idle else ():
        builder.acts[node] = [found for found in builder.acts[node] if _place(found) not in idle]


def _place(found: Evidence) -> tuple[str, int, str]:
    return found.path, found.line, found.what


def _declared(files: Iterable[FileFacts], ground: frozenset[tuple[str, int, str]], known: Places) -> Declared:
    stated = {file.path: found for file in files if (found := file.of(Resource))}
    ours = known.resources.modules
    bare = {
        path
        for path, resources in stated.items()
        if all(
            _is_ground(path, fact, ground) or (_folder(path), _address(fact)) in ours or fact.name in stated
            for fact in resources
        )
    }
    terraform = [path for path in stated if path.endswith(".tf")]
    unknown = [path for path in known.everything if path.endswith(_UNREAD)]
    running = [path for path in terraform if path not in bare]
    folders = {_folder(path) for path in terraform} - {_folder(path) for path in (*running, *unknown)}
    made_of = {
        path: {fact.name for fact in found if fact.kind == _MODULE} & stated.keys() for path, found in stated.items()
    }
    for _ in range(_NESTED):
        folders -= {caller for (caller, _), target in ours.items() if target not in folders}
        bare -= {path for path in bare if not bare.issuperset(made_of[path])}
    return Declared(frozenset(stated), frozenset(bare), frozenset(folders))


def _is_ground(path: str, fact: Resource, ground: frozenset[tuple[str, int, str]]) -> bool:
    """Tell whether a resource is groundwork, by its kind or by one of its settings."""
    what = words(fact)
    return any((path, line, what) in ground for line in (fact.line, *(setting.line for setting in fact.settings)))


def _address(fact: Resource) -> str:
    return f"{fact.kind}.{fact.name}" if fact.kind == _MODULE else ""


def _folder(path: str) -> str:
    return posixpath.dirname(path)


def _idle(
    file: FileFacts, asked: frozenset[tuple[str, int, str]], declared: Declared, known: Places
) -> Iterator[tuple[str, int, str]]:
    """Yield the commands and steps among those asked for that deploy groundwork alone."""
    for command in file.of(Command):
        place = (file.path, command.line, command.run)
        if place in asked and _deploys_ground(command, file.path, declared, known):
            yield place
    for used in file.of(Uses):
        place = (file.path, used.line, used.name)
        if place in asked:
            folders = {_normal(used.arguments[name]) for name in _FOLDERS if name in used.arguments}
            files = [known.file(text, ("",)) for text in used.arguments.values()]
            if not folders.isdisjoint(declared.folders) or declared.all_bare(files):
                yield place


def _deploys_ground(command: Command, path: str, declared: Declared, known: Places) -> bool:
    if command.run.startswith(_OF_FOLDERS):
        changed = options(command.run.split(" "), _CHANGED_TO)[:1]
        return _normal(posixpath.join(command.directory, *changed)) in declared.folders
    targets = [found for found in started(command, path, known, in_image=False) if not isinstance(found, Missing)]
    templates = [known.file(word, (command.directory,)) for word in command.run.split(" ") if word.endswith(_TEMPLATES)]
    return declared.all_bare((*(target.path for target in targets), *templates))


def _normal(folder: str) -> str:
    path = posixpath.normpath(folder)
    return "" if path == "." else path

"""Azure pipelines that hand files over: the one that publishes what another downloads runs before it.

Azure keeps the names of pipelines, by which others wait for them, outside the repository; so what is handed over tells
which pipeline is meant, or else a word of the name that only one of them bears. Sources:
https://learn.microsoft.com/en-us/azure/devops/pipelines/process/pipeline-triggers and
https://learn.microsoft.com/en-us/azure/devops/pipelines/artifacts/pipeline-artifacts (downloaded artefacts stand in
folders of their names).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.graph import Node
from mlops_scan.facts.kinds import Command, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.chains.graph import Builder
    from mlops_scan.evidence import FileFacts

_PUBLISHING = frozenset({"PublishPipelineArtifact", "PublishBuildArtifacts"})
_DOWNLOADING = frozenset({"DownloadPipelineArtifact", "DownloadBuildArtifacts"})
_NAMES = ("artifact", "artifactName", "ArtifactName")
_OWN_RUN = frozenset({"", "current"})
_DOCUMENTS = (".yml", ".yaml")
_GITHUB = ".github/"


class Handovers(NamedTuple):
    """What the pipelines of a repository leave and take: names of artefacts by the pipeline's file.

    ``commands`` are those of pipelines that take artefacts without naming them, ``alone`` the pipelines by each word
    that no other's path holds.
    """

    left: dict[str, frozenset[str]]
    taken: dict[str, frozenset[str]]
    commands: dict[str, tuple[str, ...]]
    alone: dict[str, str]

    def before(self, path: str, name: str) -> tuple[Node, ...]:
        """Return the pipeline that leaves what the one in a file takes, or that a name means, if that is one alone."""
        found = {other for other, names in self.left.items() if other != path and self._meets(path, names)}
        found = found or {self.alone[word] for word in _words(name) if word in self.alone and _pipeline(path)}
        return tuple(Node(other, "") for other in found - {path}) if len(found) == 1 else ()

    def _meets(self, path: str, names: frozenset[str]) -> bool:
        if not names.isdisjoint(self.taken.get(path, ())):
            return True
        return any(f"/{name}/" in command for command in self.commands.get(path, ()) for name in names)


def of(builder: Builder, files: Iterable[FileFacts]) -> Handovers:
    """Return what the pipelines of a repository hand over, each with the templates that it is made of."""
    by_path = {file.path: file for file in files if file.path.endswith(_DOCUMENTS)}
    templates = _templates(builder, by_path)
    left: dict[str, frozenset[str]] = {}
    taken: dict[str, frozenset[str]] = {}
    commands: dict[str, tuple[str, ...]] = {}
    for path, file in by_path.items():
        if file.of(Trigger):
            parts = [by_path[part] for part in _made_of(path, templates)]
            uses = [used for part in parts for used in part.of(Uses)]
            left[path] = frozenset(_name(used) for used in uses if used.name in _PUBLISHING) - {""}
            loads = [used for used in uses if used.name in _DOWNLOADING and _from_elsewhere(used)]
            taken[path] = frozenset(map(_name, loads)) - {""}
            if any(not _name(load) for load in loads):
                commands[path] = tuple(command.run for part in parts for command in part.of(Command))
    return Handovers(left, taken, commands, _alone(path for path in by_path if _whole(by_path[path])))


def _whole(file: FileFacts) -> bool:
    """Tell whether a document is a pipeline that starts by itself, and no template."""
    return bool(file.of(Trigger)) and any(unit.kind == "workflow" for unit in file.of(Unit)) and _pipeline(file.path)


def _pipeline(path: str) -> bool:
    """Tell whether a workflow is one of Azure: those of GitHub say themselves what they are called."""
    return not path.startswith(_GITHUB)


def _alone(paths: Iterable[str]) -> dict[str, str]:
    """Return the one path by each word that only it holds."""
    bearing: dict[str, list[str]] = {}
    for path in paths:
        for word in _words(path.rpartition(".")[0]):
            bearing.setdefault(word, []).append(path)
    return {word: found[0] for word, found in bearing.items() if len(found) == 1}


def _words(name: str) -> set[str]:
    parts = "".join(letter if letter.isalnum() else " " for letter in name.casefold())
    return set(parts.split())


def _templates(builder: Builder, files: dict[str, FileFacts]) -> dict[str, set[str]]:
    """Return the documents that each document is made of."""
    found: dict[str, set[str]] = {}
    for node, edges in builder.edges.items():
        if node.path in files:
            targets = (edge.target.path for edge in edges)
            found.setdefault(node.path, set()).update(path for path in targets if path in files)
    return found


def _made_of(path: str, templates: dict[str, set[str]]) -> list[str]:
    """Return a document and what it is made of, through all templates."""
    found, seen = [path], {path}
    for part in found:  # which grows while it is gone through
        further = sorted(templates.get(part, set()) - seen)
        seen.update(further)
        found.extend(further)
    return found


def _name(used: Uses) -> str:
    return next((used.arguments[key] for key in _NAMES if key in used.arguments), "")


def _from_elsewhere(load: Uses) -> bool:
    """Tell whether a download takes what another run has left."""
    return load.arguments.get("source", load.arguments.get("buildType", "")) not in _OWN_RUN

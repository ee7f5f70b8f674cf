"""How many distinct use cases a repository trains models for: the projects in it that train.

A project is a folder with dependencies of its own, or the repository's root. Several use cases of one project are not
told apart, and several models for one problem are where each has a project, so the number is an estimate.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.assessment import UseCase, shown
from mlops_scan.facts.kinds import Definition, Dependency
from mlops_scan.own_names import published

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.evidence import Evidence

_NOTEBOOKS = (".ipynb", ".Rmd", ".qmd")
MAX_PROOFS = 5


def found(known: Known, marked: Callable[[Proven], Proven]) -> tuple[UseCase, ...]:
    """Return the use cases, in order of their folders; ``marked`` marks a proof with its catalogue.

    Training in an outer project serves the projects in it, where some of those train too; a project whose training
    files are copies of another's is the same use case; notebooks count where no other code trains.
    """
    projects = _training(known)
    inner = {folder: trains for folder, trains in projects.items() if not _holds(folder, projects)}
    return tuple(
        UseCase(_name(folder, trains, known), tuple(marked(shown(evidence)) for evidence in trains[:MAX_PROOFS]))
        for folder, trains in sorted(_told_apart(inner, known).items())
    )


def _training(known: Known) -> dict[str, list[Evidence]]:
    """Return the strong evidence of training in product code, by project: what fits before what starts a job."""
    product = {file.path for file in known.files if file.role == "product"}
    trains = [e for e in known.evidence if e.act == "trains" and e.strength == "strong" and e.path in product]
    code = [evidence for evidence in trains if not evidence.path.endswith(_NOTEBOOKS)]
    paths = {evidence.path for evidence in trains}
    modules = {file.path for file in known.files if file.path in paths and file.of(Definition)}
    folders = {_folder(file.path) for file in known.files if file.path in product and file.of(Dependency)}
    projects: dict[str, list[Evidence]] = defaultdict(list)
    for evidence in sorted(code or trains, key=lambda evidence: evidence.path not in modules):
        projects[_project(evidence.path, folders)].append(evidence)
    return projects


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _project(path: str, folders: Collection[str]) -> str:
    """Return the nearest folder above a file that declares dependencies, else the root."""
    folder = _folder(path)
    while folder and folder not in folders:
        folder = _folder(folder)
    return folder


def _holds(folder: str, projects: Mapping[str, object]) -> bool:
    """Tell whether another project lies within one."""
    below = f"{folder}/" if folder else ""
    return any(other != folder and other.startswith(below) for other in projects)


def _told_apart(projects: Mapping[str, list[Evidence]], known: Known) -> dict[str, list[Evidence]]:
    """Leave out projects whose training files all state what those of earlier ones do."""
    if len(projects) == 1:
        return dict(projects)
    trains = {evidence.path for evidences in projects.values() for evidence in evidences}
    stated = {file.path: msgspec.json.encode(file.facts) for file in known.files if file.path in trains}
    told: set[bytes] = set()
    apart = {}
    for folder, evidences in sorted(projects.items()):
        files = {stated[evidence.path] for evidence in evidences}
        if not files <= told:
            apart[folder] = evidences
        told |= files
    return apart


def _name(folder: str, trains: list[Evidence], known: Known) -> str:
    """Return a project's folder; of the root the name that it publishes itself under, else the program that trains."""
    return folder or next(_own_names(known), trains[0].path.rpartition(".")[0] or trains[0].path)


def _own_names(known: Known) -> Iterator[str]:
    return (name for _, _, name in published(known.files))

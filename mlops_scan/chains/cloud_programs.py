"""Command lines of clouds, clusters and notebook runners, and the units that they start."""

from __future__ import annotations

import functools
import posixpath
from collections import defaultdict
from typing import TYPE_CHECKING

from mlops_scan.chains.gcloud_jobs import executed_by
from mlops_scan.chains.graph import Missing, Node
from mlops_scan.chains.words import is_runnable, options
from mlops_scan.facts.shapes import databricks as databricks_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.chains.places import Places

_CONFIGS = ("cloudbuild.yaml", "cloudbuild.yml", "cloudbuild.json")
_RUNNING = frozenset({"ai", "ai-platform", "batch", "builds", "dataflow", "dataproc", "run", "workflows"})
_MANIFESTS = (".yaml", ".yml", ".json")
# what only the run knows, or others have
_OPEN = ("$", "{{", "<", "*", "://", ",", "?ref=", "?version=")
# hosts of remote kustomizations, which may be written without a scheme
_HOSTS = ("github.com/", "gitlab.com/", "bitbucket.org/", "git@")


def _named(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow the files that words name, whether by themselves or behind an option."""
    for word in words:
        written = word.partition("=")[2] if word.startswith("--") else word
        found = places.file(written, directories) if is_runnable(written) and not written.startswith("-") else None
        if found:
            yield Node(found, "")


def gcloud(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow ``gcloud builds submit`` to its build (by default that of the folder), other files, and jobs by name."""
    job = places.resources.called.get(executed_by(" ".join(["gcloud", *words])))
    yield from (job,) if job is not None else ()
    group = next((word for word in words if word not in {"alpha", "beta"}), "")
    found = list(_named(words, directories, places)) if group in _RUNNING else []
    if "builds" in words[:2] and "submit" in words and not found and not options(words, "--tag", "-t", "--config"):
        sources = [word for word in words[words.index("submit") + 1 :] if not word.startswith("-")][:1]
        below = tuple(posixpath.join(folder, source) for folder in directories for source in (*sources, "."))
        config = next((file for name in _CONFIGS if (file := places.file(name, below))), None)
        found = [Node(config, "")] if config else []
    yield from found


def kubectl(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node | Missing]:
    """Follow ``kubectl apply|create|replace -f`` to a file, or to the manifests of a folder."""
    if not {"apply", "create", "replace"} & set(words):
        return
    yield from _named(words, directories, places)
    for written in options(words, "-f", "--filename", "-k", "--kustomize"):
        manifests = next((found for directory in directories if (found := _manifests(written, directory, places))), ())
        yield from (Node(file, "") for file in manifests)
        if not manifests and _is_nowhere(written, places):
            yield Missing(f"there is no {posixpath.normpath(written)} here", sure=True, file=written)


def _manifests(written: str, directory: str, places: Places) -> list[str]:
    folder = posixpath.normpath(posixpath.join(directory, written))
    held = places.folders.get("" if folder == "." else folder, ())
    return [file for file in held if file.endswith(_MANIFESTS)]


def _is_nowhere(written: str, places: Places) -> bool:
    """Tell whether a path is known, and no file or folder of the repository ends in it."""
    if written.startswith(("-", "/", "~", *_HOSTS)) or any(mark in written for mark in _OPEN):
        return False
    tail = "/".join(part for part in posixpath.normpath(written).split("/") if part not in {".", ".."})
    like = _folders(places.everything).get(posixpath.basename(tail), ())
    return bool(tail) and places.absent(tail) and not any(f"/{folder}".endswith(f"/{tail}") for folder in like)


@functools.lru_cache(maxsize=1)
def _folders(paths: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the folders of all paths, by what they are called."""
    found: dict[str, list[str]] = defaultdict(list)
    for folder in {above for path in paths for above in _above(path)}:
        found[posixpath.basename(folder)].append(folder)
    return {name: tuple(folders) for name, folders in found.items()}


def _above(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def jupyter(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow ``jupyter nbconvert --execute`` and ``jupyter execute``; other conversions run nothing."""
    if "--execute" in words or words[:1] in (["execute"], ["run"]):
        yield from _named(words, directories, places)


def mlflow(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow ``mlflow run FOLDER [-e entry]`` to an entry point of the project."""
    if words[:1] != ["run"]:
        yield from _named(words, directories, places)
        return
    sources = [word for word in words[1:2] if not word.startswith("-")] or ["."]
    below = tuple(posixpath.join(folder, source) for folder in directories for source in sources)
    project = places.file("MLproject", below)
    if project:
        entry = next(iter(options(words, "-e", "--entry-point")), "main")
        yield Node(project, entry)


def databricks(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow ``databricks bundle run JOB`` to that job."""
    if words[:2] == ["bundle", "run"]:
        yield from (node for word in words[2:] for node in places.aliases.get(f"{databricks_jobs.ALIAS}{word}", ()))
    elif words[:1] in (["jobs"], ["runs"]):
        yield from _named(words, directories, places)


def dbx(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:  # noqa: ARG001 - one signature
    """Follow ``dbx launch JOB`` and ``dbx execute JOB`` to that job; older versions name it by ``--job``."""
    if words[:1] in (["launch"], ["execute"]):
        names = (word.partition("=")[2] if word.startswith("--") else word for word in words[1:])
        yield from (node for word in names for node in places.aliases.get(f"{databricks_jobs.ALIAS}{word}", ()))

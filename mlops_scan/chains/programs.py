"""Programs that start units of files they know by themselves: make, dvc, docker, compose, nox, tox, task runners."""

from __future__ import annotations

import itertools
import posixpath
from typing import TYPE_CHECKING, TypeAlias

from mlops_scan.chains import charts, cloud_programs, flow_programs
from mlops_scan.chains.graph import Missing, Node
from mlops_scan.chains.places import build_arguments, image_name
from mlops_scan.chains.words import HANDLERS, is_runnable, options, standing
from mlops_scan.facts.shapes.dvc import STAGE_FILES
from mlops_scan.facts.shell_containers import contained
from mlops_scan.facts.shell_words import unwrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.chains.places import Places

_MAKE_FILES = ("Makefile", "makefile", "GNUmakefile")
_COMPOSE_FILES = ("docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml")
_TASK_FILES = (
    "justfile",
    "Justfile",
    ".justfile",
    "Taskfile.yml",
    "Taskfile.yaml",
    "package.json",
    "pyproject.toml",
    "hatch.toml",
)
_NOT_TASKS = frozenset({"run", "run-script", "install", "exec", "ci"})
# options of task runners that say where, and others that take a value too
_TASK_FOLDERS = ("--prefix", "--cwd", "-C", "--dir", "-d", "--directory", "--working-directory")
_TASK_OPTIONS = frozenset({*_TASK_FOLDERS, "-w", "--workspace", "--filter", "-F", "-e", "--env", "--environment"})
# of these, what takes no value for some of them
_TASK_FLAGS = {
    "pnpm": frozenset({"-w"}),
    "task": frozenset({"-w"}),
    "invoke": frozenset({"-d", "-e", "-w"}),
    "inv": frozenset({"-d", "-e", "-w"}),
}


Started: TypeAlias = "Iterator[Node | Missing]"


def make(words: list[str], directories: tuple[str, ...], places: Places) -> Started:
    """Follow ``make [-C folder] [-f file] targets``; the first target where none is named."""
    names: tuple[str, ...] = _MAKE_FILES
    targets: list[str] = []
    skip = ""
    for word in words:
        if skip:
            directories = (posixpath.join(directories[0], word),) if skip == "-C" else directories
            names = (word,) if skip == "-f" else names
            skip = ""
        elif word in {"-C", "-f", "--directory", "--file", "--makefile"}:
            skip = "-C" if word in {"-C", "--directory"} else "-f"
        elif word.startswith("--directory="):
            directories = (posixpath.join(directories[0], word.partition("=")[2]),)
        elif not word.startswith("-") and "=" not in word:
            targets.append(word)
    found = next((file for name in names if (file := places.file(name, directories))), None)
    if found is None:
        yield Missing("there is no makefile here", sure=all(map(places.absent, names)))
        return
    for target in targets or [""]:
        yield _target(found, target, places)


def _target(makefile: str, target: str, places: Places) -> Node | Missing:
    units = places.units.get(makefile, frozenset())
    if not target or target in units:
        return Node(makefile, target)
    included = [path for path in places.makefiles if target in places.units.get(path, ())]
    if included:
        return Node(included[0], target)
    elsewhere = any("%" in unit or "$" in unit for unit in units) or "$" in target or not places.absent(target)
    return Missing(f"there is no target {target} in {makefile}", sure=not elsewhere)


def tasks(runner: str, words: list[str], directories: tuple[str, ...], places: Places) -> Started:
    """Follow the first word behind a task runner that is no word of its own to the tasks of that name."""
    flags = _TASK_FLAGS.get(runner, frozenset[str]())
    folder = next(iter(options(words, *(name for name in _TASK_FOLDERS if name not in flags))), "")
    directories = (posixpath.join(directories[0], folder), *directories) if folder else directories
    named = (word for word in standing(words, _TASK_OPTIONS - flags) if word not in _NOT_TASKS)
    for word in itertools.islice(named, 1):
        names = (word, word.partition(":")[2] or word)
        here = (
            Node(file, name)
            for file in (places.file(name, directories) for name in _TASK_FILES)
            if file
            for name in names
            if name in places.units.get(file, ())
        )
        known = (node for name in (word, word.replace("-", "_")) for node in places.named.get(name, ()))
        yield from dict.fromkeys((*here, *known)) or _included(word, places)


def _included(word: str, places: Places) -> Started:
    """Follow ``folder:task`` to the task of a file in that folder, as task files include each other.

    In Python, collections of tasks are called by what their author likes: ``ci.check`` is the function ``check``.
    """
    folder, _, name = word.rpartition(":")
    if not folder and "." in word:
        called = places.named.get(word.rpartition(".")[2].replace("-", "_"), ())
        yield from (node for node in called if node.path.endswith(".py"))
    elif folder:
        yield from (node for node in places.named.get(name, ()) if f"/{folder.replace(':', '/')}/" in f"/{node.path}")


def nox(words: list[str], directories: tuple[str, ...], places: Places) -> Started:
    """Follow ``nox -s tests lint``: the sessions named, or all."""
    found = places.file("noxfile.py", directories)
    if found:
        sessions = places.units.get(found, frozenset())
        named = [word for word in words if word in sessions]
        yield from (Node(found, session) for session in named or sorted(sessions))


def tox(words: list[str], directories: tuple[str, ...], places: Places) -> Started:
    """Follow ``tox -e lint``: the environments named, or all."""
    found = places.file("tox.ini", directories)
    if found:
        sections = places.units.get(found, frozenset())
        named = [f"testenv:{name}" for word in words for name in word.split(",")]
        yield from (Node(found, section) for section in [n for n in named if n in sections] or sorted(sections))


def dvc(words: list[str], directories: tuple[str, ...], places: Places) -> Started:
    """Follow ``dvc repro [file] [stages]`` to the pipeline that it names, else to that in the folder it runs in."""
    if "repro" not in words and words[:2] != ["exp", "run"]:
        return
    named = [word.partition(":") for word in words if word.partition(":")[0].endswith(("dvc.yaml", *STAGE_FILES))]
    for name, _, stage in named:
        file = places.file(name, directories)
        if file:
            yield Node(file, stage if stage in places.units.get(file, ()) else "")
    if named:
        return
    here = (places.file(name, seen) for name in ("dvc.yaml", "Dvcfile") for seen in (directories[:1], directories))
    found = next(filter(None, here), None)
    if found is None:
        yield Missing("there is no dvc.yaml here", sure=places.absent("dvc.yaml"))
        return
    stages = [word for word in words if word in places.units.get(found, ())]
    yield from (Node(found, stage) for stage in stages or ("",))


def docker(words: list[str], directories: tuple[str, ...], places: Places) -> Started:
    """Follow ``docker build`` to the Dockerfile, ``docker run`` to the image built here, and ``docker compose``."""
    if words[:1] == ["compose"]:
        yield from compose(words[1:], directories, places)
    elif "build" in words[:2]:
        dockerfile = build_arguments(words)[0]
        found = places.file(dockerfile, directories)
        if found:
            yield Node(found, "build")
        elif "$" not in dockerfile:
            yield Missing(f"there is no {posixpath.normpath(dockerfile)} here", sure=places.absent(dockerfile))
    elif words[:1] == ["run"]:
        yield from _docker_run(words, directories, places)
    elif words[:1] == ["exec"]:
        run = unwrapped(contained(["docker", *words]))
        # what is named from the container's own root; the rest is a command of its own
        paths = [word for word in words if word.startswith("/") and is_runnable(word)]
        inside = (places.file(word, directories, anywhere=True) for word in paths)
        yield from (Node(file, "") for file in inside if file and HANDLERS.isdisjoint(run[:1]))


def _docker_run(words: list[str], directories: tuple[str, ...], places: Places) -> Started:
    for number, word in enumerate(words[1:], 1):
        dockerfile = places.images.get(image_name(word))
        if dockerfile and not word.startswith("-"):
            inside = [w for w in words[number + 1 :] if is_runnable(w)]
            yield Node(dockerfile, "")
            yield from (Node(f, "") for w in inside if (f := places.file(w, directories, anywhere=True)))
            return
    yield Missing("it runs an image that is not built here", sure=False)


def compose(words: list[str], directories: tuple[str, ...], places: Places) -> Started:
    """Follow ``docker compose up|run|build [services]`` to the services."""
    named = options(words, "-f", "--file")
    found = next((file for name in named or _COMPOSE_FILES if (file := places.file(name, directories))), None)
    starting = {"up", "run", "start", "build"} & set(words)
    if found is None:
        if starting:
            yield Missing(f"there is no {named[0] if named else 'compose file'} here", sure=False)
        return
    services = [word for word in words if word in places.units.get(found, ())]
    if "build" in starting:
        yield from (Node(found, f"{service}:build") for service in services or sorted(places.units.get(found, ())))
    elif starting:
        yield from (Node(found, service) for service in services or ("",))


def pre_commit(words: list[str], directories: tuple[str, ...], places: Places) -> Started:  # noqa: ARG001 - as all
    """Follow nothing: to run the hooks is to lint, and what installs them runs none."""
    return iter(())


PROGRAMS: dict[str, Callable[[list[str], tuple[str, ...], Places], Started]] = {
    "make": make,
    "dvc": dvc,
    "nox": nox,
    "tox": tox,
    "docker": docker,
    "podman": docker,
    "pre-commit": pre_commit,
    "docker-compose": compose,
    "airflow": flow_programs.airflow,
    "kedro": flow_programs.kedro,
    "kfp": flow_programs.kfp,
    "luigi": flow_programs.luigi,
    "prefect": flow_programs.prefect,
    "gcloud": cloud_programs.gcloud,
    "helm": charts.helm,
    "kubectl": cloud_programs.kubectl,
    "jupyter": cloud_programs.jupyter,
    "mlflow": cloud_programs.mlflow,
    "databricks": cloud_programs.databricks,
    "dbx": cloud_programs.dbx,
}

"""Which units a command starts: scripts, modules, targets, tasks, images, pipelines."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node
from mlops_scan.chains.places import build_arguments, image_name, is_runnable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.chains.places import Places
    from mlops_scan.facts.kinds import Command

# programs that only look at or move the files named to them
_HANDLERS = frozenset(
    {
        "apt",
        "apt-get",
        "awk",
        "aws",
        "cat",
        "cd",
        "chgrp",
        "chmod",
        "chown",
        "cmp",
        "conda",
        "cp",
        "curl",
        "cut",
        "diff",
        "dos2unix",
        "du",
        "echo",
        "envsubst",
        "export",
        "file",
        "find",
        "git",
        "grep",
        "gsutil",
        "head",
        "install",
        "jq",
        "less",
        "ln",
        "ls",
        "md5sum",
        "mkdir",
        "more",
        "mv",
        "nano",
        "perl",
        "pip",
        "printf",
        "rm",
        "rsync",
        "scp",
        "sed",
        "set",
        "sha256sum",
        "sleep",
        "sort",
        "stat",
        "tail",
        "tar",
        "tee",
        "test",
        "touch",
        "tr",
        "tree",
        "unzip",
        "wc",
        "wget",
        "xargs",
        "yamllint",
        "yq",
        "zip",
    }
)
_MAKE_FILES = ("Makefile", "makefile", "GNUmakefile")
_COMPOSE_FILES = ("docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml")
_TASK_RUNNERS = frozenset(
    {"poe", "pdm", "npm", "yarn", "pnpm", "hatch", "mise", "task", "invoke", "inv", "just", "pixi"}
)
_NOT_TASKS = frozenset({"run", "install", "exec", "ci"})


def started(command: Command, path: str, places: Places, *, in_image: bool) -> Iterator[Node]:
    """Yield the units that a command of a file starts, at most one for each of its words."""
    words = command.run.split(" ")
    program = posixpath.basename(words[0])
    directories = tuple(dict.fromkeys((command.directory, posixpath.dirname(path), "")))
    handler = _PROGRAMS.get(program)
    if handler is not None:
        yield from handler(words[1:], directories, places)
    elif program in _TASK_RUNNERS:
        yield from _tasks(words[1:], directories, places)
    elif words[0] in places.named:
        yield from _console_script(words, places)
    elif program not in _HANDLERS:
        yield from _files(words, directories, places, anywhere=in_image)


def _files(words: list[str], directories: tuple[str, ...], places: Places, *, anywhere: bool) -> Iterator[Node]:
    """Follow every word that is a file which can run, or a module named by ``-m`` or ``module:attribute``."""
    for number, whole in enumerate(words):
        word = whole.partition("=")[2] if whole.startswith("--") else whole
        if is_runnable(word) and not word.startswith("-"):
            found = places.file(word, directories, anywhere=anywhere)
            if found:
                yield Node(found, "")
                yield from _subcommands(found, words[number + 1 :], places)
        elif number and words[number - 1] == "-m":
            yield from _module(word, words[number + 1 :], directories, places)
        elif ":" in word and "/" not in word and "." not in word.partition(":")[2]:
            name = word.partition(":")[0]
            yield from _module(name, [], directories, places)
            within = places.file(f"{name.replace('.', '/')}.py", (), anywhere=anywhere)
            if within:
                yield Node(within, "")


def _module(name: str, after: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    for directory in directories:
        for candidate in (f"{name}.__main__", name):
            found = places.modules.resolve(candidate, posixpath.join(directory, "x"))
            if found and not found[1]:
                yield Node(found[0], "")
                yield from _subcommands(found[0], after, places)
                return


def _subcommands(path: str, words: list[str], places: Places) -> Iterator[Node]:
    """Follow the words after a script that name one of its functions, as command line libraries dispatch them."""
    units = places.units.get(path, frozenset())
    for word in words:
        if not word.startswith("-"):
            name = word.replace("-", "_")
            yield from (
                Node(path, unit) for unit in (name, f"cmd_{name}", f"{name}_command", f"run_{name}") if unit in units
            )


def _console_script(words: list[str], places: Places) -> Iterator[Node]:
    yield from places.named[words[0]]


def _make(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    names: tuple[str, ...] = _MAKE_FILES
    targets: list[str] = []
    skip = ""
    for word in words:
        if skip:
            directories = (posixpath.join(directories[0], word),) if skip == "-C" else directories
            names = (word,) if skip == "-f" else names
            skip = ""
        elif word in {"-C", "-f"}:
            skip = word
        elif not word.startswith("-") and "=" not in word:
            targets.append(word)
    found = next((file for name in names if (file := places.file(name, directories))), None)
    if found:
        yield from (Node(found, target) for target in targets or ("",))


def _tasks(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    files = ("justfile", "Justfile", ".justfile", "Taskfile.yml", "Taskfile.yaml", "package.json", "pyproject.toml")
    for word in words:
        if word.startswith("-") or word in _NOT_TASKS:
            continue
        name = word.partition(":")[2] or word
        here = (
            Node(f, n)
            for f in (places.file(x, directories) for x in files)
            if f
            for n in (word, name)
            if n in places.units.get(f, ())
        )
        yield from dict.fromkeys((*here, *places.named.get(word, ()), *places.named.get(word.replace("-", "_"), ())))
        return


def _nox(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow ``nox -s tests lint``: the sessions named, or all."""
    found = places.file("noxfile.py", directories)
    if found:
        sessions = places.units.get(found, frozenset())
        named = [word for word in words if word in sessions]
        yield from (Node(found, session) for session in named or sorted(sessions))


def _tox(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow ``tox -e lint``: the environments named, or all."""
    found = places.file("tox.ini", directories)
    if found:
        sections = places.units.get(found, frozenset())
        named = [f"testenv:{name}" for word in words for name in word.split(",")]
        yield from (Node(found, section) for section in [n for n in named if n in sections] or sorted(sections))


def _dvc(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    if "repro" not in words and words[:2] != ["exp", "run"]:
        return
    found = places.file("dvc.yaml", directories[:1]) or places.file("dvc.yaml", directories)
    if found:
        stages = [word for word in words if word in places.units.get(found, ())]
        yield from (Node(found, stage) for stage in stages or ("",))


def _docker(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    if words[:1] == ["compose"]:
        yield from _compose(words[1:], directories, places)
    elif "build" in words[:2]:
        found = places.file(build_arguments(words)[0], directories)
        if found:
            yield Node(found, "build")
    elif words[:1] == ["run"]:
        for number, word in enumerate(words[1:], 1):
            dockerfile = places.images.get(image_name(word))
            if dockerfile and not word.startswith("-"):
                yield Node(dockerfile, "")
                yield from _files(words[number + 1 :], directories, places, anywhere=True)
                return


def _compose(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    named = [words[number + 1] for number, word in enumerate(words[:-1]) if word in {"-f", "--file"}]
    found = next((file for name in named or _COMPOSE_FILES if (file := places.file(name, directories))), None)
    if found is None:
        return
    services = [word for word in words if word in places.units.get(found, ())]
    if "build" in words:
        yield from (Node(found, f"{service}:build") for service in services or sorted(places.units.get(found, ())))
    elif {"up", "run", "start"} & set(words):
        yield from (Node(found, service) for service in services or ("",))


_PROGRAMS: dict[str, Callable[[list[str], tuple[str, ...], Places], Iterator[Node]]] = {
    "make": _make,
    "dvc": _dvc,
    "nox": _nox,
    "tox": _tox,
    "docker": _docker,
    "podman": _docker,
    "docker-compose": _compose,
}

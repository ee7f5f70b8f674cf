"""Containers that run what is compiled from the repository: a jar, an assembly of .NET, a program of Go, Rust or Swift.

No file of the repository is named there, so a container is linked to what the code does that it copies. Sources of the
places where builds put their results: https://docs.gradle.org/current/userguide/building_java_projects.html,
https://maven.apache.org/pom.html#build and https://learn.microsoft.com/dotnet/core/tools/dotnet-publish
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node, Step
from mlops_scan.facts.dockerfile import BUILD
from mlops_scan.facts.kinds import Command, Copied, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Builder
    from mlops_scan.evidence import FileFacts

_JVM = (".groovy", ".java", ".kt", ".scala")
_NET = (".cs", ".fs", ".vb")
# programs that run compiled code, by a word that they are given
_RUNS = {
    "java": (("-jar", ".jar"), _JVM),
    "mvn": (("spring-boot:run", "exec:java"), _JVM),
    "mvnw": (("spring-boot:run", "exec:java"), _JVM),
    "gradle": (("run", "bootRun"), _JVM),
    "gradlew": (("run", "bootRun"), _JVM),
    "sbt": (("run",), _JVM),
    "dotnet": ((".dll", "run"), _NET),
    "cargo": (("run",), (".rs",)),
    "go": (("run",), (".go",)),
}
# what compiles a program that an image may then start by whatever name it has
_COMPILES = {
    "go build": (".go",),
    "go install": (".go",),
    "cargo build": (".rs",),
    "cargo install": (".rs",),
    "swift build": (".swift",),
    "dotnet publish": _NET,
}
_INTERPRETERS = ("bash", "gunicorn", "jupyter", "node", "npm", "python", "Rscript", "sh", "uvicorn", "uv", "poetry")
_PROJECTS = (".csproj", ".fsproj", ".vbproj")
_RESULTS = frozenset({"bin", "build", "out", "publish", "target"})


def settle(builder: Builder, files: Iterable[FileFacts]) -> None:
    """Link the containers of Dockerfiles to what compiled code does that they hold."""
    product = [file for file in files if file.role == "product"]
    # an image takes in the same, however often it runs a program of a language
    images = {(file.path, endings): (file, run) for file in product for run, endings in _started(file)}
    paths = {file.path for file in product} if images else frozenset[str]()
    acting = [node for node in builder.acts if node.path in paths] if images else []
    placed = {endings: _by_place(acting, endings) for endings in {endings for _, endings in images}}
    for (path, endings), (file, run) in images.items():
        copied = (_projects(file) if endings is _NET else ()) or tuple(fact.source for fact in file.of(Copied))
        for node in dict.fromkeys(_held(file.path, copied, placed[endings])):
            builder.link(Node(path, ""), node, Step(path, run.line, run.run))


def _by_place(nodes: Iterable[Node], endings: tuple[str, ...]) -> dict[str, list[Node]]:
    """Return the nodes in code of a language by its path and by each folder around it, the whole tree as ``.``."""
    found: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        place = node.path if node.path.endswith(endings) else ""
        while place:
            found[place].append(node)
            place = posixpath.dirname(place)
        if node.path.endswith(endings):
            found["."].append(node)
    return found


def _started(file: FileFacts) -> Iterator[tuple[Command, tuple[str, ...]]]:
    """Yield what the container of a Dockerfile runs that is compiled, and how code of that language is called."""
    if not any(unit.kind == "container" for unit in file.of(Unit)) or not file.of(Copied):
        return
    built = [command.run for command in file.of(Command) if command.unit == BUILD]
    for command in file.of(Command):
        endings = _code_of(command.run, built) if not command.unit else ()
        if endings:
            yield command, endings


def _code_of(run: str, built: Iterable[str]) -> tuple[str, ...]:
    words = run.split(" ")
    program = posixpath.basename(words[0])
    if program in _RUNS:
        told, endings = _RUNS[program]
        return endings if any(word.endswith(told) for word in words[1:]) else ()
    if program.startswith(_INTERPRETERS):
        return ()
    return next((endings for how, endings in _COMPILES.items() if any(text.startswith(how) for text in built)), ())


def _projects(file: FileFacts) -> tuple[str, ...]:
    """Return the folders of the projects of .NET that a Dockerfile copies one by one, before it copies all of the tree.

    What is restored so is what the program is built from; other projects of the tree are not in it.
    """
    named = (fact.source for fact in file.of(Copied) if fact.source.endswith(_PROJECTS) and "*" not in fact.source)
    return tuple(dict.fromkeys(posixpath.dirname(source) or "." for source in named))


def _held(path: str, copied: Iterable[str], placed: dict[str, list[Node]]) -> Iterator[Node]:
    """Yield the nodes whose files an image takes in, by a copy of them, of a folder, or of what a build left in one."""
    for folder in dict.fromkeys(map(_before_results, copied)) if placed else ():
        context = posixpath.dirname(path)
        while folder is not None:
            inside = placed.get(posixpath.normpath(posixpath.join(context, folder)), ())
            yield from inside
            if inside or not context:
                break
            context = posixpath.dirname(context)


def _before_results(source: str) -> str | None:
    """Return the folder that holds the code of what is copied; None where a pattern says which."""
    parts = posixpath.normpath(source.lstrip("/")).split("/")
    results = next((place for place, part in enumerate(parts) if part in _RESULTS), None)
    if results is not None:
        return "/".join(parts[:results]) or "."
    return None if "*" in source else "/".join(parts)

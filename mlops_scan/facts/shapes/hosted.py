"""Services that a platform runs by a file of the repository: Render, Railway, Fly, App Engine, App Runner and the like.

Sources of the formats: https://render.com/docs/blueprint-spec, https://docs.railway.com/reference/config-as-code,
https://nixpacks.com/docs/configuration/file, https://fly.io/docs/reference/configuration/,
https://cloud.google.com/appengine/docs/standard/reference/app-yaml,
https://docs.aws.amazon.com/apprunner/latest/dg/config-file-ref.html and
https://docs.digitalocean.com/products/app-platform/reference/app-spec/
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_DOCKER = frozenset({"docker", "DOCKERFILE", "dockerfile"})
# the folder in which an app of App Platform is described; paths are seen from above it
_OF_APP_PLATFORM = ".do"


class _Hosted(NamedTuple):
    """What a platform runs: a command in a folder, or a Dockerfile; ``when`` it starts a job."""

    line: int
    name: str
    command: Node | None = None
    folder: str = ""
    dockerfile: str = ""
    when: str = ""


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the services and jobs of a platform's file, with what they run and when."""
    folder, name = posixpath.split(path)
    if posixpath.basename(folder) == _OF_APP_PLATFORM:
        folder, name = posixpath.dirname(folder), _OF_APP_PLATFORM
    reader = _FILES.get(name) if document.mapping else None
    for hosted in reader(document) if reader is not None else ():
        if hosted.command is None and not hosted.dockerfile:
            continue  # a page of files alone, or what the platform finds out by itself
        yield Unit(hosted.line, hosted.name, "job" if hosted.when else "service")
        if hosted.when:
            yield Trigger(hosted.line, "schedule", hosted.when, hosted.name)
        if hosted.command is not None:
            where = posixpath.normpath(posixpath.join(folder, hosted.folder))
            yield from shell.facts(
                hosted.command.text, hosted.command.line, hosted.name, directory="" if where == "." else where
            )
        elif hosted.dockerfile:
            target = posixpath.normpath(posixpath.join(folder, hosted.folder, hosted.dockerfile))
            yield Link(hosted.line, "file", target, hosted.name)


def _told(part: Node | None) -> Node | None:
    return part if part is not None and part.text else None


def _render(document: Node) -> Iterator[_Hosted]:
    services = document.get("services")
    for number, service in enumerate(services.items if services is not None else ()):
        docker = service.said("runtime") or service.said("env")
        dockerfile = service.said("dockerfilePath") or ("Dockerfile" if docker in _DOCKER else "")
        yield _Hosted(
            service.line,
            service.said("name") or f"service {number}",
            _told(service.get("startCommand")) or _told(service.get("dockerCommand")),
            service.said("rootDir"),
            dockerfile,
            service.said("schedule") if service.said("type") == "cron" else "",
        )


def _railway(document: Node) -> Iterator[_Hosted]:
    deploy = document.get("deploy")
    command = _told(deploy.get("startCommand")) if deploy is not None else None
    dockerfile = document.said("build", "dockerfilePath")
    if document.said("build", "builder") in _DOCKER:
        dockerfile = dockerfile or "Dockerfile"
    if command is not None or dockerfile:
        when = deploy.said("cronSchedule") if deploy is not None else ""
        yield _Hosted(command.line if command else 1, "railway", command, "", dockerfile, when)


def _nixpacks(document: Node) -> Iterator[_Hosted]:
    command = _told(document.get("start", "cmd"))
    if command is not None:
        yield _Hosted(command.line, "start", command)


def _fly(document: Node) -> Iterator[_Hosted]:
    processes = document.get("processes")
    commands = processes.mapping if processes is not None else {}
    for name, command in commands.items():
        yield _Hosted(command.line, name, _told(command))
    built = document.get("build")
    if not commands and document.get("app") is not None and (built is None or built.get("image") is None):
        elsewhere = built is not None and (built.get("builder") is not None or built.get("buildpacks") is not None)
        if not elsewhere:
            yield _Hosted(1, "app", None, "", (built.said("dockerfile") if built else "") or "Dockerfile")


def _app_engine(document: Node) -> Iterator[_Hosted]:
    command = _told(document.get("entrypoint")) if document.get("runtime") is not None else None
    if command is not None:
        yield _Hosted(command.line, "default", command)


def _app_runner(document: Node) -> Iterator[_Hosted]:
    command = _told(document.get("run", "command"))
    if command is not None:
        yield _Hosted(command.line, "run", command)


def _app_platform(document: Node) -> Iterator[_Hosted]:
    spec = document.get("spec") or document
    for kind in ("services", "workers", "jobs"):
        parts = spec.get(kind)
        for number, part in enumerate(parts.items if parts is not None else ()):
            source = part.said("source_dir").lstrip("/")
            dockerfile = part.said("dockerfile_path").lstrip("/")  # seen from the root, not from the source
            yield _Hosted(
                part.line,
                part.said("name") or f"{kind} {number}",
                _told(part.get("run_command")),
                source,
                dockerfile and posixpath.relpath(dockerfile, source or "."),
                part.said("schedule", "cron"),
            )


_FILES: dict[str, Callable[[Node], Iterator[_Hosted]]] = {
    "render.yaml": _render,
    "render.yml": _render,
    "railway.json": _railway,
    "railway.toml": _railway,
    "nixpacks.toml": _nixpacks,
    "fly.toml": _fly,
    "app.yaml": _app_engine,
    "app.yml": _app_engine,
    "apprunner.yaml": _app_runner,
    _OF_APP_PLATFORM: _app_platform,
}

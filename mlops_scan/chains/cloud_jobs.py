"""Jobs of Cloud Run that command lines make of an image, and schedules that start them, by the names of the jobs.

Sources: https://cloud.google.com/sdk/gcloud/reference/run/jobs/create and
https://cloud.google.com/run/docs/execute/jobs-on-schedule#command-line
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.chains.commands import started
from mlops_scan.chains.gcloud_jobs import made_by, named_by_schedule
from mlops_scan.chains.graph import Missing, Node, Start, Step
from mlops_scan.chains.places import build_arguments, image_name
from mlops_scan.chains.words import options
from mlops_scan.facts.kinds import Command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts

_GCLOUD = "gcloud "
_BUILDS = ("docker build ", "docker buildx build ", "podman build ")
_SUBMITS = "builds submit"


def note(builder: Builder, file: FileFacts, known: Places) -> None:
    """Link the jobs that a file's commands make to what they run, and start those of which they tell a schedule."""
    commands = [command for command in file.of(Command) if command.run.startswith(_GCLOUD)]
    built = _built_beside(file.of(Command), known) if commands else {}
    for command in commands:
        job = _own(made_by(command.run), file.path, known)
        if job is not None:
            _made(builder, job, command, file, known, built)
        timed = _own(named_by_schedule(command.run), file.path, known)
        if timed is not None and file.role == "product":
            _timed(builder, timed, command, file.path)


def _own(name: str, path: str, known: Places) -> Node | None:
    """Return the job of a name; what a variable of several files means is known within one file."""
    if "$" in name and name in known.resources.called:
        return known.resources.called[name] or Node(path, name)
    return known.resources.called.get(name)


def _made(
    builder: Builder, job: Node, command: Command, file: FileFacts, known: Places, built: dict[str, set[str]]
) -> None:
    builder.kinds.setdefault(job, "resource")
    builder.lines.setdefault(job, command.line)
    step = Step(file.path, command.line, command.run)
    for target in _runs(command, file, known, built):
        builder.link(job, target, step)


def _timed(builder: Builder, job: Node, command: Command, path: str) -> None:
    # several words, once its quotes are off
    when = command.run.partition("--schedule")[2].lstrip("= ").partition(" --")[0]
    builder.starts.append(Start("schedule", Step(path, command.line, f"schedule {when}".strip()), (job,), when))


def _runs(command: Command, file: FileFacts, known: Places, built: dict[str, set[str]]) -> Iterator[Node]:
    """Yield what a job runs: the command that it is given, else that of its image."""
    words = command.run.split(" ")
    given = [word for text in (*options(words, "--command"), *options(words, "--args")) for word in text.split(",")]
    if options(words, "--command"):
        inner = msgspec.structs.replace(command, run=" ".join(given))
        found = started(inner, file.path, known, in_image=True)
        yield from (node for node in found if not isinstance(node, Missing))
        return
    dockerfile = _image(words, command.directory, built, known)
    if dockerfile:
        yield Node(dockerfile, "")


def _image(words: list[str], directory: str, built: dict[str, set[str]], known: Places) -> str:
    """Return the Dockerfile of a job's image; a variable means the one image that is built beside the job."""
    for source in options(words, "--source"):
        return known.file(posixpath.join(source, "Dockerfile"), (directory, "")) or ""
    name = next((image_name(image) for image in options(words, "--image")), "")
    if name in known.images and "$" not in name:
        return known.images[name]
    found = built.get("$" if "$" in name else name, set())
    return next(iter(found)) if len(found) == 1 else ""


def _built_beside(commands: Sequence[Command], known: Places) -> dict[str, set[str]]:
    """Return the Dockerfiles that some commands build, by the names of their images, and all of them under ``$``."""
    images: dict[str, set[str]] = {}
    for command in commands:
        if dockerfile := _built(command, known):
            tags = options(command.run.split(" "), "--tag", "-t")
            for name in ("$", *map(image_name, tags)):
                images.setdefault(name, set()).add(dockerfile)
    return images


def _built(command: Command, known: Places) -> str:
    """Return the Dockerfile that a command builds, on this machine or in the cloud."""
    words = command.run.split(" ")
    if command.run.startswith(_BUILDS):
        return known.file(build_arguments(words)[0], (command.directory, "")) or ""
    if command.run.startswith(_GCLOUD) and _SUBMITS in command.run and options(words, "--tag", "-t"):
        folder = next((word for word in words[3:] if not word.startswith("-") and known.folders.get(word)), "")
        return known.file(posixpath.join(folder, "Dockerfile"), (command.directory, "")) or ""
    return ""

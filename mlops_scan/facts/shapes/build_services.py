"""Build services that read steps from a file and are triggered elsewhere: Google Cloud Build, AWS CodeBuild.

Sources of the formats: https://cloud.google.com/build/docs/build-config-file-schema and
https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import codebuild, shell
from mlops_scan.facts.kinds import Image, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_REGISTRIES = ("gcr.io/", "docker.pkg.dev/")
_SHELLS = frozenset({"bash", "sh", "/bin/sh", "/bin/bash"})


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the steps of a build."""
    name = posixpath.basename(path)
    if document.get("phases") is not None and document.get("version") is not None:
        yield from _codebuild(document)
    elif _is_cloudbuild(path, document):
        yield from _cloudbuild(document, name)


def _is_cloudbuild(path: str, document: Node) -> bool:
    """Tell whether a document is a build by its name, or by the images that its steps run in, and nothing else says."""
    steps = document.get("steps")
    if steps is None or "cloudbuild" in path.lower():
        return steps is not None
    images = [image.text if (image := step.get("name")) else "" for step in steps.items]
    return all(images) and any(registry in image for image in images for registry in _REGISTRIES)


def _codebuild(document: Node) -> Iterator[Fact]:
    yield Unit(line=document.line, name="build", kind="job")
    yield from codebuild.commands(document, "build")


def _cloudbuild(document: Node, name: str) -> Iterator[Fact]:
    yield Unit(line=document.line, name=name, kind="job")
    steps = document.get("steps")
    for step in steps.items if steps else ():
        image, moved = step.get("name"), step.get("dir")
        directory = moved.text if moved is not None and "$" not in moved.text else ""
        if image is not None:
            yield Image(line=image.line, name=image.text, unit=name)
        line, text = _script(step, image.text if image else "")
        yield from shell.facts(text, line, name, directory=directory)


def _script(step: Node, image: str) -> tuple[int, str]:
    """Return the line and shell text of a step: its script, the text behind ``bash -c``, or program and arguments."""
    script, entry, listed = step.get("script"), step.get("entrypoint"), step.get("args")
    arguments = listed.items if listed else ()
    if script is not None:
        return script.line + 1, script.text
    words = [item.text for item in arguments]
    if entry is not None and entry.text in _SHELLS and words[:1] == ["-c"] and len(words) > 1:
        return arguments[1].line + ("\n" in words[1]), words[1]
    program = entry.text if entry else posixpath.basename(image.partition(":")[0])
    return (arguments[0].line if arguments else step.line), " ".join([program, *map(_quoted, words)])


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'" if " " in word or "\n" in word else word

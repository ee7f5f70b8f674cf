"""Jobs of managed services that are described in files: custom jobs of Vertex AI.

Source of the format: https://cloud.google.com/vertex-ai/docs/reference/rest/v1/CustomJobSpec
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Image, Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node


def facts(path: str, document: Node) -> Iterator[Fact]:  # noqa: ARG001 - all shapes take both
    """Yield the units of a job's description."""
    pools = document.get("workerPoolSpecs") or document.get("jobSpec", "workerPoolSpecs")
    if pools is not None:
        yield Unit(document.line, "job", "job")
    for pool in (pools.items or (pools,)) if pools else ():
        yield from _pool(pool)


def _pool(pool: Node) -> Iterator[Fact]:
    container = pool.get("containerSpec")
    image = container.get("imageUri") if container else None
    if container is not None and image is not None:
        yield Image(image.line, image.text, "job")
        if container.get("command") is None:
            yield Link(image.line, "image", image.text, "job")
        words = [item.text for key in ("command", "args") if (part := container.get(key)) for item in part.items]
        yield from shell.commands(" ".join(words), container.line, "job")
    module = pool.get("pythonPackageSpec", "pythonModule")
    if module is not None:
        yield Link(module.line, "function", module.text, "job")

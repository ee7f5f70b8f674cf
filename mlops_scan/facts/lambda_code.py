"""Where the code of an AWS Lambda function stands: in a folder beside the template, in an image, or in the template.

Source of the format: https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts.kinds import Call, Import, Link
from mlops_scan.facts.python_tree import ERRORS, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node


def facts(path: str, unit: str, properties: Node, shared: Node | None, metadata: Node | None) -> Iterator[Fact]:
    """Yield what a function runs; ``shared`` is the code of all functions of a template."""
    inline = properties.get("InlineCode") or properties.get("Code", "ZipFile")
    code = properties.get("CodeUri") or properties.get("Code") or shared
    handler = properties.get("Handler")
    docker = metadata.get("DockerContext") if metadata else None
    if docker is not None and metadata is not None:
        name = metadata.get("Dockerfile")
        file = posixpath.join(docker.text, name.text if name else "Dockerfile")
        yield Link(docker.line, "file", beside(path, file), unit)
    elif inline is not None:
        text = inline.get("Fn::Sub") or inline
        yield from written(text.text, text.line, unit)
    elif handler is not None and (code is None or code.text):
        where = code.text if code else "."
        if not where.startswith("s3:") and "$" not in where:
            yield Link(handler.line, "function", in_folder(beside(path, where), handler.text), unit)


def in_folder(folder: str, handler: str) -> str:
    """Return ``file.function`` of a folder as the target of a link to a function."""
    module, _, function = handler.rpartition(".")
    return f"{posixpath.normpath(posixpath.join(folder, module.replace('.', '/')))}.py:{function}"


def beside(path: str, written: str) -> str:
    """Return a path that a file writes as seen from its own folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), written))


def written(text: str, line: int, unit: str) -> Iterator[Fact]:
    """Yield imports and calls of Python that stands in another file from a line on, all in one unit."""
    from mlops_scan.facts.python_walk import Walk

    try:
        tree = parsed(text)
    except ERRORS:
        return
    for fact in Walk(tree, "inline.py").run():
        if isinstance(fact, (Call, Import)):
            yield msgspec.structs.replace(fact, line=line + fact.line, unit=unit)

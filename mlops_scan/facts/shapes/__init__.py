"""Shapes: what a configuration document means to the tool that reads it.

A shape is a module of this package with ``facts(path: str, document: Node) -> Iterator[Fact]``, which yields
nothing for a document of another shape. The folder is the registry.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node


@functools.cache
def modules() -> tuple[ModuleType, ...]:
    """Return every shape."""
    return tuple(importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield what every shape makes of a document."""
    for module in modules():
        yield from module.facts(path, document)

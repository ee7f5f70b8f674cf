"""Flows: what the calls and decorators of a Python file mean to the orchestrator that runs it.

A flow format is a module of this package with ``facts(stated: Stated) -> Iterator[Fact]``, which yields the units,
links, triggers and commands that its orchestrator makes of them, and nothing for a file of another one. The folder is
the registry.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import Stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from mlops_scan.facts.kinds import Fact


@functools.cache
def modules() -> tuple[ModuleType, ...]:
    """Return every flow format."""
    found = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return tuple(module for module in found if hasattr(module, "facts"))


def facts(path: str, module: str, stated: Iterable[Fact]) -> Iterator[Fact]:
    """Yield what every orchestrator makes of the facts of a file, which stand in order of line."""
    known = Stated.of(path, module, stated)
    if known.calls or known.decorators or known.classes:
        for each in modules():
            yield from each.facts(known)

"""Readers: one module a file format, each a pure function of (path, bytes) to facts.

A reader is a module of this package with

    READS: tuple[str, ...]                        globs; without a slash they match the file name
    def read(path: str, data: bytes) -> Reading   never raises

The folder is the registry: a new format is a new module. Every reader whose globs match reads the file.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING

from mlops_scan import globs
from mlops_scan.facts.kinds import Diagnostic, Fact, Reading
from mlops_scan.facts.tokens import SlowError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

TEMPLATE = ".tmpl"
TOO_MUCH = "not read: it needs more memory than there is for one file"
TOO_SLOW = "not read: it takes more time than there is for one file"
# what another time, or another machine, may be told otherwise
PASSING = frozenset({TOO_MUCH, TOO_SLOW})
__all__ = ["Diagnostic", "Fact", "Reading", "read", "readers"]


@functools.cache
def readers() -> tuple[tuple[Callable[[str], bool], ModuleType], ...]:
    """Return every reader with what tells, of ``/`` + path, whether it reads a file."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple((_matcher(module.READS), module) for module in modules if hasattr(module, "READS"))


def _matcher(wanted: tuple[str, ...]) -> Callable[[str], bool]:
    return globs.matcher(tuple(f"*/{glob}" for glob in wanted))


def read(path: str, data: bytes) -> Reading:
    """State the facts of one file; a file of no known format has none.

    A ``*.tmpl`` file, and one that cannot be read and is a template, is read as what it generates.
    """
    from mlops_scan.facts import templates

    if path.endswith(TEMPLATE):
        found = _read(path.removesuffix(TEMPLATE), templates.generated_by_go(data))
        return Reading(found.facts, tuple(Diagnostic(path, d.line, d.message) for d in found.diagnostics))
    reading = _read(path, data)
    if reading.diagnostics and (text := templates.generated(data)) is not None:
        other = _read(path, text)
        return reading if other.diagnostics else other
    return reading


def _read(path: str, data: bytes) -> Reading:
    found = [_guarded(module, path, data) for wants, module in readers() if wants("/" + path)]
    return Reading(
        tuple(fact for reading in found for fact in reading.facts),
        tuple(diagnostic for reading in found for diagnostic in reading.diagnostics),
    )


def _guarded(module: ModuleType, path: str, data: bytes) -> Reading:
    """Read with one reader; a defect of it costs what it would have stated of this file, not the scan."""
    try:
        reading: Reading = module.read(path, data)
    except MemoryError:
        return Reading((), (Diagnostic(path, 0, TOO_MUCH),))
    except SlowError:
        return Reading((), (Diagnostic(path, 0, TOO_SLOW),))
    except Exception as error:  # noqa: BLE001 - whatever a file made to break a reader makes it raise
        told = f"not read: a defect of ours, please report it ({module.__name__}: {type(error).__name__})"
        return Reading((), (Diagnostic(path, 0, told),))
    return reading


def reads(path: str) -> bool:
    """Tell whether any reader knows this file's format."""
    return any(wants("/" + path.removesuffix(TEMPLATE)) for wants, _ in readers())

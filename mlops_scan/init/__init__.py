"""What `mlops-scan init` writes. The folder `parts` is the registry: one module a part, with ``plan``.

Everything is planned before anything is written, from the bytes that are there to those that shall be.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from mlops_scan.init.kinds import Plan, Site


def names() -> tuple[str, ...]:
    """Return what can be written, as ``--only`` names it."""
    parts = importlib.import_module(f"{__name__}.parts")
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(parts.__path__)))


def plans(site: Site, only: Container[str]) -> list[Plan]:
    """Return what each of the named parts would do. Raises `kinds.RefusedError` where one cannot be done safely."""
    return [_plan(name, site) for name in names() if name in only]


def _plan(name: str, site: Site) -> Plan:
    module = importlib.import_module(f"{__name__}.parts.{name.replace('-', '_')}")
    found: Plan = module.plan(site)
    return found

"""Code of functions that one file of a module archives, and another file of it deploys."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node
from mlops_scan.facts.lambda_code import in_folder

if TYPE_CHECKING:
    from mlops_scan.chains.places import Places

# how handlers are called by custom, where a variable tells it
_CUSTOM = ("lambda_handler", "handler")


def handler(path: str, target: str, known: Places) -> Node | None:
    """Return the function that is meant by ``archive:module.function``, or by an archive of one handler alone."""
    name, _, told = target.partition(":")
    where = known.resources.archives.get((posixpath.dirname(path), name))
    if where is None:
        return None
    if told:
        module, _, function = in_folder(where, told).partition(":")
        file = where if where.endswith(".py") else module
        return known.member(file, function) if file in known.files else None
    files = (where,) if where.endswith(".py") else known.folders.get(where, ())
    found = [Node(file, unit) for file in files for unit in _CUSTOM if unit in known.units.get(file, ())]
    return found[0] if len(found) == 1 else None

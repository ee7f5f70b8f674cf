"""Which service hosts a repository, and its main branch, told without asking git (whose configuration may run code).

Source of the format: gitrepository-layout(5).
"""

from __future__ import annotations

import string
from pathlib import Path
from typing import TYPE_CHECKING

from mlops_scan import forges
from mlops_scan.sources import remotes
from mlops_scan.sources.regular import small

if TYPE_CHECKING:
    from mlops_scan.sources.kinds import Place

MAIN = ("main", "master")
_PLAIN = frozenset(string.ascii_letters + string.digits + "._-/")


def hosted_on(place: Place | None, service: str) -> bool:
    """Tell whether a remote is on a service (``github``, ``gitlab``), the public one or one of a company."""
    return place is not None and any(service in host.split(".") for host in _hosts(place))


def main_branches(place: Place | None) -> tuple[str, ...]:
    """Return the main branch of the remote, or the usual names where the clone does not say or the name is odd."""
    said = small(Path(place.common_dir, "refs", "remotes", "origin", "HEAD")) if place else None
    name = (said or b"").decode(errors="replace").strip().removeprefix("ref: refs/remotes/origin/")
    return (name,) if name and _PLAIN.issuperset(name) else MAIN


def _hosts(place: Place) -> frozenset[str]:
    """Return the host of every remote."""
    found = map(forges.remote, remotes.addresses(place).values())
    return frozenset(remote.host.partition(":")[0] for remote in found if remote)

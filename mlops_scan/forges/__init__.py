"""Forges: where a repository and its lines are seen on the web. The folder is the registry: one module a forge.

Each has ``web``, from the host and path of a remote to the repository's page (nothing where the forge is another), and
``line``, from that page to one line of a file at a commit (0 for the whole file).
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import string
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from types import ModuleType

_HOST = frozenset(string.ascii_lowercase + string.digits + ".-")
_LONGEST = 1000


class Remote(NamedTuple):
    """A remote's host, with the port where it is one of the web, and its path without slashes around it."""

    host: str
    path: str


@functools.cache
def _modules() -> tuple[ModuleType, ...]:
    return tuple(importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))


def remote(address: str) -> Remote | None:
    """Take an address as git writes it apart: ``https://…``, ``ssh://…`` or ``git@host:path`` (git-clone(1)).

    None for a path, and for whatever cannot be one of a host. User names and passwords are left out.
    """
    if len(address) > _LONGEST or not address.isprintable():
        return None
    try:
        host, path = _parted(address)
    except ValueError:
        return None
    path = unquote(path.partition("?")[0].partition("#")[0]).strip("/").removesuffix(".git")
    sound = _HOST.issuperset(host.partition(":")[0]) and path.isprintable() and not {"", ".", ".."} & {*path.split("/")}
    return Remote(host, path) if host and sound else None


def _parted(address: str) -> tuple[str, str]:
    """Return host and path, both empty for a path on this machine. Raises `ValueError` for a broken address."""
    scheme, separator, _ = address.partition("://")
    if not separator:
        before, colon, path = address.partition(":")
        return (before.rpartition("@")[2].lower(), path) if colon and "/" not in before and before[1:] else ("", "")
    if scheme not in {"https", "http", "ssh", "git", "git+ssh"}:
        return "", ""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port and scheme == "https" else ""
    return (parts.hostname or "") + port, parts.path


def web(address: str) -> str:
    """Return the page of the repository that a remote's address names; empty where no forge is known by it."""
    found = remote(address)
    pages = (module.web(found) for module in _modules()) if found else iter(())
    return next(filter(None, pages), "")


def line(page: str, commit: str, path: str, number: int) -> str:
    """Return the address of a line at a commit, on the forge that a page is of (see `web`); empty without one."""
    found = remote(page)
    for module in _modules() if found else ():
        if module.web(found):
            address: str = module.line(page, commit, quote(path, safe="/", errors="replace"), number)
            return address
    return ""


def page(found: Remote, path: str) -> str:
    """Return the page of a path on a remote's host."""
    return f"https://{found.host}/{quote(path)}"


def labels(found: Remote) -> frozenset[str]:
    """Return the parts of a remote's host, without the port."""
    return frozenset(found.host.partition(":")[0].split("."))

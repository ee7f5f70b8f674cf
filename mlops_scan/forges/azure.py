"""Azure DevOps, by its present hosts and those of Visual Studio Team Services.

Sources: https://learn.microsoft.com/azure/devops/repos/git/clone and, for addresses over SSH,
https://learn.microsoft.com/azure/devops/repos/git/use-ssh-keys-to-authenticate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from mlops_scan.forges import Remote

_NEW = "dev.azure.com"
_OLD = ".visualstudio.com"
_OVER_SSH = frozenset({f"ssh.{_NEW}", f"vs-ssh{_OLD}"})
_COLLECTION = "DefaultCollection/"


def web(found: Remote) -> str:
    """Return the page ``https://dev.azure.com/organisation/project/_git/name``."""
    if found.host in _OVER_SSH:
        return _over_ssh(found)
    if found.host.endswith(_OLD):
        whole = f"{found.host.removesuffix(_OLD)}/{found.path.removeprefix(_COLLECTION)}"
    else:
        whole = found.path if found.host == _NEW else ""
    before, word, name = whole.partition("/_git/")
    return _page(before, name) if word and "/" not in name else ""


def _over_ssh(found: Remote) -> str:
    """Return the page of ``v3/organisation/project/name``."""
    version, _, rest = found.path.partition("/")
    before, _, name = rest.rpartition("/")
    return _page(before, name) if version == "v3" else ""


def _page(before: str, name: str) -> str:
    """Return the page of a repository; one that is called like its project may leave the project out."""
    organisation, slash, project = before.partition("/")
    sound = organisation and name and "/" not in project and bool(project) == bool(slash)
    return f"https://{_NEW}/{quote(f'{before}/_git/{name}')}" if sound else ""


def line(repository: str, commit: str, path: str, number: int) -> str:
    """Return the address of a line: a range up to the start of the next one."""
    lines = f"&line={number}&lineEnd={number + 1}&lineStartColumn=1&lineEndColumn=1" if number else ""
    return f"{repository}?path=/{path}&version=GC{commit}{lines}"

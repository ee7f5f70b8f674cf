"""GitLab, also self-hosted where the host says ``gitlab``.

Source: https://docs.gitlab.com/user/project/repository/files/#permalinks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.forges import labels, page

if TYPE_CHECKING:
    from mlops_scan.forges import Remote


# as in altssh.gitlab.com, for networks that let nothing but port 443 out
_OVER_SSH = "altssh."


def web(found: Remote) -> str:
    """Return the page of ``group/…/name``."""
    found = found._replace(host=found.host.removeprefix(_OVER_SSH))
    return page(found, found.path) if "gitlab" in labels(found) and "/" in found.path else ""


def line(repository: str, commit: str, path: str, number: int) -> str:
    """Return the address of a line; ``plain`` shows notebooks and Markdown as the text that has the line."""
    return f"{repository}/-/blob/{commit}/{path}" + (f"?plain=1#L{number}" if number else "")

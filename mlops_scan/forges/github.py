"""GitHub, and its Enterprise Server where the host says ``github``.

Source: https://docs.github.com/repositories/working-with-files/using-files/getting-permanent-links-to-files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.forges import labels, page

if TYPE_CHECKING:
    from mlops_scan.forges import Remote


# as in ssh.github.com, for networks that let nothing but port 443 out
_OVER_SSH = "ssh."


def web(found: Remote) -> str:
    """Return the page of ``owner/name``."""
    found = found._replace(host=found.host.removeprefix(_OVER_SSH))
    return page(found, found.path) if "github" in labels(found) and found.path.count("/") == 1 else ""


def line(repository: str, commit: str, path: str, number: int) -> str:
    """Return the address of a line; ``plain`` shows notebooks and Markdown as the text that has the line."""
    return f"{repository}/blob/{commit}/{path}" + (f"?plain=1#L{number}" if number else "")

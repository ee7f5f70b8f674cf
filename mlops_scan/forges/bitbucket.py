"""Bitbucket Cloud.

Source: https://support.atlassian.com/bitbucket-cloud/docs/hyperlink-to-source-code-in-bitbucket/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.forges import page

if TYPE_CHECKING:
    from mlops_scan.forges import Remote


_HOST = "bitbucket.org"


def web(found: Remote) -> str:
    """Return the page of ``workspace/name``."""
    known = found.host in {_HOST, f"altssh.{_HOST}"} and found.path.count("/") == 1
    return page(found._replace(host=_HOST), found.path) if known else ""


def line(repository: str, commit: str, path: str, number: int) -> str:
    """Return the address of a line."""
    return f"{repository}/src/{commit}/{path}" + (f"#lines-{number}" if number else "")

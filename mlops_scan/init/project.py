"""Where the project itself lives, as repositories that use it name it: from its package metadata."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mlops_scan import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

TAG = f"v{__version__}"
_LABEL = "Source"


def url() -> str:
    """Return the address of the project's repository."""
    return _installed() or _declared()[_LABEL]


def slug() -> str:
    """Return ``owner/name``, by which workflows name an action."""
    return urlsplit(url()).path.strip("/")


def _installed() -> str:
    """Return what the metadata of the installed package says (``Project-URL: Label, address``), or nothing."""
    from importlib import metadata

    try:
        said = metadata.metadata("mlops-scan").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return ""
    pairs = (line.partition(", ") for line in said)
    return next((address for label, _, address in pairs if label == _LABEL), "")


def _declared() -> Mapping[str, str]:
    """Return the addresses that pyproject.toml declares, for a checkout that is run without being installed."""
    import tomli

    file = Path(__file__).parents[2] / "pyproject.toml"
    declared: Mapping[str, str] = tomli.loads(file.read_text(encoding="utf-8"))["project"]["urls"]
    return declared

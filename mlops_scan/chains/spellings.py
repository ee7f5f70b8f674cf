"""Files that their tools find under more than one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

# what a file is asked for as, and the name that is taken where there is none called so
_SPELLINGS = (
    ("Dockerfile", "dockerfile"),
    ("/action.yml", "/action.yaml"),
    ("MLproject", "MLProject"),
    ("MLproject", "mlproject"),
)


def spelt(path: str, paths: Container[str]) -> str:
    """Return how a file is spelt among paths: builders, runners and MLflow take other spellings too."""
    for asked, other in _SPELLINGS if path not in paths else ():
        if path.endswith(asked) and path.removesuffix(asked) + other in paths:
            return path.removesuffix(asked) + other
    return path

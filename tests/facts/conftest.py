from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan import facts

if TYPE_CHECKING:
    from collections.abc import Callable

Stated = "Callable[..., list[Any]]"


@pytest.fixture
def stated() -> Callable[..., list[Any]]:
    """Return what a file states, of one kind of fact, as tuples of the attributes asked for."""

    def ask(path: str, text: str, kind: type, *attributes: str) -> list[Any]:
        found = [fact for fact in facts.read(path, text.encode()).facts if isinstance(fact, kind)]
        return [tuple(getattr(fact, name) for name in attributes) for fact in found] if attributes else found

    return ask

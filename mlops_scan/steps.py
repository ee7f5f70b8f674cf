"""The links of a chain as values, which assessments show without knowing how chains are made."""

from __future__ import annotations

import msgspec


class Step(msgspec.Struct, frozen=True):
    """One place of a chain, and what happens there."""

    path: str
    line: int
    what: str

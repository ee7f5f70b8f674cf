"""What could not be read, as values that every stage passes on."""

from __future__ import annotations

import msgspec


class Diagnostic(msgspec.Struct, frozen=True):
    """What could not be read, and why; line 0 speaks of the whole file."""

    path: str
    line: int
    message: str

"""The links of a chain as values, which assessments show without knowing how chains are made."""

from __future__ import annotations

import msgspec

from mlops_scan.masks import masked


class Step(msgspec.Struct, frozen=True):
    """One place of a chain, and what happens there, without the secrets that may be written there."""

    path: str
    line: int
    what: str

    def __post_init__(self) -> None:
        """Take secrets out of what is to be shown."""
        shown = masked(self.what)
        if shown is not self.what:
            msgspec.structs.force_setattr(self, "what", shown)

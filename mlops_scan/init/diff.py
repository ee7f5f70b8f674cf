"""A planned change as a unified diff that `git apply` takes.

Source of the format: https://git-scm.com/docs/diff-format#generate_patch_text_with_p
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.init.kinds import Change

_NO_LINE_END = "\n\\ No newline at end of file\n"


def unified(change: Change) -> str:
    """Return the diff; bytes that are not UTF-8 are lone surrogates in it, and line ends stay as they are."""
    old = [] if change.before is None else _lines(change.before)
    sides = (f"a/{change.path}", f"b/{change.path}")
    found = difflib.unified_diff(
        old, _lines(change.after), "/dev/null" if change.before is None else sides[0], sides[1]
    )
    return "".join((*_head(change, sides), *(line if line.endswith("\n") else line + _NO_LINE_END for line in found)))


def _head(change: Change, sides: tuple[str, str]) -> Iterator[str]:
    yield f"diff --git {sides[0]} {sides[1]}\n"
    if change.before is None:
        yield "new file mode 100644\n"


def _lines(data: bytes) -> list[str]:
    """Return lines with their ends; only a line feed ends one, as for git."""
    text = data.decode("utf-8", "surrogateescape")
    return [line + "\n" for line in text.split("\n")[:-1]] + ([last] if (last := text.rpartition("\n")[2]) else [])

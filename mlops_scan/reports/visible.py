"""Text from a repository made safe to show: what would move the cursor, hide or reorder text becomes visible.

So does what the runner of GitHub Actions takes from a log as a command: ``::`` at the start of a line, after any space,
and ``##[`` anywhere. Source: its own reader,
https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs.
"""

from __future__ import annotations

import unicodedata

_HIDING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PATH = 60
_COMMAND, _OLD_COMMAND = "::", "##["


def visible(text: str, most: int = 300) -> str:
    """Return one line of text with every control, bidirectional or unassigned character as its escape.

    ``most`` is the largest number of characters kept; what is cut is marked with ``…``.
    """
    shown = "".join(_escape(char) if unicodedata.category(char) in _HIDING else char for char in text[: most + 1])
    shown = _uncommanded(shown)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def place(path: str, line: int) -> str:
    """Return a place as ``path:line``, or the path alone for a whole file."""
    return f"{visible(path, _PATH)}:{line}" if line else visible(path, _PATH)


def _uncommanded(text: str) -> str:
    """Return text that no line can start a workflow command with."""
    if text.lstrip().startswith(_COMMAND):
        text = text.replace(":", r"\x3a", 1)
    return text.replace(_OLD_COMMAND, r"#\x23[")


def _escape(char: str) -> str:
    return char.encode("unicode_escape", errors="surrogatepass").decode("ascii")

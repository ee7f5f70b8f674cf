"""Text from a repository made safe to show: what would move the cursor, hide or reorder text becomes visible."""

from __future__ import annotations

import unicodedata

_HIDING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PATH = 60


def visible(text: str, most: int = 300) -> str:
    """Return one line of text with every control, bidirectional or unassigned character as its escape.

    ``most`` is the largest number of characters kept; what is cut is marked with ``…``.
    """
    shown = "".join(_escape(char) if unicodedata.category(char) in _HIDING else char for char in text[: most + 1])
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def place(path: str, line: int) -> str:
    """Return a place as ``path:line``, or the path alone for a whole file."""
    return f"{visible(path, _PATH)}:{line}" if line else visible(path, _PATH)


def _escape(char: str) -> str:
    return char.encode("unicode_escape", errors="surrogatepass").decode("ascii")

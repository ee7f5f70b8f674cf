"""Text from a repository made safe to show: what would move the cursor, hide or reorder text becomes visible.

CI services read commands out of what programs print: GitHub's runner takes ``::name::`` as one at the start of a line,
behind any space, and ``##[name]`` anywhere in it (source: ActionCommand.cs of https://github.com/actions/runner); Azure
Pipelines takes ``##vso[name]`` anywhere. So neither can stand in shown text.
"""

from __future__ import annotations

import re
import unicodedata

_HIDING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PATH = 60
_COMMAND = re.compile(r"##|(?<!\S)::")


def visible(text: str, most: int = 300) -> str:
    """Return one line of text with every control, bidirectional or unassigned character and command as its escape.

    ``most`` is the largest number of characters kept; what is cut is marked with ``…``.
    """
    shown = "".join(_escape(char) if unicodedata.category(char) in _HIDING else char for char in text[: most + 1])
    shown = inert(shown)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def inert(text: str) -> str:
    """Return text without commands of CI services; a wrapped line can begin with any part of what was shown."""
    return _COMMAND.sub(_broken, text)


def _broken(found: re.Match[str]) -> str:
    text = found.group()
    return f"{text[0]}\\x{ord(text[1]):x}"


def place(path: str, line: int) -> str:
    """Return a place as ``path:line``, or the path alone for a whole file."""
    return inert(f"{visible(path, _PATH)}:{line}") if line else visible(path, _PATH)


def _escape(char: str) -> str:
    return char.encode("unicode_escape", errors="surrogatepass").decode("ascii")

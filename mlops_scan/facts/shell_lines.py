"""Shell text as the lines that a shell reads: continuations and open quotes joined, here-documents apart."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# a quoted program may be this long; each line of it is asked whether the quote is closed, from the first on
MOST_JOINED = 400
MAX_LINE = 20_000
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")


def logical_lines(text: str) -> Iterator[tuple[int, str, tuple[int, str]]]:
    """Yield lines with their number from 0 and the here-document below, continuations joined.

    Here-documents that a shell reads are lines like others.
    """
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        first, line = number, lines[number]
        last = min(first + MOST_JOINED, len(lines)) - 1
        while (line.endswith("\\") or _is_open(line)) and number < last and len(line) < MAX_LINE:
            number += 1
            line = (line[:-1] + " " if line.endswith("\\") else line + "\n") + lines[number]
        number += 1
        found = _HEREDOC.search(line)
        end = next((n for n in range(number, len(lines)) if lines[n].strip() == found[2]), number) if found else number
        yield first, line, (number, "\n".join(lines[number:end]))
        if found:
            if _reads_lines(line):
                yield from ((n, lines[n], (n, "")) for n in range(number, end))
            number = max(end + 1, number)


def _reads_lines(line: str) -> bool:
    """Tell whether a here-document goes to a shell, here or on another machine."""
    words = line.split()
    return any(posixpath.basename(word) in {"ssh", "bash", "sh"} for word in words[:1] + words[1:2])


def _is_open(line: str) -> bool:
    """Tell whether a quoted text or an array goes on in the next line."""
    before, begins, array = line.partition("=(")
    if begins and ")" not in array and before.split()[-1:] and before.split()[-1].removesuffix("+").isidentifier():
        return True
    if "'" not in line and '"' not in line:
        return False
    quote = ""
    escaped = False
    for char in line:
        if escaped:
            escaped = False
        elif char == "\\" and quote != "'":
            escaped = True
        elif quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char == "#":
            return False
    return bool(quote)

"""What a hostile repository would have reports show, and by what it would be seen to succeed: for tests and fuzzing."""

from __future__ import annotations

import re

# each means something to a terminal, a runner, a browser or a format
PIECES = (
    *("`", "``", "```", "*", "_", "~~", "[x](//e)", "![x](//e)", "<b>", "</details>", "<!--", "-->", "]]>", "&lt;"),
    *("https://evil.example", "www.evil.example", "@ada", "|", "\\", "#", "- ", "=1+1", "'", '"', ";", "%", ",", ":"),
    *("\n", "\r", "\t", "\x1b[31m", "\x00", "\u202e", "\u2066", "\u2028", "\x85", "\ud800", "\ufffe", "\U000e0041"),
    *("::error::x", "::", "##[error]", "##vso[x]", "%0A", "x" * 99, " ", "a b", "é", "\N{COMBINING ACUTE ACCENT}"),
    *(
        "%%{init",
        "end",
        "graph",
        "style a fill:#fff",
        "click a href",
        "</script>",
        "</title>",
        "</svg>",
        "<?xml",
        "&#10;",
    ),
)
STATUSES = ("present", "attested", "weak", "absent")
# as the runner and Azure's agent look for them: at the start of a line behind any space, or anywhere
COMMAND = re.compile(r"^\s*::[^:]|##(?=\[|vso\[)", re.MULTILINE)
OURS = re.compile(r"::(notice|warning) (file=[^:,]+,)?(line=\d+,)?title=[^:,]+::[^\r\n]*")
HIDING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def forged(name: str, text: str) -> str:
    """Tell in words by what a report, of the format that its name ends in, is not ours alone; empty where it is."""
    text = text.replace("\r\n", "\n")  # as tables of values end their lines
    if HIDING.search(text):
        return "holds what moves or hides text"
    if name.endswith("github"):
        return "" if all(map(OURS.fullmatch, text.splitlines())) else "holds a line that is not ours"
    return "holds a command of a runner" if COMMAND.search(text) else ""

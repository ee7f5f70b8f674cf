"""JSON with comments, as editors and compilers read their settings: each comment becomes blanks, and no line moves."""

from __future__ import annotations

_OPENINGS = {"//": "\n", "/*": "*/"}


def without(text: str) -> str:
    """Return JSON with its comments blanked out; in a text, ``//`` begins none."""
    kept: list[str] = []
    number = 0
    while number < len(text):
        if text[number] == '"':
            end = _closed(text, number)
            kept.append(text[number:end])
        elif text[number : number + 2] in _OPENINGS:
            end = _ended(text, number)
            kept.append("\n" * text.count("\n", number, end))
        else:
            end = number + 1
            kept.append(text[number])
        number = end
    return "".join(kept)


def _closed(text: str, start: int) -> int:
    """Return where a quoted text has ended."""
    number = start + 1
    while number < len(text) and text[number] != '"':
        number += 2 if text[number] == "\\" else 1
    return min(number + 1, len(text))


def _ended(text: str, start: int) -> int:
    """Return where a comment has ended; the end of its line stays."""
    closing = _OPENINGS[text[start : start + 2]]
    end = text.find(closing, start + 2)
    if end < 0:
        return len(text)
    return end if closing == "\n" else end + len(closing)

"""Templates of Terraform (``templatefile``) that generate JSON, read as what they generate.

Source of the format: https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates
"""

from __future__ import annotations

NAMES = ("*.json.tpl", "*.json.tftpl")

_OPENING = ("${", "%{")
_NOTHING_KNOWN = "null"


def filled(text: str) -> str:
    """Return a template with ``null`` for what stands outside of texts, and without its directives.

    What stands in a text stays as written: it names what the value is.
    """
    parts: list[str] = []
    quoted, start, at = False, 0, 0
    while at < len(text):
        if quoted and text[at] == "\\":
            at += 2
            continue
        if quoted and text.startswith(_OPENING, at):  # texts inside what is put into a text do not end it
            end = _closed(text, at + 1)
            parts.extend((text[start:at], text[at:end].replace("\\", "").replace('"', "'")))
            at = start = end
            continue
        if text[at] == '"':
            quoted = not quoted
        elif not quoted and text.startswith(_OPENING, at):
            parts.extend((text[start:at], _NOTHING_KNOWN if text[at] == "$" else ""))
            at = start = _closed(text, at + 1)
            continue
        at += 1
    return "".join((*parts, text[start:]))


def _closed(text: str, at: int) -> int:
    """Return the place behind the brace that closes the one at a place, or the end of the text."""
    depth = 0
    while at < len(text):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
        if not depth:
            return at
    return at

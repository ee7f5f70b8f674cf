"""A line that is quoted as it stands, without what looks like a secret.

Stricter than `mlops_scan.masks`, which knows what is a key and what a value: here nothing tells the language, so that
all that follows the name of a secret is left out.
"""

from __future__ import annotations

from mlops_scan import secret


def names_secret(text: str) -> bool:
    """Tell whether a text names a password, token, key or the like."""
    return secret.mentions(text)


def masked(text: str) -> str:
    """Return a text with what looks like a secret hidden, and with everything after the name of one."""
    for found in secret.NAME.finditer(text):
        if secret.mentions(found.group()):
            shown, hidden = text[: found.end()], text[found.end() :].strip()
            return secret.unnamed(shown) + (f" {secret.MASK}" if hidden else "")
    return secret.unnamed(text)

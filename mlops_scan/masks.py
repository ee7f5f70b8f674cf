"""Secrets written down in a repository, taken out of what reports show.

`mlops_scan.secret` knows what one looks like, `mlops_scan.given` where its value stands.
"""

from __future__ import annotations

import functools
from typing import Any, TypeVar

import msgspec

from mlops_scan import given, secret
from mlops_scan.secret import MASK

_T = TypeVar("_T")

# the fields of values to show that hold what a repository wrote, beside paths and names
_TEXTS = frozenset({"detail", "message", "reason", "subject", "what"})


@functools.lru_cache(maxsize=65_536)
def masked(text: str) -> str:
    """Return text with the value of every secret in it as ``***``."""
    shown: list[str] = []
    at = 0
    for start, end in given.values(text):
        shown += text[at:start], MASK
        at = end
    return secret.unnamed("".join((*shown, text[at:])))


def concealed(value: _T) -> _T:
    """Return an assessment, a trace or a part of one, with what is masked in every text that the repository wrote."""
    found: Any = value
    if isinstance(found, tuple):
        found = tuple(map(concealed, found))
    elif isinstance(found, msgspec.Struct):
        fields = {name: getattr(found, name) for name in found.__struct_fields__}
        shown = {
            name: masked(one) if name in _TEXTS and isinstance(one, str) else concealed(one)
            for name, one in fields.items()
        }
        changed = {name: one for name, one in shown.items() if one != fields[name]}
        found = msgspec.structs.replace(found, **changed) if changed else found
    result: _T = found
    return result


def value(name: str, text: str) -> str:
    """Return what may be shown of the value that has a name."""
    return MASK if secret.names(name) and secret.told(name, text) else masked(text)

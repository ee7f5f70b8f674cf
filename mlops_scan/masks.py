"""What looks like a secret in one line of text, and the text without it.

Names tell most secrets: the word before a value, whatever the language. Two things are told without a name: who logs in
in an address, and text that alternates between letters and digits, or small and capital ones, as words never do.
"""

from __future__ import annotations

import string
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HIDDEN = "•••"
_WITHIN = ("password", "passwd", "passphrase", "secret", "credential")
_AT_END = ("token", "key", "pwd", "auth")
_WHOLE = frozenset({"pass", "authorization", "bearer"})
_NAME = frozenset(string.ascii_letters + string.digits + "_-")
_RUN = _NAME | frozenset("+/=")
_AUTHORITY_ENDS = frozenset("/ \t\"'`)>,;")
# keys of cloud services have 20 characters and more; of random text half the pairs alternate, of paths a tenth
_SHORTEST, _ALTERNATES = 20, 5


def names_secret(text: str) -> bool:
    """Tell whether a text names a password, token, key or the like."""
    return any(_secret(word) for word in _words(text))


def masked(text: str) -> str:
    """Return a text with what looks like a secret hidden, and with everything after the name of one."""
    end = 0
    for word in _words(text):
        end = text.index(word, end) + len(word)
        if _secret(word):
            return _unnamed(text[:end]) + (f" {HIDDEN}" if text[end:].strip() else "")
    return _unnamed(text)


def _words(text: str) -> Iterator[str]:
    return ("".join(chars) for named, chars in groupby(text, _NAME.__contains__) if named)


def _secret(word: str) -> bool:
    return any(map(_secret_part, _parts(word)))


def _secret_part(part: str) -> bool:
    bare = part.removesuffix("s")
    return bare.endswith(_AT_END) or any(name in part for name in _WITHIN) or part in _WHOLE


def _parts(word: str) -> list[str]:
    """Return the parts of ``snake_case``, ``kebab-case`` and ``camelCase``, in small letters."""
    spaced = (
        f" {char}" if char.isupper() and before.islower() else char
        for before, char in zip(f" {word}", word, strict=False)
    )
    return "".join(spaced).replace("_", " ").replace("-", " ").lower().split()


def _unnamed(text: str) -> str:
    runs = (("".join(chars), run) for run, chars in groupby(_anonymous(text), _RUN.__contains__))
    return "".join(HIDDEN if run and _random(found) else found for found, run in runs)


def _random(run: str) -> bool:
    if len(run) < _SHORTEST:
        return False
    capitals = run.isupper() and not run.isalpha() and run.isalnum()
    return capitals or sum(map(_alternate, run, run[1:])) * _ALTERNATES >= len(run)


def _alternate(one: str, other: str) -> bool:
    both = one.isalnum() and other.isalnum()
    return both and (one.isdigit() != other.isdigit() or (one.islower() and other.isupper()))


def _anonymous(text: str) -> str:
    """Return a text whose addresses do not tell who logs in."""
    first, *rest = text.split("://")
    return "://".join([first, *map(_host_onward, rest)])


def _host_onward(address: str) -> str:
    end = next((at for at, char in enumerate(address) if char in _AUTHORITY_ENDS), len(address))
    login, at, host = address[:end].rpartition("@")
    return f"{HIDDEN}@{host}{address[end:]}" if login and at else address

"""Where ``git push`` goes: the address that the same shell text gave to a remote, or cloned the folder from."""

from __future__ import annotations

import posixpath

_ORIGIN = "origin"
_NAMING = frozenset({"add", "set-url"})


class Remotes:
    """What earlier commands of a shell text said of remotes."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._named: dict[str, str] = {}
        self._cloned: dict[str, str] = {}

    def entered(self, folder: str) -> None:
        """Take note of a change of folder: in a cloned one, the origin is what it was cloned from."""
        self._named[_ORIGIN] = self._cloned.get(_folder(folder), "")

    def told(self, words: list[str]) -> list[str]:
        """Return the words of a command; of a push, with the address behind that its remote is known to have."""
        if words[:1] != ["git"]:
            return words
        plain = [word for word in words[2:] if not word.startswith("-")]
        if words[1:2] == ["clone"] and plain:
            self._cloned[_folder(plain[1] if plain[1:] else plain[0])] = plain[0]
        elif words[1:2] == ["remote"] and plain[2:] and plain[0] in _NAMING:
            self._named[plain[1]] = plain[2]
        elif words[1:2] == ["push"]:
            address = self._named.get(plain[0] if plain else _ORIGIN)
            return [*words, address] if address else words
        return words


def _folder(path: str) -> str:
    return posixpath.basename(path.rstrip("/")).removesuffix(".git")

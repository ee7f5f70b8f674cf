"""Loops of shell text over words that are written down: ``for step in prepare train``."""

from __future__ import annotations

from mlops_scan.facts.shell_words import substituted

_FOR = ("for", "in")
_AROUND = frozenset({"while", "until", "select"})
_LEADING = frozenset({"do", "then", "else"})
_DONE = "done"
# more words are data, and what the shell itself puts in is known to its run alone
_MOST = 20
_PUT_IN = frozenset("$*?`[{")
_MOST_ROUNDS = 400  # of all loops of a text


class Loops:
    """The loops that a command stands in: the variable of each, and its words; none where these are not known."""

    def __init__(self) -> None:
        """Begin outside of any loop."""
        self.around: list[tuple[str, list[str]]] = []
        self.left = _MOST_ROUNDS

    def follow(self, words: list[str], variables: dict[str, str]) -> bool:
        """Enter or leave a loop, and tell whether these words do nothing else."""
        words = words[1:] if words[0] in _LEADING else words
        if words[:1] == [_DONE] and self.around:
            self.around.pop()
        elif words and words[0] in _AROUND:
            self.around.append(("", []))
        elif (*words[:1], *words[2:3]) == _FOR:
            said = [part for word in words[3:] for part in substituted(word, variables).split()]
            known = len(said) <= _MOST and _PUT_IN.isdisjoint("".join(said))
            self.around.append((words[1], said if known else []))
            return True
        return False

    def rounds(self, words: list[str]) -> list[list[str]]:
        """Return a command as each round of the outermost loop that it speaks of runs it; as it is outside of those."""
        for name, said in self.around if any("$" in word for word in words) else ():
            found = [[substituted(word, {name: value}) for word in words] for value in said]
            if found and found[0] != words and len(found) <= self.left:
                self.left -= len(found)
                return found
        return [words]

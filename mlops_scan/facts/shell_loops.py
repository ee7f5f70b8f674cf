"""Loops of shell text: over words that are written down (``for step in prepare train``), and those that never end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.shell_words import substituted

if TYPE_CHECKING:
    from mlops_scan.facts.kinds import Command

_FOR = ("for", "in")
_AROUND = frozenset({"while", "until", "select"})
_LEADING = frozenset({"do", "then", "else"})
_DONE = "done"
# more words are data, and what the shell itself puts in is known to its run alone
_MOST = 20
_PUT_IN = frozenset("$*?`[{")
_MOST_ROUNDS = 400  # of all loops of a text
# what such a loop asks comes to the same each time
_ALWAYS = (["true"], [":"], ["[", "1", "]"], ["((1))"])
_WAIT, _LEAVING = "sleep", frozenset({"break", "exit", "return"})
# what waits less than this many seconds waits for something to be done, and comes back to it
_SHORTEST = 60
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Endless:
    """A loop that never ends: how long it waits between its rounds, as written, and what it runs."""

    def __init__(self) -> None:
        """Begin with nothing run."""
        self.wait = ""
        self.left = False
        self.commands: list[Command] = []


class Loops:
    """The loops that a command stands in: the variable of each, and its words; none where these are not known."""

    def __init__(self) -> None:
        """Begin outside of any loop."""
        self.around: list[tuple[str, list[str]]] = []
        self.endless: list[Endless | None] = []
        self.ended: list[Endless] = []
        self.left = _MOST_ROUNDS

    def follow(self, words: list[str], variables: dict[str, str]) -> bool:
        """Enter or leave a loop, and tell whether these words do nothing else."""
        words = words[1:] if words[0] in _LEADING else words
        if words[:1] == [_DONE] and self.around:
            self.around.pop()
            loop = self.endless.pop()
            self.ended.extend([loop] if loop and loop.wait and not loop.left else [])
        elif words and words[0] in _AROUND:
            self.around.append(("", []))
            self.endless.append(Endless() if words[1:] in _ALWAYS or words[1:2] == [_WAIT] else None)
        elif (*words[:1], *words[2:3]) == _FOR:
            said = [part for word in words[3:] for part in substituted(word, variables).split()]
            known = len(said) <= _MOST and _PUT_IN.isdisjoint("".join(said))
            self.around.append((words[1], said if known else []))
            self.endless.append(None)
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

    def note(self, command: Command) -> None:
        """Note a command of the endless loop that it stands in."""
        loop = next((loop for loop in reversed(self.endless) if loop), None) if self.endless else None
        if loop is None:
            return
        program, _, behind = command.run.partition(" ")
        if program == _WAIT:
            loop.wait = loop.wait or (behind if _is_long(behind) else "")
        elif command.run.split(" ") not in _ALWAYS and len(loop.commands) < _MOST:
            loop.left = loop.left or program in _LEAVING
            loop.commands.append(command)

    def taken(self) -> list[Endless]:
        """Return the endless loops that have been left since this was asked last."""
        found, self.ended = self.ended, []
        return found


def _is_long(wait: str) -> bool:
    """Tell whether a wait takes a minute at least, or as long as only its run knows."""
    number, unit = (wait[:-1], _UNITS[wait[-1]]) if wait[-1:] in _UNITS else (wait, 1)
    return float(number) * unit >= _SHORTEST if number.isdecimal() else wait.startswith("$")

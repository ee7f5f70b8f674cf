"""Texts that code takes from environment variables, ``script_name=settings.train_script``, and commands of Azure too.

Source: https://learn.microsoft.com/en-us/azure/devops/pipelines/process/variables#understand-variable-syntax
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.kinds import Call, Command, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.evidence import FileFacts

READING = frozenset({"os.environ.get", "os.environ.__getitem__", "os.getenv"})
_NAME = ("0", "key")
_DEFAULT = ("1", "default")
_OWN = ".self."  # what a method gives to an attribute, a property of that name may hand over
_ASKED = re.compile(r"\$\(([^()$]+)\)|\$\{\{variables\.([^{}$]+)\}\}")
_LONGEST = 300  # no name of a program, and no path, is longer
_FORMATS = (".yml", ".yaml")


class Variables(NamedTuple):
    """What variables hold: ``given`` by files to what they start, ``read`` by objects (file and name) in code.

    ``called`` are the last parts of those objects' names.
    """

    given: dict[str, frozenset[str]]
    read: dict[tuple[str, str], tuple[str, str]]
    called: frozenset[str]

    def text(self, path: str, name: str) -> str:
        """Return what an object reads: the one text that files give its variable, else its default, else nothing."""
        variable, default = self.read.get((path, name), ("", ""))
        given = self.given.get(variable, frozenset())
        return next(iter(given)) if len(given) == 1 else "" if given else default

    def filled(self, path: str, word: str) -> str:
        """Return a word of a command with the variables filled in to which files give one text."""
        return _ASKED.sub(self._filled, word) if path.endswith(_FORMATS) else word

    def _filled(self, asked: re.Match[str]) -> str:
        given = self.given.get(asked[1] or asked[2], frozenset())
        text = next(iter(given)) if len(given) == 1 else asked[0]
        return text if len(text) <= _LONGEST else asked[0]


def variables(files: Iterable[FileFacts]) -> Variables:
    """Return the environment variables of a repository, without those that nothing reads."""
    files = tuple(files)
    read = {place: asked for file in files for place, asked in _read(file)}
    wanted = {variable for variable, _ in read.values()}
    for file in files:
        for command in file.of(Command) if file.path.endswith(_FORMATS) else ():
            wanted.update(one or other for one, other in _ASKED.findall(command.run))
    given: dict[str, set[str]] = defaultdict(set)
    for file in files if wanted else ():
        for fact in file.of(Variable):
            if fact.name in wanted:
                given[fact.name].add(fact.value)
    return Variables(
        {name: frozenset(texts) for name, texts in given.items()},
        read,
        frozenset(name.rpartition(".")[2] for _, name in read),
    )


def _read(file: FileFacts) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield the objects of a file that hold a variable, with its name and default."""
    for call in file.of(Call):
        if call.name in READING:
            for owner in call.owners:
                held = _first(call, _NAME), _first(call, _DEFAULT)
                yield (file.path, owner), held
                yield (file.path, owner.replace(_OWN, ".")), held


def _first(call: Call, keys: tuple[str, ...]) -> str:
    return next((call.arguments[key] for key in keys if key in call.arguments), "")

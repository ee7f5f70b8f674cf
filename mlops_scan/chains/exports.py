"""Names that a module of the repository has from another: what a package's ``__init__`` passes on, and ``import *``.

What is asked of an object of another module, or of what its function gives back, is asked of the class of that.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.members import CODE
from mlops_scan.facts.kinds import Definition, Import
from mlops_scan.modules import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mlops_scan.evidence import FileFacts
    from mlops_scan.modules import Modules

_MAKES = ".__init__"
_ALL = "*"


class Exports(NamedTuple):
    """By file: the dotted names behind those that it imports, and the modules of which it takes every name.

    ``bases`` are those of its classes, ``made`` what made its objects, and the classes of what its functions give back.
    """

    names: dict[str, dict[str, str]]
    every: dict[str, tuple[str, ...]]
    bases: dict[str, dict[str, tuple[str, ...]]]
    made: dict[str, dict[str, str]]

    def behind(self, path: str, name: str) -> Iterator[str]:
        """Yield the dotted names that a name of a file may stand for elsewhere."""
        first, dot, rest = name.partition(".")
        found = self.names.get(path, {}).get(first)
        known, asked = standing(self.made.get(path, {}), name)
        if found is not None:
            yield f"{found}{dot}{rest}"
        elif rest and first in self.bases.get(path, ()) and asked == rest:
            yield from (f"{base}.{rest}" for base in self.bases[path][first])
        elif known:
            yield f"{known}.{asked}"
        else:
            yield from (f"{module}.{name}" for module in self.every.get(path, ()))

    def leads_on(self, path: str, name: str, unit: str) -> bool:
        """Tell whether a name that only leads to a unit of a file may be of something else."""
        hangs = name != unit and unit in self.made.get(path, ()) and name.startswith(f"{unit}.")
        return hangs or self.inherits(path, name, unit)

    def inherits(self, path: str, name: str, unit: str) -> bool:
        """Tell whether a class of a file may have from another what hangs on it; see `inherits`."""
        return inherits(name, unit, self.bases.get(path, {}))

    def beside(self, path: str, name: str) -> Iterator[str]:
        """Yield the same name of the other modules of which a file takes every name: the last one need not have it."""
        modules = self.every.get(path, ())
        for module in modules if modules[1:] else ():
            if name.startswith(f"{module}."):
                rest = name.removeprefix(f"{module}.")
                yield from (f"{other}.{rest}" for other in reversed(modules) if other != module)


def inherits(name: str, unit: str, bases: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether a class may have from another what hangs on it, where the name only leads to the class."""
    owner = unit.removesuffix(_MAKES)
    return name.rpartition(".")[0] == owner and owner in bases


def bases_of(file: FileFacts) -> dict[str, tuple[str, ...]]:
    """Return the classes of a module that have bases, with these."""
    definitions = file.of(Definition) if file.path.endswith(CODE) else ()
    return {made.name: made.bases for made in definitions if made.bases}


def exports(files: Iterable[FileFacts], modules: Modules) -> Exports:
    """Return what the modules of a repository have from each other."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    every: dict[str, list[str]] = defaultdict(list)
    bases: dict[str, dict[str, tuple[str, ...]]] = {}
    for file in files:
        if inherited := file.once(bases_of):
            bases[file.path] = inherited
        for fact in file.of(Import) if file.path.endswith(CODE) else ():
            if fact.alias == _ALL:
                every[file.path].append(fact.name)
            elif not fact.unit and "." in fact.name:
                names[file.path][fact.alias or fact.name.rpartition(".")[2]] = fact.name
    taken = {path: tuple(dict.fromkeys(found)) for path, found in every.items()}
    return Exports(dict(names), taken, bases, modules.held)

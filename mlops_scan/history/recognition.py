"""Evidence of one state of a repository after the other: a file that did not change is not recognised again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import evidence, own_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.catalogue import Catalogue
    from mlops_scan.evidence import Evidence, FileFacts
    from mlops_scan.matching import Index
    from mlops_scan.modules import Modules

# the state asked for, the ones around it in time, and what lies between them
_STATES = 4


class _Known(NamedTuple):
    """What was found in a file, and on what that depends: whose names the repository owns."""

    file: FileFacts
    names: frozenset[str]
    owned: tuple[frozenset[object], ...]
    found: frozenset[Evidence]


def recogniser(catalogue: Catalogue) -> Callable[[tuple[FileFacts, ...], Modules], tuple[Evidence, ...]]:
    """Return what does the same as `evidence.recognise`, and remembers what it found in the files of the last states.

    A file is told by its identity: the same is to be handed in as the same object.
    """
    indices: dict[frozenset[str], Index] = {}
    known: dict[int, _Known] = {}

    def recognise(files: tuple[FileFacts, ...], modules: Modules) -> tuple[Evidence, ...]:
        own = own_names.own_names(files)
        if own not in indices:
            indices[own] = evidence.asked(catalogue, own)
        now = {}
        for file in files:
            before = known.get(id(file))
            brought = modules.sourced.get(file.path, frozenset())
            stated = before.names if before else evidence.asked_names(file)
            names = stated.union(brought, (name.partition(".")[0] for name in brought))
            inner = frozenset(name for name in names if evidence.is_own(name, file.path, modules))
            elsewhere = frozenset(name for name in names if evidence.asks_elsewhere(name, file.path, modules))
            held = elsewhere.union(name for name in names if "." not in name and modules.holds(name))
            asked = (name for name in names if "." in name and (name in inner or modules.holds(name)))
            behind = frozenset((name, evidence.behind(name, file.path, modules)) for name in asked)
            owned = (own, inner, held, modules.bare, behind, brought)
            if before is None or before.owned != owned:
                found = (*evidence.in_file(indices[own], file, modules), *evidence.declared(catalogue, (file,), own))
                before = _Known(file, stated, owned, frozenset(found))
            now[id(file)] = before
        if len(known) > _STATES * len(now):
            known.clear()
        known.update(now)
        return evidence.settled(
            frozenset[evidence.Evidence]().union(*(each.found for each in now.values())), indices[own]
        )

    return recognise

"""Signature x fact -> evidence: which detectors recognise which facts."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from mlops_scan import matching
from mlops_scan.facts import kinds
from mlops_scan.facts.rehearsals import rehearses
from mlops_scan.own_names import names_of, own_names
from mlops_scan.signatures import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mlops_scan.catalogue import Catalogue, Entry
    from mlops_scan.modules import Modules
    from mlops_scan.spec import Detector, Tool

_Fact = TypeVar("_Fact", bound=kinds.Fact)
_T = TypeVar("_T")
_GATES = frozenset({"tests", "lints"})
_REPORTS = "lints"
# a class and its member
_MEMBER = 2
_READ = frozenset({"product", "test"})
_BROUGHT = "vendored"
_DOTTED = (kinds.Import, kinds.Call, kinds.Decorator)


class FileFacts(msgspec.Struct, frozen=True, dict=True):
    """One file with its role and the facts read from it."""

    path: str
    role: str
    facts: tuple[kinds.Fact, ...]

    @functools.cached_property
    def _by_kind(self) -> dict[type[kinds.Fact], list[Any]]:
        found: dict[type[kinds.Fact], list[Any]] = {}
        for fact in self.facts:
            found.setdefault(type(fact), []).append(fact)
        return found

    def of(self, kind: type[_Fact]) -> Sequence[_Fact]:
        """Return the facts of one kind, in order."""
        return self._by_kind.get(kind, ())

    @functools.cached_property
    def _worked_out(self) -> dict[Callable[[FileFacts], Any], Any]:
        return {}

    def once(self, work: Callable[[FileFacts], _T]) -> _T:
        """Return what some work makes of the file, which is done once however many states of a history hold it."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        found: _T = self._worked_out[work]
        return found


class Evidence(msgspec.Struct, frozen=True):
    """A fact recognised by a detector.

    ``strength`` is strong or weak; ``what`` is the fact in a few words; ``unit`` runs it; ``references`` are
    names handed over to it, ``owners`` the objects that it makes or is asked of. ``origin`` is the catalogue:
    built-in, installed or local.
    """

    detector: str
    path: str
    line: int
    strength: str
    summary: str
    what: str = ""
    unit: str = ""
    proves: tuple[str, ...] = ()
    act: str = ""
    trigger: str = ""
    references: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    origin: str = "built-in"


def importable(files: Iterable[FileFacts]) -> tuple[str, ...]:
    """Return the paths of files that names can mean: a tool that is brought along in the tree is still the tool."""
    return tuple(file.path for file in files if file.role != _BROUGHT)


def bare_packages(files: Iterable[FileFacts]) -> frozenset[str]:
    """Return the ``__init__.py`` that are read and state nothing, or in a docstring alone what they are."""
    read = (file for file in files if file.path.endswith("/__init__.py") and file.role in _READ)
    return frozenset(file.path for file in read if all(_is_module(fact) for fact in file.facts))


def _is_module(fact: kinds.Fact) -> bool:
    return isinstance(fact, kinds.Definition) and fact.kind == "module"


def recognise(catalogue: Catalogue, files: Iterable[FileFacts], modules: Modules) -> tuple[Evidence, ...]:
    """Return the evidence in a repository, in order of path and line, each fact once a detector."""
    files = tuple(files)
    own = own_names(files)
    index = asked(catalogue, own)
    found = {evidence for file in files for evidence in in_file(index, file, modules)}
    found.update(declared(catalogue, files, own))
    return settled(found, index)


def asked(catalogue: Catalogue, own: frozenset[str]) -> matching.Index:
    """Return the signatures to ask of a repository that publishes itself under some names."""
    return matching.Index(tuple(entry for entry in catalogue.entries() if not own & names_of(entry.tool)))


def settled(found: Iterable[Evidence], index: matching.Index) -> tuple[Evidence, ...]:
    """Return evidence in order, weak where it needs other evidence that is not there."""
    return tuple(_enough(sorted(found, key=_place), index.entries))


def _place(evidence: Evidence) -> tuple[str, int, str, str]:
    return evidence.path, evidence.line, evidence.detector, evidence.what


def in_file(index: matching.Index, file: FileFacts, modules: Modules) -> Iterator[Evidence]:
    """Yield the evidence in one file; names that a module of the repository shadows are not the tool's."""
    first_party = functools.cache(lambda name: modules.is_first_party(name, file.path))
    brought = modules.sourced.get(file.path, frozenset())
    imports = brought.union(fact.name for fact in file.of(kinds.Import))
    foreign = frozenset(name for name in imports if not first_party(name))
    inside = len(foreign) < len(imports) or any(modules.holds(name) for name in foreign)
    asserts = bool(file.of(kinds.Assertion)) or any(test.asserts for test in file.of(kinds.Test))
    defines = frozenset(fact.name for fact in file.of(kinds.Definition))
    scope = Scope(file.path, file.role, foreign, asserts, inside, defines, file.of(kinds.Call))
    nothing = kinds.Fact(line=0)
    of_fact = index.of_facts(scope)
    for asked in index.of_file(scope):
        yield _evidence(asked, nothing, scope)
    for fact in file.facts:
        if isinstance(fact, _DOTTED):
            own = first_party(fact.name) or _is_of_own_class(fact.name, file.path, modules)
            known = _known_name(fact.name, file, modules) if own else fact.name
            tool = behind(fact.name, file.path, modules) if own or modules.holds(fact.name) else ""
            if tool and any(True for _ in of_fact(msgspec.structs.replace(fact, name=tool))):
                known = tool
            if not known:
                continue
            if known != fact.name:
                fact = msgspec.structs.replace(fact, name=known)  # noqa: PLW2901
        dry = isinstance(fact, kinds.Command) and rehearses(fact.run)
        for asked in of_fact(fact):
            if not dry or asked.entry.detector.act in _GATES:  # a linter's dry run is how it is asked to judge
                yield _evidence(asked, fact, scope)


def _known_name(name: str, file: FileFacts, modules: Modules) -> str:
    """Return what can be known of a name that begins with the repository's own, empty where nothing can.

    In a test, ``app.test_client()`` is asked of the product's object. What hangs on a member of a class of the product,
    ``Factory.best.model.fit``, or on an object of another module is asked of something whose class nobody knows.
    """
    last = name.rpartition(".")[2]
    if file.role == "test":
        return f"product.{last}"
    return f".{last}" if asks_elsewhere(name, file.path, modules) else ""


def behind(name: str, path: str, modules: Modules) -> str:
    """Return what a name of the repository asks of a tool, where it hangs on an object of another module."""
    return modules.behind(name, path) if modules.held and name.count(".") > 1 else ""


@functools.lru_cache(maxsize=16_384)
def _hangs(name: str) -> bool:
    """Tell whether a name goes on behind a member of a class."""
    parts = name.split(".")
    owner = next((place for place, part in enumerate(parts) if part[:1].isupper()), len(parts))
    return len(parts) - owner > _MEMBER


def _is_of_own_class(name: str, path: str, modules: Modules) -> bool:
    """Tell whether a name hangs on a member of a class of the repository, in whatever folder that lies."""
    return _hangs(name) and is_own(name, path, modules)


def is_own(name: str, path: str, modules: Modules) -> bool:
    """Tell whether a name is the repository's own, as `in_file` asks: by its first part, or whole where it hangs."""
    return modules.resolve(name, path) is not None if _hangs(name) else modules.is_first_party(name, path)


def asks_elsewhere(name: str, path: str, modules: Modules) -> bool:
    """Tell whether a call asks something of an object whose class is not known here.

    It hangs on a member of a class, of whatever module, or is an object that another module makes.
    """
    found = modules.resolve(name, path) if name.count(".") > 1 else None
    if found is None:
        return False
    thing, dot, asked = found[1].partition(".") if found[0] != path else ("", "", "")
    return _hangs(found[1]) or (bool(dot) and "." not in asked and thing[:1].islower())


def asked_names(file: FileFacts) -> frozenset[str]:
    """Return what `in_file` asks of names: whose their first parts are, and of those with more whose they are whole."""
    names = {fact.name for fact in file.facts if isinstance(fact, _DOTTED)}
    return frozenset({name.partition(".")[0] for name in names} | {name for name in names if "." in name})


def _evidence(asked: matching.Asked, fact: kinds.Fact, scope: Scope) -> Evidence:
    detector = asked.entry.detector
    return Evidence(
        detector=asked.entry.id,
        path=scope.path,
        line=matching.line_of(asked.signature, fact),
        strength="weak" if _decides_nothing(fact, detector) else detector.strength,
        summary=detector.summary,
        what=matching.words(fact),
        unit=fact.name if isinstance(fact, kinds.Definition) else getattr(fact, "unit", ""),
        proves=detector.proves or (),
        act="" if _passed_over(fact, detector) else detector.act or "",
        trigger=detector.trigger or "",
        references=tuple(getattr(fact, "references", {}).values()),
        owners=getattr(fact, "owners", ()),
        origin=asked.entry.catalogue,
    )


def _decides_nothing(fact: kinds.Fact, detector: Detector) -> bool:
    """Tell whether it makes no difference how a fact turns out: its failure is passed over, its outcome only kept.

    A linter that fails nothing still tells what it finds: it is run, though no chain ends in it as in a check.
    """
    return bool(getattr(fact, "kept", ())) or (_passed_over(fact, detector) and detector.act != _REPORTS)


def _passed_over(fact: kinds.Fact, detector: Detector) -> bool:
    return detector.act in _GATES and getattr(fact, "tolerated", False)


def declared(catalogue: Catalogue, files: Iterable[FileFacts], own: frozenset[str]) -> Iterator[Evidence]:
    """Yield weak evidence for what the tools behind the declared dependencies could prove."""
    files = [file for file in files if file.role == "product" and file.of(kinds.Dependency)]
    if not files:
        return
    by_package: dict[str, list[tuple[Tool, str]]] = defaultdict(list)
    for tool, origin in catalogue.tools:
        if not own & names_of(tool):
            for package in tool.packages:
                by_package[package].append((tool, origin))
    for file in files:
        for fact in file.of(kinds.Dependency):
            if not fact.lock:
                yield from (_dependency(tool, origin, file, fact) for tool, origin in by_package.get(fact.name, ()))


def _dependency(tool: Tool, origin: str, file: FileFacts, fact: kinds.Dependency) -> Evidence:
    return Evidence(
        detector=f"{tool.id}.declared",
        path=file.path,
        line=fact.line,
        strength="weak",
        summary=f"{tool.name} {'are' if ' and ' in tool.name else 'is'} declared as a dependency.",
        what=f"{fact.name}{fact.version}",
        proves=tuple(sorted({name for detector in tool.detector for name in _at_hand(detector)})),
        origin=origin,
    )


def _at_hand(detector: Detector) -> tuple[str, ...]:
    """Return what a declared package brings to hand: what product code would prove; tests are still to be written."""
    return detector.proves or () if "test" not in detector.roles else ()


def _enough(found: Iterable[Evidence], entries: tuple[Entry, ...]) -> Iterator[Evidence]:
    """Weaken evidence that needs other evidence, or more of its own, which the repository does not have."""
    found = tuple(found)
    times = Counter(evidence.detector for evidence in found)
    needs = {entry.id: entry.detector for entry in entries if entry.detector.alongside or entry.detector.at_least}
    for evidence in found:
        asked = needs.get(evidence.detector)
        weak = asked is not None and not _is_enough(asked, times[evidence.detector], times)
        yield msgspec.structs.replace(evidence, strength="weak") if weak else evidence


def _is_enough(asked: Detector, own: int, times: Counter[str]) -> bool:
    return own >= (asked.at_least or 1) and (asked.alongside is None or not times.keys().isdisjoint(asked.alongside))

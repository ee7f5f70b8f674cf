"""Outcomes of comparisons that are kept in one place and asked in another, by the names that they are kept under."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains import Step
from mlops_scan.facts.kinds import Condition, Definition
from mlops_scan.proofs import handed

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Graph
    from mlops_scan.evidence import FileFacts
    from mlops_scan.model import Proof

_SELF = frozenset({"self", "cls"})
_WORD = "="  # before the word that a verdict is put in


class Kept(NamedTuple):
    """Where a unit keeps the outcome of a comparison under a name, and whether all that its file keeps there counts."""

    path: str
    line: int
    counts: bool
    unit: str = ""
    name: str = ""

    @property
    def chain(self) -> tuple[Step, ...]:
        """The step that keeps it."""
        return (Step(self.path, self.line, f"keeps {self.name}"),)


class Verdicts(NamedTuple):
    """What files keep, by name and path; ``callers`` are the files that start something of a file.

    ``handed`` are the calls (path, line, name) that are handed the answer of a function, with that function.
    ``starters`` remembers which files come to a file, and ``runs`` what a run of such a file keeps under a name: what
    counts, or None where it keeps something else too.
    """

    kept: dict[str, dict[str, Kept]]
    handed: dict[tuple[str, int, str], str]
    callers: dict[str, frozenset[str]]
    starters: dict[str, frozenset[str]]
    runs: dict[str, dict[str, Kept | None]]

    def asked(self, path: str, condition: Condition) -> Kept | None:
        """Return where the outcome that a condition asks for was made; nothing where that cannot be told.

        A name means what its own file keeps under it, else what is kept by the files that one run comes to as well.
        """
        for name in (*condition.operands, *condition.worded):
            found = self._meant(path, name) if name in self.kept else None
            if found and found.counts:
                return found._replace(name=name)
        return None

    def given(self, path: str, line: int, call: str) -> tuple[Step, ...]:
        """Return where the outcome was made that a call is handed; nothing where that cannot be told."""
        function = self.handed.get((path, line, call), "")
        found = sorted(self.kept[function].values()) if function else []
        sure = bool(found) and all(kept.counts for kept in found)
        return found[0]._replace(name=function).chain if sure else ()

    def _meant(self, path: str, name: str) -> Kept | None:
        own = self.kept[name].get(path)
        if own:
            return own
        runs = self._runs(name)
        found = [runs[starter] for starter in sorted(self._come_to(path)) if starter in runs]
        return found[0] if found and all(found) else None

    def _runs(self, name: str) -> dict[str, Kept | None]:
        if name not in self.runs:
            runs = self.runs[name] = {}
            for kept in sorted(self.kept[name].values(), key=lambda kept: kept.counts):
                for starter in self._come_to(kept.path):
                    runs.setdefault(starter, kept if kept.counts else None)
        return self.runs[name]

    def _come_to(self, path: str) -> frozenset[str]:
        """Return the files that start a file, directly or not, and the file."""
        if path not in self.starters:
            seen, waiting = {path}, [path]
            while waiting:
                new = self.callers.get(waiting.pop(), frozenset()) - seen
                seen |= new
                waiting.extend(new)
            self.starters[path] = frozenset(seen)
        return self.starters[path]


def verdicts(proof: Proof, known: Known) -> Verdicts:
    """Return what the product keeps of comparisons; those count that do one of ``proof.must``."""
    told = {(e.path, e.line) for e in known.evidence if e.act in proof.must and e.strength == "weak"}
    product = tuple(file for file in known.files if file.role == "product") if told else ()
    kept: dict[str, dict[str, Kept]] = defaultdict(dict)
    answers: set[str] = set()
    renamed: list[tuple[str, str]] = []
    for file in product:
        found = _by_unit(file, told)
        for (name, unit), one in found.items():
            _keep(kept, name, (one,))
            function = name.partition(_WORD)[0]
            answers.update((function,) if one.counts and function == _last(unit) else ())
        renamed.extend(
            (name, of) for fact in file.of(Condition) if fact.worded for name in fact.kept for of in fact.worded
        )
    calls = tuple(handed.answers(product, answers) if answers else ())
    _hand_on(kept, ((one.under, one.function) for one in calls))
    _hand_on(kept, _parameters(tuple(kept), product))
    _hand_on(kept, renamed)
    given = {(one.path, one.call.line, one.call.name): one.function for one in calls}
    return Verdicts(kept, given, _callers(known.graph) if kept else {}, {}, {})


def _by_unit(file: FileFacts, told: Container[tuple[str, int]]) -> dict[tuple[str, str], Kept]:
    """Return what each unit keeps under names; of a verdict that hangs on several things, one that counts suffices."""
    found: dict[tuple[str, str], Kept] = {}
    for fact in file.of(Condition):
        if fact.worded:
            continue  # what another name keeps
        one = Kept(file.path, fact.line, (file.path, fact.line) in told, fact.unit)
        for name in fact.kept:
            before = found.get((name, fact.unit))
            if before is None or one.counts > before.counts:
                found[name, fact.unit] = one
    return found


def _keep(kept: dict[str, dict[str, Kept]], name: str, found: Iterable[Kept]) -> None:
    """Take note of what is kept under a name; a file that keeps more than one thing there keeps all of it."""
    for one in found:
        before = kept[name].get(one.path, one)
        kept[name][one.path] = before._replace(counts=before.counts and one.counts)


def _hand_on(kept: dict[str, dict[str, Kept]], pairs: Iterable[tuple[str, str]]) -> None:
    """Let names keep what others do, also each of their words."""
    ends: dict[str, list[str]] = defaultdict(list)
    for name in kept:
        ends[name.partition(_WORD)[0]].append(name)
    for to, of in dict.fromkeys(pairs):
        for name in ends.get(of, ()):
            _keep(kept, to + name.removeprefix(of), tuple(kept[name].values()))


def _last(unit: str) -> str:
    return unit.rpartition(".")[2]


def _parameters(kept: Iterable[str], files: Iterable[FileFacts]) -> Iterator[tuple[str, str]]:
    """Yield the parameters of the repository's functions, each with the position under which calls keep it."""
    positions: dict[str, list[int]] = defaultdict(list)
    for name in dict.fromkeys(name.partition(_WORD)[0] for name in kept):
        function, _, position = name.partition(":")
        if position.isdigit():
            positions[function].append(int(position))
    found: dict[tuple[str, str], None] = {}
    for file in files if positions else ():
        for fact in file.of(Definition):
            function = fact.name.removesuffix(".__init__").rpartition(".")[2]
            own = fact.parameters[1:] if fact.parameters[:1] and fact.parameters[0] in _SELF else fact.parameters
            found.update({(own[at], f"{function}:{at}"): None for at in positions.get(function, ()) if at < len(own)})
    yield from found


def _callers(graph: Graph) -> dict[str, frozenset[str]]:
    """Return which files start something of each file."""
    found: dict[str, set[str]] = defaultdict(set)
    for source, edges in graph.edges.items():
        for edge in edges:
            if edge.target.path != source.path:
                found[edge.target.path].add(source.path)
    return {path: frozenset(callers) for path, callers in found.items()}

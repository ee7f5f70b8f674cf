"""Assessments of one state of a repository after the other: what did not change is not judged again."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan import chains, chart_values, contents, evidence, maturity, model, modules, proofs, scan
from mlops_scan.assessment import Origin
from mlops_scan.held import held
from mlops_scan.history.readings import Key, key
from mlops_scan.history.recognition import recogniser
from mlops_scan.import_paths import added
from mlops_scan.sources import File, roles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from mlops_scan.assessment import Assessment, Known
    from mlops_scan.catalogue import Catalogue
    from mlops_scan.evidence import FileFacts
    from mlops_scan.facts.kinds import Fact
    from mlops_scan.history.readings import Readings
    from mlops_scan.history.trees import Tree, Trees
    from mlops_scan.modules import Modules
    from mlops_scan.sources import Source

# the states around the one that is asked for
_STATES = 3
_LINE = re.compile(rb'(?<!\\)"(line|end)":(\d+)')
# a file is told by path and content, and in a state by its role besides
Shape = tuple[tuple[str, str, int], ...]


class Stated(NamedTuple):
    """A file with what it states, and a digest of that which tells lines by their order only."""

    file: FileFacts
    digest: int


class Judged(NamedTuple):
    """What was judged of a state: ``shape`` is what the state is but for line numbers, ``files`` what it is."""

    shape: Shape
    files: tuple[FileFacts, ...]
    known: Known
    assessment: Assessment


class Judge:
    """Judges states of a repository that are like each other."""

    def __init__(self, catalogue: Catalogue, readings: Readings, options: scan.Options) -> None:
        """Begin with nothing judged."""
        self.catalogue, self.readings, self.options = catalogue, readings, options
        self.recognise = recogniser(catalogue)
        self.stated: dict[tuple[Key, str], Stated] = {}
        self.judged: list[Judged] = []
        self.index = functools.lru_cache(maxsize=_STATES)(modules.index)
        self.opens = functools.cache(lambda path, role: contents.opens(File(path, "", 0, role)))
        self.roles = functools.lru_cache(maxsize=_STATES)(roles.assign)
        ladder = model.load()
        self.of_history = frozenset(one.id for one in ladder.capability if any(map(proofs.asks_history, one.proof)))

    def assess(
        self, source: Source, past: Callable[[], Mapping[str, frozenset[str]] | None], *, exactly: bool
    ) -> Assessment:
        """Return the assessment of a commit: with the true lines if ``exactly``, else with those of a state like it."""
        found = tuple(self._stated(source))
        shape = tuple((one.file.path, one.file.role, one.digest) for one in found)
        files = tuple(one.file for one in found)
        like = next((one for one in self.judged if one.shape == shape and (not exactly or one.files == files)), None)
        judged = self._again(like, past()) if like else self._anew(shape, files, past())
        self.judged = [judged, *(one for one in self.judged if one is not like)][:_STATES]
        return judged.assessment

    def _stated(self, source: Source) -> Iterator[Stated]:
        """Yield every file with what it states, in the order of `contents.read`."""
        role = self.roles(tuple(file.path for file in source.files))
        placed = [msgspec.structs.replace(file, role=role[file.path]) for file in source.files]
        wanted = [file for file in placed if self.opens(file.path, file.role)]
        names = {file.path for file in wanted}
        yield from (self._of(file, ()) for file in placed if file.path not in names)
        read = [(file, self.readings.of(file)) for file in wanted]
        yield from (self._of(file, reading.facts) for file, reading in read if reading is not None)
        yield from (self._of(file, ()) for file, reading in read if reading is None)

    def _of(self, file: File, facts: tuple[Fact, ...]) -> Stated:
        asked = key(file), file.role
        if asked not in self.stated:
            self.stated[asked] = Stated(contents.stating(file, facts), digest(facts))
        return self.stated[asked]

    def opened(self, trees: Trees, numbers: Iterable[int]) -> Iterator[File]:
        """Yield the files that will be read at some commits, in that order."""
        tree: Tree = {}
        before = -1
        for number in numbers:
            tree, before, old = trees.after(tree, before, number), number, tree
            source = trees.source(tree, number)
            role = self.roles(tuple(file.path for file in source.files))
            new = frozenset(tree.values()).difference(old.values())
            placed = (msgspec.structs.replace(file, role=role[file.path]) for file in source.files if file in new)
            yield from (file for file in placed if self.opens(file.path, file.role))

    def keep(self, files: Collection[Key]) -> None:
        """Let go of all but some files."""
        self.stated = {asked: one for asked, one in self.stated.items() if asked[0] in files}

    def _anew(
        self, shape: Shape, stated: tuple[FileFacts, ...], history: Mapping[str, frozenset[str]] | None
    ) -> Judged:
        files = chart_values.as_released(stated)
        index: Modules = self.index(evidence.importable(files), evidence.bare_packages(files))
        index = index._replace(held=held(files), added=added(files, index.places))
        found = self.recognise(files, index)
        graph = chains.build(files, found, index)
        found = chains.weakened(graph, found)
        known = scan.known_of(self.catalogue, files, found, graph, history, self.options.claims)
        return Judged(shape, stated, known, maturity.assess(known, _NOWHERE))

    def _again(self, like: Judged, history: Mapping[str, frozenset[str]] | None) -> Judged:
        """Judge what depends on who changed what: everything else is as it was."""
        if history == like.known.history:
            return like
        known = like.known._replace(history=history)
        answered = {one.id: one for one in like.assessment.capabilities if one.id not in self.of_history}
        return like._replace(known=known, assessment=maturity.assess(known, _NOWHERE, answered=answered))


_NOWHERE = Origin("", None, "")


def digest(facts: tuple[Fact, ...]) -> int:
    """Return a number for facts that is the same where only lines differ, and in nothing but their distances."""
    try:
        data = msgspec.json.encode(facts)
    except UnicodeEncodeError:  # half a character
        return hash(repr(facts))
    lines = sorted({int(line) for _, line in _LINE.findall(data)} | {0})
    order = {b"%d" % line: b"%d" % number for number, line in enumerate(lines)}
    return hash(_LINE.sub(lambda found: b'"' + found[1] + b'":' + order[found[2]], data))

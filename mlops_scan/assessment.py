"""The values that judging makes and reports render."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan import claims, snippets
from mlops_scan.claims import Attestation
from mlops_scan.diagnostics import Diagnostic
from mlops_scan.ladder import Ladder
from mlops_scan.model import default_ladder
from mlops_scan.steps import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlops_scan.chains import Graph
    from mlops_scan.evidence import Evidence, FileFacts
    from mlops_scan.sources import Source
    from mlops_scan.spec import Tool


class Proven(msgspec.Struct, frozen=True):
    """Evidence as an assessment shows it: where, how strong, and the chain that leads there, if any.

    ``catalogue`` is built-in, installed or local: whose detectors it rests on. ``disputed`` says why the team holds it
    to be wrong; what is disputed proves nothing.
    """

    detector: str
    path: str
    line: int
    strength: str
    summary: str
    chain: tuple[Step, ...] = ()
    catalogue: str = "built-in"
    disputed: str = ""


def shown(found: Evidence) -> Proven:
    """Return evidence as an assessment shows it, without a chain."""
    return Proven(found.detector, found.path, found.line, found.strength, found.summary)


class UseCase(msgspec.Struct, frozen=True):
    """A problem that the repository trains a model for: the project that does, by folder or name, and where."""

    name: str
    evidence: tuple[Proven, ...]


class Answer(msgspec.Struct, frozen=True):
    """What was found of one capability: status is present, attested, weak or absent.

    ``attestation`` is what the team says of it, also where it is present without.
    """

    id: str
    level: int
    required: bool
    status: str
    evidence: tuple[Proven, ...] = ()
    attestation: Attestation | None = None

    @property
    def holds(self) -> bool:
        """Tell whether the capability counts towards a level."""
        return self.status in {"present", "attested"}


class Team(msgspec.Struct, frozen=True):
    """Counts from the history, without names: ``people`` who took part, and of them those who changed ``both`` sorts.

    ``pipeline_files`` are those on the way of what trains and deploys that somebody is known to have changed;
    ``bus_factor`` is how many people must leave until more than half of them have nobody left.
    """

    people: int
    both: int
    pipeline_files: int
    bus_factor: int


class Gap(msgspec.Struct, frozen=True):
    """An item that the next level still needs: the capabilities of which one would do, and the next step."""

    level: int
    capabilities: tuple[str, ...]
    advice: str


class Next(msgspec.Struct, frozen=True):
    """A step towards a level: the capabilities of which one would do, and what to do in general.

    ``change`` is the smallest one for what this repository uses, ``example`` the files that show it; ``at_hand`` tells
    that something for it is there. ``unlocks`` is the level that this step alone gives, None where it takes more.
    """

    capabilities: tuple[str, ...]
    level: int
    advice: str
    at_hand: bool = False
    unlocks: int | None = None
    change: str = ""
    example: tuple[snippets.File, ...] = ()


class Reached(msgspec.Struct, frozen=True):
    """How far one dimension is by itself: the highest level that asks something of it and is reached, else 0.

    ``asked`` are the levels that ask something of it; the others it neither reaches nor holds back.
    """

    id: str
    level: int
    asked: tuple[int, ...]


class Origin(msgspec.Struct, frozen=True):
    """What was assessed: the path as given, the commit or None, and worktree, index or commit.

    ``remote`` is the repository's page on its forge, empty where none is known; ``folder`` is the scanned folder inside
    the repository, with a slash at its end, or empty; ``files`` counts what was listed, by role (see `sources.File`).
    """

    path: str
    commit: str | None
    kind: str
    remote: str = ""
    folder: str = ""
    files: dict[str, int] = {}


def origin(source: Source, files: dict[str, int]) -> Origin:
    """Return what a source is of; ``files`` counts its files (see `by_role`)."""
    folder = source.place.prefix if source.place else ""
    return Origin(source.root, source.commit, source.kind, _page(source.remote), folder, files)


def _page(remote: str) -> str:
    if not remote:
        return ""
    from mlops_scan import forges

    return forges.web(remote)


def by_role(source: Source) -> dict[str, int]:
    """Count the files of a source that has roles."""
    return dict(sorted(Counter(file.role for file in source.files).items()))


class Assessment(msgspec.Struct, frozen=True):
    """The judged result of one scan; ``level`` is None where the model does not apply.

    ``detected_level`` is the level without what the team attests.
    ``kind`` is ml-system, ml-library or no-ml, told by ``kind_evidence``; ``use_cases`` are those that can be told
    apart, in a system. ``dimensions`` are none where there is no level, or the model has sections.
    ``model`` is the maturity model that it was judged by.
    ``team`` is None without a whole history.
    ``outlook`` are sentences about whether the next level is worth it, ``next_steps`` the gaps, soonest first.
    """

    source: Origin
    kind: str
    level: int | None
    level_name: str
    complete: bool
    capabilities: tuple[Answer, ...]
    gaps: tuple[Gap, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    kind_evidence: tuple[Proven, ...] = ()
    use_cases: tuple[UseCase, ...] = ()
    detected_level: int | None = None
    dimensions: tuple[Reached, ...] = ()
    model: Ladder = msgspec.field(default_factory=default_ladder)
    team: Team | None = None
    outlook: tuple[str, ...] = ()
    next_steps: tuple[Next, ...] = ()

    @property
    def lifted(self) -> bool:
        """Tell whether what the team attests makes the level higher."""
        return None not in {self.level, self.detected_level} and self.level != self.detected_level


class Known(NamedTuple):
    """Everything that judging may look at."""

    files: tuple[FileFacts, ...]
    evidence: tuple[Evidence, ...]
    graph: Graph
    history: Mapping[str, frozenset[str]] | None
    acts: frozenset[str]
    own_tools: tuple[Tool, ...]
    inner_tools: tuple[Tool, ...] = ()
    claims: claims.Claims = claims.NONE
    built_on: tuple[Evidence, ...] = ()

"""What is asked of a repository (``capabilities.toml``) under a maturity model (``models/``) as values.

The folder ``models`` is the registry: ``google.toml`` is the model ``google``. A team's own file has the same shape.
"""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from mlops_scan.ladder import Ladder, Level

Acts = tuple[str, ...]

DEFAULT = "microsoft"
_HERE = Path(__file__).resolve().parent
FOLDER = _HERE / "models"


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to prove a capability; ``form`` names the module of `mlops_scan.proofs` that decides it."""

    form: str
    triggers: tuple[str, ...] = ()
    reaches: tuple[Acts, ...] = ()
    kinds: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    acts: Acts = ()
    must: Acts = ()
    asked: Acts = ()
    measured: Acts = ()
    search: Acts = ()
    first: Acts = ()
    given: Acts = ()
    never: Acts = ()
    rounds: Acts = ()
    words: tuple[str, ...] = ()
    must_say: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    made_up: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    stops: bool = False
    whole: bool = False
    answers: bool = False
    of_system: bool = False
    otherwise: bool = False
    at_least: int = 1


class Capability(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question, why it matters, what proves it, and what to do where it is absent.

    ``dimension`` is the one that it belongs to. ``general`` is what any software needs; with ``pipeline``, its proofs
    lead through what trains and deploys. ``level`` says to which level, or section, of a model it belongs; 0 where it
    belongs to none. What proves one with ``declares`` are files that state dependencies; code of what nothing names
    proves none with ``called``.
    """

    id: str
    dimension: str
    question: str
    next: str
    why: str
    general: bool = False
    pipeline: bool = False
    evidence: bool = True
    declares: bool = False
    called: bool = False
    given: Acts = ()
    beside: Acts = ()
    through: tuple[Acts, ...] = ()
    not_through: Acts = ()
    says: tuple[str, ...] = ()
    within: Acts = ()
    proof: tuple[Proof, ...] = ()
    level: int = 0


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the work that capabilities belong to, whoever does it."""

    id: str
    name: str


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells ML repositories from others, and libraries from systems."""

    ml: Acts
    of_anything: tuple[str, ...]
    of_models: tuple[str, ...]
    built_on: tuple[str, ...]
    publishing: tuple[str, ...]


class Questions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stays true whatever the model."""

    kind: Kind
    dimension: tuple[Dimension, ...]
    capability: tuple[Capability, ...]


class Model(msgspec.Struct, frozen=True):
    """A ladder with what it asks: ``capability`` are those that belong to it, level by level."""

    ladder: Ladder
    kind: Kind
    dimension: tuple[Dimension, ...]
    capability: tuple[Capability, ...]

    @property
    def level(self) -> tuple[Level, ...]:
        """The steps of the ladder."""
        return self.ladder.level

    @property
    def share(self) -> tuple[int, int]:
        """The part of a level's required items, as a fraction, that reaches it."""
        return self.ladder.share

    def required(self, capability: str) -> bool:
        """Tell whether a capability is a required item of its level."""
        return any(capability in item for item in self.ladder.items())


def table(file: Path) -> dict[str, object]:
    """Return what a TOML file says. Raises `OSError`, and `ValueError` for what is not TOML."""
    import tomli  # a report of what is remembered needs no parser

    return tomli.loads(file.read_text(encoding="utf-8"))


@functools.cache
def questions() -> Questions:
    """Return the capabilities that there are."""
    return msgspec.convert(table(_HERE / "capabilities.toml"), Questions)


def names() -> tuple[str, ...]:
    """Return the models that ship with mlops-scan, the default one first."""
    return tuple(sorted((file.stem for file in FOLDER.glob("*.toml")), key=lambda name: (name != DEFAULT, name)))


@functools.cache
def load(name: str = DEFAULT) -> Model:
    """Return a model that ships with mlops-scan."""
    return of(msgspec.convert({**table(FOLDER / f"{name}.toml"), "id": name}, Ladder))


def of(ladder: Ladder) -> Model:
    """Return a ladder with what it asks."""
    groups, asked = ladder.groups(), questions()
    own = [msgspec.structs.replace(one, level=groups[one.id]) for one in asked.capability if one.id in groups]
    return Model(ladder, asked.kind, asked.dimension, tuple(sorted(own, key=lambda one: one.level)))


def default_ladder() -> Ladder:
    """Return the ladder of the default model."""
    return load().ladder

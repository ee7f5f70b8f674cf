"""The maturity model (``maturity.toml``) as values."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated

import msgspec
import tomli

Acts = tuple[str, ...]


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to prove a capability; ``form`` names the module of `mlops_scan.proofs` that decides it."""

    form: str
    triggers: tuple[str, ...] = ()
    reaches: tuple[Acts, ...] = ()
    kinds: tuple[str, ...] = ()
    acts: Acts = ()
    must: Acts = ()
    asked: Acts = ()
    given: Acts = ()
    never: Acts = ()
    before: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    stops: bool = False
    answers: bool = False
    at_least: int = 1


class Capability(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of the model, what proves it, and what to do where it is absent.

    ``dimension`` is the one that it belongs to.
    """

    id: str
    level: int
    dimension: str
    question: str
    next: str
    evidence: bool = True
    given: Acts = ()
    beside: Acts = ()
    proof: tuple[Proof, ...] = ()


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the ladder; ``required`` are its items, each a list of capabilities of which any will do.

    ``colour`` is that of its badge, as ``#rrggbb``.
    """

    number: int
    name: str
    colour: Annotated[str, msgspec.Meta(pattern="^#[0-9a-f]{6}$")]
    required: tuple[tuple[str, ...], ...]


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the work that capabilities belong to, whoever does it."""

    id: str
    name: str


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells ML repositories from others, and libraries from systems."""

    ml: Acts
    built_on: Acts
    publishing: tuple[str, ...]


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole model; ``share`` is the part of a level's required items, as a fraction, that reaches it."""

    share: tuple[int, int]
    kind: Kind
    dimension: tuple[Dimension, ...]
    level: tuple[Level, ...]
    capability: tuple[Capability, ...]

    def required(self, capability: str) -> bool:
        """Tell whether a capability is a required item of its level."""
        return any(capability in item for level in self.level for item in level.required)


@functools.cache
def load() -> Model:
    """Return the model that ships with mlops-scan."""
    text = (Path(__file__).resolve().parent / "maturity.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomli.loads(text), Model)

"""Every kind of link as a small repository in `fixtures/chains/`, its chain written out by hand.

`expected.json` names a trigger and an act, and the chain between them as ``path:line what``; where ``chain`` is null,
nothing but a person comes to the act, and ``ends`` is what the trace says of the place where it ends (or empty).
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan import scan

if TYPE_CHECKING:
    from mlops_scan.chains import Graph

FIXTURES = sorted(path.parent for path in (Path(__file__).parents[2] / "fixtures/chains").glob("*/expected.json"))
BY_HAND = {"manual", "call"}


@functools.cache
def expected(fixture: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((fixture / "expected.json").read_text(encoding="utf-8"))
    return content


@functools.cache
def graph(fixture: Path) -> Graph:
    return scan.examine(str(fixture / "repo")).graph


def chains(fixture: Path, events: set[str], act: str) -> list[list[str]]:
    starts = [start for start in graph(fixture).starts if start.event in events]
    reached = (found for start in starts for found in graph(fixture).reach(start.nodes, (start.step,), start.event))
    wanted = (found for found in reached if found.evidence.act == act)
    return [[f"{step.path}:{step.line} {step.what}" for step in found.chain] for found in wanted]


LINKED = [fixture for fixture in FIXTURES if expected(fixture)["chain"]]
NEAR_MISSES = [fixture for fixture in FIXTURES if not expected(fixture)["chain"]]


@pytest.mark.parametrize("fixture", LINKED, ids=lambda path: path.name)
def test_a_trigger_is_followed_to_its_act(fixture: Path) -> None:
    said = expected(fixture)
    assert chains(fixture, {said["trigger"]}, said["act"])[:1] == [said["chain"]], said["why"]


@pytest.mark.parametrize("fixture", NEAR_MISSES, ids=lambda path: path.name)
def test_a_near_miss_stays_by_hand(fixture: Path) -> None:
    said = expected(fixture)
    events = {start.event for start in graph(fixture).starts} - BY_HAND
    assert chains(fixture, events, said["act"]) == [], said["why"]
    assert said["act"] in {found.act for acts in graph(fixture).acts.values() for found in acts}, "nothing to miss"
    reasons = {dead.reason for ends in graph(fixture).dead.values() for dead in ends} | set(graph(fixture).off.values())
    assert not said["ends"] or said["ends"] in reasons

"""Deployments go to several stages, of which one is production."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.assessment import Proven
from mlops_scan.chains import Node, Step
from mlops_scan.facts.kinds import Setting
from mlops_scan.proofs import choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.evidence import Evidence
    from mlops_scan.model import Proof

_SUMMARY = "Deploys to {}, one of several stages."
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# any stage of a pipeline is called so: it tells of one only where no other word does
_ANY = frozenset({"stage"})
_HANDED = (".with.environment", ".with.env", ".with.stage")


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield the deployments to every stage, where there is one of ``proof.before`` and one of ``proof.last``."""
    found: dict[str, list[Proven]] = {}
    environments = _environments(known)
    branches = _branches(known)
    for node in sorted(known.graph.acts):
        for act in known.graph.acts[node]:
            if act.act in proof.acts:
                around, what = _words((node.unit, environments.get(node, ""), node.path)), _words((act.what,))
                stage = _told(around, what, proof) or _branch(_words(branches.get(node, ())), proof)
                found.setdefault(stage, []).append(_proven(act, stage))
    for stage, proven in (*_shared(proof, environments, known), *_chosen(proof, known)):
        found.setdefault(stage, []).append(proven)
    if proof.before[0] in found and proof.last[0] in found:
        yield from (proven for stage in sorted(found) if stage for proven in found[stage])


def _shared(proof: Proof, environments: dict[Node, str], known: Known) -> Iterator[tuple[str, Proven]]:
    """Yield what jobs deploy for a stage by what several share: a template, an action, a script."""
    for node, kind in sorted(known.graph.kinds.items()):
        stage = _stage(_words((node.unit, environments.get(node, ""))), proof) if kind == "job" else ""
        if stage and not known.graph.leads.get(node, frozenset()).isdisjoint(proof.acts):
            step = Step(node.path, known.graph.lines[node], f"job {node.unit}")
            for reached in known.graph.reach((node,), (step,)):
                act = reached.evidence
                if act.act in proof.acts and (act.path, act.unit) != node:
                    yield stage, msgspec.structs.replace(_proven(act, stage), chain=reached.chain)
                    break


def _chosen(proof: Proof, known: Known) -> Iterator[tuple[str, Proven]]:
    """Yield what a job deploys for every stage that one of its settings can be, by how its run was started."""
    for choice in choices.found(known, (*proof.before, *proof.last)):
        stages = {_stage(_words((value,)), proof): value for value in choice.values}
        if {proof.before[0], proof.last[0]} <= stages.keys():
            for stage, value in sorted(stages.items()):
                step = Step(choice.job.path, choice.line, f"job {choice.job.unit}: {value}")
                for reached in known.graph.reach((choice.job,), (step,)) if stage else ():
                    if reached.evidence.act in proof.acts:
                        yield stage, msgspec.structs.replace(_proven(reached.evidence, stage), chain=reached.chain)
                        break


def _told(around: frozenset[str], what: frozenset[str], proof: Proof) -> str:
    """Return the stage of a deployment; where its own words speak of two, as promotions do, those around it tell."""
    return (_stage(around, proof) if _several(what, proof) else "") or _stage(around | what, proof)


def _branch(words: frozenset[str], proof: Proof) -> str:
    """Return the stage of which the branches speak that start a deployment: what all of them start is of none."""
    return "" if _several(words, proof) else _stage(words, proof)


def _several(words: frozenset[str], proof: Proof) -> bool:
    """Tell whether words speak of production and of a stage before it."""
    return not (words.isdisjoint(proof.before) or words.isdisjoint(proof.last))


def _stage(words: frozenset[str], proof: Proof) -> str:
    """Return the first name of the stages that words speak of; what comes before production is told first."""
    for said in (words - _ANY, words):
        for names in (proof.before, proof.last):
            if not said.isdisjoint(names):
                return names[0]
    return ""


def _words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of texts in lower case, also those of ``deployProd``."""
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


def _environments(known: Known) -> dict[Node, str]:
    """Return the environment that a CI job names, or hands to the workflow that it calls, by the job."""
    found: dict[Node, str] = {}
    for file in known.files:
        for setting in file.of(Setting):
            key = setting.key.removesuffix(".name")
            if key.endswith(_HANDED):
                key = f"{key.rpartition('.with.')[0]}.environment"
            if key.endswith(".environment"):
                unit = key.removesuffix(".environment").removeprefix("jobs.")
                found[Node(file.path, unit)] = setting.value
    return found


def _branches(known: Known) -> dict[Node, tuple[str, ...]]:
    """Return the branches and tags whose pushes start a unit."""
    found: dict[Node, tuple[str, ...]] = {}
    for start in known.graph.starts:
        for node in start.nodes if start.event in {"push", "tag"} else ():
            found[node] = (*found.get(node, ()), start.detail)
    return found


def _proven(act: Evidence, stage: str) -> Proven:
    step = Step(act.path, act.line, f"{act.act}: {act.what}")
    return Proven(act.detector, act.path, act.line, act.strength, _SUMMARY.format(stage), (step,))

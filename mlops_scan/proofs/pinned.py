"""A dependency file pins every line."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.facts.kinds import Dependency, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlops_scan.assessment import Known
    from mlops_scan.evidence import FileFacts
    from mlops_scan.model import Proof

_DETECTOR = "model.pinned"
_TOOLS = frozenset({"ci", "dev", "doc", "docs", "lint", "test", "tests"})
# words of a file's name that say for which program it is
_TRAINING = frozenset({"train", "training", "trainer"})
_APPS = frozenset(
    {
        *("api", "app", "backend", "dashboard", "demo", "deploy", "deployment", "frontend", "gradio", "inference"),
        *("serve", "server", "serving", "streamlit", "ui", "web", "webapp", "webservice"),
    },
)
_SUMMARY = "Every dependency of this file is pinned to one version."


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield each product file with ``proof.at_least`` dependencies that pins them all.

    One of nothing but development tools, or of an application by its name, pins no environment in which something is
    trained, unless no file beside it says what is needed to run; beside one of training by its name no other does.
    """
    stated = {file.path: _chosen(file) for file in known.files if file.role == "product"}
    taken = {file.path: _included(file) for file in known.files if stated.get(file.path)}
    aside = {
        path for path, facts in stated.items() if all(fact.group in _TOOLS for fact in facts) or _APPS & _words(path)
    }
    named = {path for path, facts in stated.items() if facts and _TRAINING & _words(path)}
    training = {_folder(path) for path in named}
    running = {_folder(path) for path, facts in stated.items() if facts and path not in aside}
    for path, facts in stated.items():
        other = (path in aside and _folder(path) in running) or (path not in named and _folder(path) in training)
        if len(facts) >= proof.at_least and not other and _is_pinned(path, stated, taken):
            yield Proven(_DETECTOR, path, facts[0].line, "strong", _SUMMARY)


def _is_pinned(path: str, stated: Mapping[str, list[Dependency]], taken: Mapping[str, list[str]]) -> bool:
    """Tell whether a file pins every line, and so does each that it includes."""
    met, left = {path}, [path]
    while left:
        here = left.pop()
        if not all(fact.pinned for fact in stated.get(here, ())):
            return False
        further = set(taken.get(here, ())) - met
        met |= further
        left.extend(further)
    return True


def _included(file: FileFacts) -> list[str]:
    return [link.target for link in file.of(Link) if link.kind == "file"]


def _words(path: str) -> frozenset[str]:
    return frozenset(posixpath.basename(path).lower().replace("_", "-").replace(".", "-").split("-"))


def _chosen(file: FileFacts) -> list[Dependency]:
    return [fact for fact in file.of(Dependency) if not fact.lock]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]

"""A dependency file pins every line."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.facts.kinds import Dependency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.evidence import FileFacts
    from mlops_scan.model import Proof

_DETECTOR = "model.pinned"
_TOOLS = frozenset({"ci", "dev", "doc", "docs", "lint", "test", "tests"})
# words of a file's name that say for which other program it is
_APPLICATIONS = frozenset(
    {
        *("api", "app", "backend", "dashboard", "demo", "deploy", "deployment", "frontend", "gradio", "inference"),
        *("serve", "server", "serving", "streamlit", "ui", "web", "webapp", "webservice"),
    },
)
_SUMMARY = "Every dependency of this file is pinned to one version."


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield each product file with ``proof.at_least`` dependencies that pins them all.

    One of nothing but development tools, or of an application by its name, pins no environment in which something is
    trained, unless no file beside it says what is needed to run.
    """
    stated = {file.path: _chosen(file) for file in known.files if file.role == "product"}
    aside = {path for path, facts in stated.items() if all(fact.group in _TOOLS for fact in facts) or _is_of_app(path)}
    running = {_folder(path) for path, facts in stated.items() if facts and path not in aside}
    for path, facts in stated.items():
        other = path in aside and _folder(path) in running
        if len(facts) >= proof.at_least and all(fact.pinned for fact in facts) and not other:
            yield Proven(_DETECTOR, path, facts[0].line, "strong", _SUMMARY)


def _is_of_app(path: str) -> bool:
    return not _APPLICATIONS.isdisjoint(posixpath.basename(path).lower().replace("_", "-").replace(".", "-").split("-"))


def _chosen(file: FileFacts) -> list[Dependency]:
    return [fact for fact in file.of(Dependency) if not fact.lock]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]

"""What one tool file recognises in a few files, for tests of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan import catalogue, modules, spec
from mlops_scan.evidence import Evidence, FileFacts, recognise
from mlops_scan.facts.python_source import python_facts
from mlops_scan.held import held

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLES = {"finds": [{"path": "x.py", "text": "x"}], "ignores": [{"path": "x.py", "text": "x", "why": "it does not"}]}


def tool(*signatures: Mapping[str, object], packages: tuple[str, ...] = (), **detector: object) -> catalogue.Catalogue:
    question = {
        "id": "q",
        "summary": "Does it.",
        "proves": ["model-registry"],
        "signature": signatures,
        **EXAMPLES,
        **detector,
    }
    made = {
        "id": "tracker",
        "name": "Tracker",
        "homepage": "https://x.org",
        "packages": packages,
        "detector": [question],
    }
    return catalogue.Catalogue(((msgspec.convert(made, spec.Tool), "built-in"),))


def found(tools: catalogue.Catalogue, files: Mapping[str, object], role: str = "product") -> list[Evidence]:
    stated = tuple(
        FileFacts(path, role, python_facts(content, path).facts if isinstance(content, str) else tuple(content))  # type: ignore[arg-type]
        for path, content in files.items()
    )
    return list(recognise(tools, stated, modules.index(files, held=held(stated))))

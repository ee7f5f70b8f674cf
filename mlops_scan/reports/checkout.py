"""Places as a code host knows them: from the root of the checkout, which is where CI starts a scan."""

from __future__ import annotations

import posixpath
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.assessment import Assessment, Proven


def in_checkout(scanned: str, path: str) -> str:
    """Return a path of a report, which starts at what was scanned, from where the scan was started.

    It stays as it is where ``scanned`` is absolute or lies outside: then nothing tells where the checkout is.
    """
    folder = PurePath(scanned)
    if not path or folder.is_absolute():
        return path
    whole = posixpath.normpath(posixpath.join(folder.as_posix(), path))
    return path if whole.startswith("../") else whole


def from_root(assessment: Assessment) -> Assessment:
    """Return an assessment whose places start at the root of the checkout."""
    scanned = assessment.source.path
    if PurePath(scanned) == PurePath():
        return assessment
    answers = (msgspec.structs.replace(one, evidence=_moved(scanned, one.evidence)) for one in assessment.capabilities)
    told = (msgspec.structs.replace(one, path=in_checkout(scanned, one.path)) for one in assessment.diagnostics)
    return msgspec.structs.replace(
        assessment,
        capabilities=tuple(answers),
        diagnostics=tuple(told),
        kind_evidence=_moved(scanned, assessment.kind_evidence),
    )


def _moved(scanned: str, evidence: Iterable[Proven]) -> tuple[Proven, ...]:
    return tuple(
        msgspec.structs.replace(
            proof,
            path=in_checkout(scanned, proof.path),
            chain=tuple(msgspec.structs.replace(step, path=in_checkout(scanned, step.path)) for step in proof.chain),
        )
        for proof in evidence
    )

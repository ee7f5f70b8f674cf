"""Tools as scans keep them, compiled into a wheel or a cache: without their examples."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from mlops_scan.spec import Detector, Finds, Ignores, Tool


class KeptDetector(Detector, frozen=True, kw_only=True):
    """A detector as scans keep it: without examples."""

    finds: tuple[Finds, ...] = ()
    ignores: tuple[Ignores, ...] = ()


class KeptTool(Tool, frozen=True, kw_only=True):
    """A tool as scans keep it."""

    detector: Annotated[tuple[KeptDetector, ...], Meta(min_length=1)]

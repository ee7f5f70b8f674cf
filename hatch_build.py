"""Compiles the tool files into the wheel, so that a first scan need not read and check hundreds of them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTools(BuildHookInterface):  # type: ignore[type-arg] # its configuration has no type
    """The hook that pyproject.toml names."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled tool files; an editable install reads the files themselves, which change."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from mlops_scan import shipped

        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / shipped.FILE.name
        file.write_bytes(shipped.compiled(Path(self.root) / "detectors"))
        build_data["force_include"][str(file)] = f"mlops_scan/{shipped.FILE.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - as named by hatch
        """Take away what is in the wheel now."""
        if version != "editable":
            self.folder.cleanup()

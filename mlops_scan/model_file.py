"""A team's own maturity model: reading its file, and telling where its errors are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from mlops_scan import model, model_errors
from mlops_scan.ladder import Ladder

if TYPE_CHECKING:
    from mlops_scan.model_errors import Wrong

# more is no file that a person wrote
_LARGEST = 1_000_000


class ModelError(Exception):
    """A maturity model that cannot be used; the message says where and what to do."""


def find(name: str) -> model.Model:
    """Return the model of a name that ships with mlops-scan, else of a file.

    Raises `ModelError` where there is neither, or the file cannot be used.
    """
    if name in model.names():
        return model.load(name)
    file = Path(name)
    if not file.is_file():
        message = f"no model is called {name!r}: give one of {', '.join(model.names())}, or a model file"
        raise ModelError(message)
    content, told = examined(file)
    if told:
        more = f" (and {len(told) - 1} more: see `mlops-scan model check`)" if told[1:] else ""
        raise ModelError(told[0] + more)
    return model.of(msgspec.convert({**content, "id": file.as_posix()}, Ladder))


def examined(file: Path) -> tuple[dict[str, Any], list[str]]:
    """Return what a file says, and every error in it as ``FILE:LINE: what to do``."""
    try:
        if file.stat().st_size > _LARGEST:
            return {}, [f"{file}: it is larger than {_LARGEST} bytes: a model is a few hundred lines"]
        content: dict[str, Any] = model.table(file)
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError, RecursionError) as error:
        return {}, [f"{file}: {getattr(error, 'strerror', None) or error}"]
    return content, [f"{file}:{_line(lines, wrong)}: {wrong.told}" for wrong in model_errors.errors(content)]


def _line(lines: list[str], wrong: Wrong) -> int:
    """Return the line on which a table begins, or the first."""
    heads = [number for number, line in enumerate(lines, 1) if line.partition("#")[0].strip() == f"[[{wrong.table}]]"]
    return heads[wrong.place] if wrong.place < len(heads) else 1

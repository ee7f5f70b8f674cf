"""Settings of a scan: ``[tool.mlops-scan]`` of pyproject.toml or ``.mlops-scan.toml``, from the path upward."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec

from mlops_scan.claims import Attestation, Dispute

FILE = ".mlops-scan.toml"
_NAME = "mlops-scan"


class ConfigError(Exception):
    """A configuration that cannot be used; the message says where and what to do."""


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a repository may set about its scan.

    ``exclude``: gitignore patterns of files to leave out. ``catalogues``: folders of tool files, relative to the
    configuration file. ``disable``: tools or detectors by id. ``max_file_size``: bytes; larger files are passed over.
    ``attest`` and ``dispute``: what the team says itself.
    """

    exclude: tuple[str, ...] = ()
    catalogues: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    max_file_size: Annotated[int, msgspec.Meta(gt=0)] = 5_000_000
    attest: tuple[Attestation, ...] = ()
    dispute: tuple[Dispute, ...] = ()

    def without_catalogues(self) -> Config:
        """Return the settings without tool files of their own."""
        return msgspec.structs.replace(self, catalogues=())


def find(path: str) -> Config:
    """Return the nearest configuration at or above a path, up to the repository's root; defaults without one."""
    start = Path(path).resolve()
    for folder in (start, *start.parents):
        for file in (folder / FILE, folder / "pyproject.toml"):
            if file.is_file() and (found := read(file)) is not None:
                return found
        if (folder / ".git").exists():
            break
    return Config()


def read(file: Path) -> Config | None:
    """Return the configuration in a file, or None where pyproject.toml has no table for us.

    Raises `ConfigError` for a file that cannot be read, is not TOML, or sets what does not exist.
    """
    try:
        table = _table(file)
        if table is None:
            return None
        config = msgspec.convert(table, Config)
    except (OSError, ValueError, AttributeError, msgspec.ValidationError) as error:
        message = f"{file}: {error}"
        raise ConfigError(message) from error
    folders = tuple(str(file.parent / folder) for folder in config.catalogues)
    return msgspec.structs.replace(config, catalogues=folders)


def _table(file: Path) -> Any:  # noqa: ANN401 - whatever is written there
    """Return our table; most pyproject.toml say nothing of us, and need no parser, which takes a while to load."""
    text = file.read_text(encoding="utf-8")
    if file.name != "pyproject.toml":
        return _parsed(text)
    return _parsed(text).get("tool", {}).get(_NAME) if _NAME in text else None


def _parsed(text: str) -> dict[str, Any]:
    import tomli

    return tomli.loads(text)
